"""Whom the digipunten reach: what counts, and who is the same person."""

from datetime import date, timedelta

import pytest

from lending.loans.models import Borrower, Loan
from locations.core.models import Audience, Topic
from locations.places import operations
from locations.places.models import Location
from locations.reach.counting import Reach
from locations.reach.periods import Period, quarter_of, whole_months
from tests.factories import locations, staff
from tests.factories import reach as reached

pytestmark = pytest.mark.django_db
YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))
TOM, AN = ("Tom Demo", "0470 00 00 01"), ("An Demo", "0470 00 00 02")


def reach(days=YEAR):
    return Reach(Location.objects.all(), days)


# Periods


@pytest.mark.parametrize(
    ("day", "first", "last"),
    [
        (date(2026, 1, 1), date(2026, 1, 1), date(2026, 3, 31)),
        (date(2026, 3, 31), date(2026, 1, 1), date(2026, 3, 31)),
        (date(2026, 4, 1), date(2026, 4, 1), date(2026, 6, 30)),
        (date(2026, 12, 31), date(2026, 10, 1), date(2026, 12, 31)),
    ],
)
def test_a_quarter_is_three_months(day, first, last):
    assert quarter_of(day) == Period(first, last)


def test_a_period_is_cut_in_quarters_also_where_it_starts_and_ends_within_one():
    days = whole_months(date(2025, 11, 1), date(2026, 4, 20))
    assert (days.first, days.last, days.months) == (date(2025, 11, 1), date(2026, 4, 30), 6)
    assert days.quarters == (
        Period(date(2025, 11, 1), date(2025, 12, 31)),
        Period(date(2026, 1, 1), date(2026, 3, 31)),
        Period(date(2026, 4, 1), date(2026, 4, 30)),
    )


@pytest.mark.parametrize(
    ("day", "counts"),
    [
        (date(2025, 12, 31), False),
        (date(2026, 1, 1), True),
        (date(2026, 12, 31), True),
        (date(2027, 1, 1), False),
    ],
)
def test_a_visit_counts_by_its_day_in_brussels(boom, day, counts):
    visit = reached.visit(boom, "K1")
    for hour in (0, 23):
        visit.visited_at = reached.at(day, hour)
        visit.save()
        assert reach().visitors == counts


# What counts


def test_visits_lessons_and_who_walked_in_are_visitors_and_loans_are_counted_apart(boom):
    reached.visits(boom, 2)
    reached.visit(boom)
    reached.lesson(reached.workshop(), boom, there=[TOM, AN], absent=[("X", "1")], walk_ins=3)
    found = reach()

    assert found.visitors == 2 + 1 + 2 + 3
    assert found.without_card == 1
    assert found.nameless == 3
    assert found.count("loans") == 0


def test_who_was_registered_and_did_not_come_is_nobody(boom):
    reached.lesson(reached.workshop(), boom, absent=[TOM])
    assert (reach().people, reach().visitors) == (0, 0)


def test_a_visit_without_a_card_is_a_visitor_and_no_person(boom):
    reached.visit(boom)
    reached.visit(boom)
    assert (reach().people, reach().visitors, reach().without_card) == (0, 2, 2)


def test_the_same_card_is_one_person_at_every_place(boom, rupel):
    niel = locations.location("NIE", partnership=rupel)
    for place in (boom, niel, niel):
        reached.visit(place, "appel-7")
    reached.visit(niel, "APPEL 7")
    assert (reach().people, reach().visitors) == (1, 4)


def test_who_comes_to_every_lesson_is_one_person(boom):
    page = reached.workshop()
    for week in range(4):
        reached.lesson(page, boom, reached.DAY - timedelta(weeks=week), there=[TOM])
    assert (reach().people, reach().visitors) == (1, 4)


def lent(place, name="Tom Demo", phone="0470 00 00 01", day=date(2026, 11, 12)):
    device = staff.available(place)
    if not place.loan_policies.exists():
        staff.policy(place)
    made = staff.lent(device, staff.borrower(place, name, phone=phone))
    Loan.objects.filter(pk=made.pk).update(lent_at=reached.at(day))
    return made


@pytest.fixture
def aalst():
    return staff.place()


def test_who_borrows_and_comes_to_a_lesson_is_one_person(aalst):
    reached.lesson(reached.workshop(), aalst, there=[TOM, AN])
    lent(aalst)
    found = reach()
    assert (found.people, found.count("loans"), found.visitors) == (2, 1, 2)


def test_who_shows_the_card_of_the_lending_service_is_the_one_who_borrows(aalst):
    loan = lent(aalst)
    reached.visit(aalst, Borrower.objects.get(pk=loan.borrower_id).card)
    reached.visit(aalst, "een ander")
    assert reach().people == 2


def test_of_a_borrower_who_is_forgotten_the_loan_counts_and_no_person(aalst):
    loan = lent(aalst)
    back = {"returned_at": reached.at(date(2026, 11, 20)), "outcome": "returned"}
    Loan.objects.filter(pk=loan.pk).update(**back, borrower=None)
    found = reach()
    assert (found.people, found.nameless, found.count("loans")) == (0, 1, 1)


def test_who_comes_in_two_quarters_counts_in_both_and_once_in_the_year(boom):
    for day in (date(2026, 3, 31), date(2026, 4, 1), date(2026, 6, 30)):
        reached.visit(boom, "K1", day)
    found = reach()
    assert [found.people_by_quarter[number] for number in range(4)] == [1, 1, 0, 0]
    assert found.people == 1


def test_municipality_and_partnership_are_those_of_the_place(boom):
    operations.load_postcodes()
    bus = locations.location("BUS", kind="bus")
    reached.visit(boom, "K1")
    reached.visit(bus, "K1")
    found = reach()
    assert found.people_by_municipality == {"Boom": 1, "": 1}
    assert found.people_by_partnership == {"Digibanken Rupel": 1, "": 1}


def test_a_topic_counts_for_visits_and_for_lessons_and_a_group_for_visits(boom):
    itsme = Topic.objects.create(slug="x-itsme", name="X itsme")
    seniors = Audience.objects.create(slug="x-senioren", name="X senioren")
    reached.visit(boom, topics=[itsme], audience=seniors)
    reached.lesson(reached.workshop(topic=itsme), boom, there=[TOM], walk_ins=2)
    found = reach()
    assert found.visitors_by_topic == {itsme.pk: 4}
    assert found.visits_by_audience == {seniors.pk: 1}
