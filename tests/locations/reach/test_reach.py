"""Whom the digipunten reach: what counts, who is the same person, and who may read it."""

import csv
import io
from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from openpyxl import load_workbook

from lending.models import Borrower, Loan
from locations import people
from locations.models import Attendance, Audience, HelpRequest, Location, Practice, ReachGoal, Topic
from locations.operations import postcodes
from locations.reach import Days, Reach, of_months, quarter_of
from locations.scope import Role
from tests.factories import locations as places
from tests.factories import reach as reached
from tests.factories import staff

pytestmark = pytest.mark.django_db
YEAR = Days(date(2026, 1, 1), date(2026, 12, 31))
TOM, AN = ("Tom Demo", "0470 00 00 01"), ("An Demo", "0470 00 00 02")


@pytest.fixture
def rupel():
    return places.partnership("Digibanken Rupel")


@pytest.fixture
def boom(rupel):
    return places.location("BOO", name="Digipunt Boom", partnership=rupel, postcode="2850")


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
    assert quarter_of(day) == Days(first, last)


def test_a_period_is_cut_in_quarters_also_where_it_starts_and_ends_within_one():
    days = of_months(date(2025, 11, 1), date(2026, 4, 20))
    assert (days.first, days.last, days.months) == (date(2025, 11, 1), date(2026, 4, 30), 6)
    assert days.quarters == (
        Days(date(2025, 11, 1), date(2025, 12, 31)),
        Days(date(2026, 1, 1), date(2026, 3, 31)),
        Days(date(2026, 4, 1), date(2026, 4, 30)),
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
    niel = places.location("NIE", partnership=rupel)
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
    postcodes.load()
    bus = places.location("BUS", kind="bus")
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


# Who may read it, and what stands there

URL = "reach:index"


@pytest.fixture
def els(rupel):
    return places.staff(Role.COORDINATOR, rupel)


def read(client, user, **query):
    client.force_login(user)
    response = client.get(reverse(URL), query)
    assert response.status_code == 200
    return response


def rows(response):
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


@pytest.mark.parametrize("role", [Role.EDITOR, Role.HELPER, Role.DESK, Role.REFERRER])
def test_only_coordinators_read_it(client, boom, role):
    client.force_login(places.staff(role, boom))
    assert client.get(reverse(URL)).status_code == 302
    assert client.get(reverse(URL), {"export": "csv"}).status_code == 302


def test_only_own_places_count(client, boom, els):
    reached.visits(boom, 12)
    reached.visits(places.location("HAL", partnership=places.partnership("Ander")), 30)
    report = read(client, els).context["report"]
    assert (str(report.people), str(report.visitors)) == ("10", "10")


def test_a_partnership_of_others_can_not_be_asked_for(client, boom, els):
    other = places.partnership("Ander")
    places.location("HAL", partnership=other)
    response = read(client, els, partnership=other.pk, export="csv")
    assert response.context["report"] is None
    assert response.context["form"].errors["partnership"]


@pytest.mark.parametrize(
    ("asked", "wrong"),
    [
        ({"first": "gisteren"}, "first"),
        ({"first": "1999-01"}, "first"),
        ({"first": "2026-13"}, "first"),
        ({"last": "2026-12"}, "last"),
        ({"first": "2026-05", "last": "2026-04"}, "last"),
        ({"first": "2022-01", "last": "2025-01"}, "last"),
        ({"partnership": "x"}, "partnership"),
        ({"partnership": "9" * 30}, "partnership"),
    ],
)
@pytest.mark.parametrize("export", ["", "csv", "xlsx", "exe"])
def test_what_makes_no_sense_is_said_and_no_numbers_are_shown(client, els, asked, wrong, export):
    response = read(client, els, export=export, **asked)
    assert list(response.context["form"].errors) == [wrong]
    assert response.context["report"] is None


def test_three_years_can_be_asked_for_and_no_more(client, els):
    assert read(client, els, first="2022-02", last="2025-01").context["report"]


def goals(*numbers):
    practice, _new = Practice.objects.get_or_create()
    ReachGoal.objects.all().delete()
    for number in numbers:
        ReachGoal.objects.create(practice=practice, people=number, meaning="schijf")


def test_the_numbers_to_reach_stand_there_with_how_far_it_is(client, boom, els):
    goals(5, 11, 1000)
    reached.visits(boom, 12)
    found = read(client, els).context["report"].goals
    assert [(one.people, one.is_reached, one.to_go) for one in found] == [
        (5, True, 0),
        (11, True, 0),
        (1000, False, 990),
    ]


def test_a_small_number_stands_nowhere_and_every_chart_has_a_table(client, boom, els):
    postcodes.load()
    reached.visits(boom, 3)
    reached.visits(boom, 13, date(2026, 8, 5))
    page = BeautifulSoup(read(client, els).content, "html.parser").find(class_="reach")
    numbers = {cell.text for cell in page.select("td, dd, .reach__chart b")}

    assert "<5" in numbers
    assert not numbers & {"1", "2", "3", "4", "13", "16"}
    assert len(page.select(".reach__chart")) == len(page.select("table")) > 3
    assert all(bar["aria-hidden"] == "true" for bar in page.select(".reach__bar"))


def test_the_spreadsheets_hold_the_same_safe_numbers_and_nobody(client, boom, els):
    reached.visits(boom, 3)
    reached.visits(boom, 13, date(2026, 8, 5))
    reached.lesson(reached.workshop(), boom, there=[TOM])
    lines = rows(read(client, els, export="csv"))
    said = "\n".join(",".join(line) for line in lines)

    assert lines[1][2:4] == ["15", "15"]
    assert "<5" in said
    for secret in ("Tom", "0470", people.person("Tom Demo", phone="0470 00 00 01"), "13", "16"):
        assert secret not in said.replace("2026", "")
    response = read(client, els, export="xlsx")
    sheet = load_workbook(io.BytesIO(b"".join(response.streaming_content))).active
    cells = [list(row) for row in sheet.iter_rows(values_only=True)]
    assert cells[1][2:4] == [15, 15]
    assert len(cells) == len(lines)


def test_a_name_that_looks_like_a_formula_is_none_in_a_spreadsheet(client, els, rupel):
    rupel.name = "=1+1"
    rupel.save()
    place = places.location("BOO", partnership=rupel)
    reached.visits(place, 6)
    said = [line[1] for line in rows(read(client, els, export="csv"))]
    assert "'=1+1" in said


def test_open_questions_are_counted(client, boom, els):
    for number in range(6):
        HelpRequest.objects.create(
            number=f"V-{number}", question="x", phone="1", location=boom, due_on=date(2026, 11, 25)
        )
    report = read(client, els).context["report"]
    assert (str(report.asked), str(report.open)) == ("5", "5")


def test_the_dashboard_says_this_quarter_in_a_line_and_leads_to_the_report(client, boom, els):
    reached.visits(boom, 12)
    reached.visits(boom, 21, date(2026, 8, 5))
    goals(10, 1000)
    client.force_login(els)
    panel = BeautifulSoup(client.get(reverse("wagtailadmin_home")).content, "html.parser").find(
        class_="reach-line"
    )
    assert panel.a["href"] == reverse(URL)
    assert "10" in panel.a.text
    assert "30" in panel.text
    assert "1.000" in panel.text or "1,000" in panel.text

    client.force_login(places.staff(Role.HELPER, boom))
    assert "reach-line" not in client.get(reverse("wagtailadmin_home")).content.decode()


MOST = 32


def test_it_costs_the_same_with_more_of_everything(
    client, rupel, boom, els, django_assert_max_num_queries
):
    postcodes.load()
    page = reached.workshop()
    counts = []
    for turn in range(2):
        for number in range(2 + 5 * turn):
            place = places.location(partnership=rupel, postcode="2850")
            topic = Topic.objects.create(slug=f"t{turn}{number}", name=f"T {turn} {number}")
            reached.visits(place, 3, topics=[topic])
            reached.lesson(page, place, there=[TOM, AN])
        read(client, els)
        with django_assert_max_num_queries(MOST) as counted:
            read(client, els)
        counts.append(len(counted))
    assert counts[0] == counts[1]
    assert Attendance.objects.count() == 2 * 9
