"""Tests of counting reach: what is counted, and when two visits are by one person."""

from datetime import date, timedelta

import pytest

from lending.loans.models import Borrower, Loan
from locations.core.models import Audience, Topic
from locations.places import operations
from locations.places.models import Location
from locations.reach.counting import ReachCount
from locations.reach.periods import Period, quarter_of, whole_months
from tests.factories import locations, staff
from tests.factories import reach as reached

pytestmark = pytest.mark.django_db
YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))
TOM, AN = ("Tom Demo", "0470 00 00 01"), ("An Demo", "0470 00 00 02")


def count_reach(period=YEAR):
    return ReachCount(Location.objects.all(), period)


@pytest.mark.parametrize(
    ("day", "first", "last"),
    [
        (date(2026, 1, 1), date(2026, 1, 1), date(2026, 3, 31)),
        (date(2026, 3, 31), date(2026, 1, 1), date(2026, 3, 31)),
        (date(2026, 4, 1), date(2026, 4, 1), date(2026, 6, 30)),
        (date(2026, 12, 31), date(2026, 10, 1), date(2026, 12, 31)),
    ],
)
def test_quarter_of_day_is_three_months(day, first, last):
    assert quarter_of(day) == Period(first, last)


def test_period_is_split_into_quarters_when_it_starts_and_ends_within_one():
    period = whole_months(date(2025, 11, 1), date(2026, 4, 20))
    assert (period.first, period.last, period.months) == (date(2025, 11, 1), date(2026, 4, 30), 6)
    assert period.quarters == (
        Period(date(2025, 11, 1), date(2025, 12, 31)),
        Period(date(2026, 1, 1), date(2026, 3, 31)),
        Period(date(2026, 4, 1), date(2026, 4, 30)),
    )


@pytest.mark.parametrize(
    ("day", "is_counted"),
    [
        (date(2025, 12, 31), False),
        (date(2026, 1, 1), True),
        (date(2026, 12, 31), True),
        (date(2027, 1, 1), False),
    ],
)
def test_visit_is_counted_on_its_day_in_brussels(boom, day, is_counted):
    visit = reached.visit(boom, "K1")
    for hour in (0, 23):
        visit.visited_at = reached.at(day, hour)
        visit.save()
        assert count_reach().visitors == is_counted


def test_visits_attendances_and_walk_ins_are_visitors(boom):
    reached.visits(boom, 2)
    reached.visit(boom)
    reached.session(reached.workshop(), boom, present=[TOM, AN], absent=[("X", "1")], walk_ins=3)
    reach = count_reach()

    assert reach.visitors == 2 + 1 + 2 + 3
    assert reach.without_card == 1
    assert reach.nameless == 3
    assert reach.count("loans") == 0


def test_absent_participant_is_not_counted(boom):
    reached.session(reached.workshop(), boom, absent=[TOM])
    assert (count_reach().people, count_reach().visitors) == (0, 0)


def test_visit_without_card_is_a_visitor_but_not_a_person(boom):
    reached.visit(boom)
    reached.visit(boom)
    assert (count_reach().people, count_reach().visitors, count_reach().without_card) == (0, 2, 2)


def test_same_card_is_one_person_at_every_location(boom, rupel):
    niel = locations.location("NIE", partnership=rupel)
    for location in (boom, niel, niel):
        reached.visit(location, "appel-7")
    reached.visit(niel, "APPEL 7")
    assert (count_reach().people, count_reach().visitors) == (1, 4)


def test_participant_of_every_session_is_one_person(boom):
    page = reached.workshop()
    for week in range(4):
        reached.session(page, boom, reached.DAY - timedelta(weeks=week), present=[TOM])
    assert (count_reach().people, count_reach().visitors) == (1, 4)


def create_loan(location, name="Tom Demo", phone="0470 00 00 01", day=date(2026, 11, 12)):
    device = staff.available(location)
    if not location.loan_policies.exists():
        staff.policy(location)
    loan = staff.lent(device, staff.borrower(location, name, phone=phone))
    Loan.objects.filter(pk=loan.pk).update(lent_at=reached.at(day))
    return loan


@pytest.fixture
def aalst():
    return staff.place()


def test_borrower_who_attends_a_session_is_one_person(aalst):
    reached.session(reached.workshop(), aalst, present=[TOM, AN])
    create_loan(aalst)
    reach = count_reach()
    assert (reach.people, reach.count("loans"), reach.visitors) == (2, 1, 2)


def test_visitor_with_the_card_of_a_borrower_is_that_borrower(aalst):
    loan = create_loan(aalst)
    reached.visit(aalst, Borrower.objects.get(pk=loan.borrower_id).card)
    reached.visit(aalst, "een ander")
    assert count_reach().people == 2


def test_loan_of_erased_borrower_is_counted_without_a_person(aalst):
    loan = create_loan(aalst)
    fields = {"returned_at": reached.at(date(2026, 11, 20)), "outcome": "returned"}
    Loan.objects.filter(pk=loan.pk).update(**fields, borrower=None)
    reach = count_reach()
    assert (reach.people, reach.nameless, reach.count("loans")) == (0, 1, 1)


def test_person_is_counted_in_each_quarter_and_once_in_the_year(boom):
    for day in (date(2026, 3, 31), date(2026, 4, 1), date(2026, 6, 30)):
        reached.visit(boom, "K1", day)
    reach = count_reach()
    assert [reach.people_by_quarter[number] for number in range(4)] == [1, 1, 0, 0]
    assert reach.people == 1


def test_municipality_and_partnership_are_those_of_the_location(boom):
    operations.load_postcodes()
    bus = locations.location("BUS", kind="bus")
    reached.visit(boom, "K1")
    reached.visit(bus, "K1")
    reach = count_reach()
    assert reach.people_by_municipality == {"Boom": 1, "": 1}
    assert reach.people_by_partnership == {"Digibanken Rupel": 1, "": 1}


def test_topics_are_counted_for_visits_and_sessions_but_audiences_for_visits_only(boom):
    itsme = Topic.objects.create(slug="x-itsme", name="X itsme")
    seniors = Audience.objects.create(slug="x-senioren", name="X senioren")
    reached.visit(boom, topics=[itsme], audience=seniors)
    reached.session(reached.workshop(topic=itsme), boom, present=[TOM], walk_ins=2)
    reach = count_reach()
    assert reach.visitors_by_topic == {itsme.pk: 4}
    assert reach.visits_by_audience == {seniors.pk: 1}
