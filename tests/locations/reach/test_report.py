"""The report of reach: who may read it, what stands there and in spreadsheets, what it costs."""

import csv
import io
from datetime import date

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.urls import reverse
from openpyxl import load_workbook

from home.core.roles import Role
from locations.core import person_hashes
from locations.core.models import Practice, Topic
from locations.helpdesk.models import HelpRequest
from locations.places import operations
from locations.places.models import Location
from locations.reach.admin import KEEP, numbers_now
from locations.reach.models import ReachGoal
from locations.workshops.models import Attendance
from tests.factories import locations
from tests.factories import reach as reached

pytestmark = pytest.mark.django_db
TOM, AN = ("Tom Demo", "0470 00 00 01"), ("An Demo", "0470 00 00 02")
URL = "reach:index"


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
    client.force_login(locations.staff(role, boom))
    assert client.get(reverse(URL)).status_code == 302
    assert client.get(reverse(URL), {"export": "csv"}).status_code == 302


def test_only_own_places_count(client, boom, els):
    reached.visits(boom, 12)
    reached.visits(locations.location("HAL", partnership=locations.partnership("Ander")), 30)
    report = read(client, els).context["report"]
    assert (str(report.people), str(report.visitors)) == ("10", "10")


def test_a_partnership_of_others_can_not_be_asked_for(client, boom, els):
    other = locations.partnership("Ander")
    locations.location("HAL", partnership=other)
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
    operations.load_postcodes()
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
    for secret in (
        "Tom",
        "0470",
        person_hashes.person("Tom Demo", phone="0470 00 00 01"),
        "13",
        "16",
    ):
        assert secret not in said.replace("2026", "")
    response = read(client, els, export="xlsx")
    sheet = load_workbook(io.BytesIO(b"".join(response.streaming_content))).active
    cells = [list(row) for row in sheet.iter_rows(values_only=True)]
    assert cells[1][2:4] == [15, 15]
    assert len(cells) == len(lines)


def test_a_name_that_looks_like_a_formula_is_none_in_a_spreadsheet(client, els, rupel):
    rupel.name = "=1+1"
    rupel.save()
    place = locations.location("BOO", partnership=rupel)
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

    client.force_login(locations.staff(Role.HELPER, boom))
    assert "reach-line" not in client.get(reverse("wagtailadmin_home")).content.decode()


MOST = 32


def test_it_costs_the_same_with_more_of_everything(
    client, rupel, boom, els, django_assert_max_num_queries
):
    operations.load_postcodes()
    page = reached.workshop()
    counts = []
    for turn in range(2):
        for number in range(2 + 5 * turn):
            place = locations.location(partnership=rupel, postcode="2850")
            topic = Topic.objects.create(slug=f"t{turn}{number}", name=f"T {turn} {number}")
            reached.visits(place, 3, topics=[topic])
            reached.lesson(page, place, there=[TOM, AN])
        read(client, els)
        with django_assert_max_num_queries(MOST) as counted:
            read(client, els)
        counts.append(len(counted))
    assert counts[0] == counts[1]
    assert Attendance.objects.count() == 2 * 9


def test_the_dashboard_goes_through_the_year_once_in_five_minutes(boom):
    today = date(2026, 11, 23)
    reached.visits(boom, 12)
    of_boom = Location.objects.filter(pk=boom.pk)
    with time_machine.travel(locations.MONDAY_MORNING, tick=False) as clock:
        assert numbers_now(of_boom, today) == (12, 12, 12)
        reached.visits(boom, 3)
        clock.shift(KEEP - 1)
        assert numbers_now(of_boom, today) == (12, 12, 12)
        clock.shift(1)
        assert numbers_now(of_boom, today) == (15, 15, 15)


def test_of_other_places_the_dashboard_says_other_numbers(boom, rupel):
    today = date(2026, 11, 23)
    niel = locations.location("NIE", name="Digipunt Niel", partnership=rupel)
    reached.visits(boom, 12)
    assert numbers_now(Location.objects.filter(pk=boom.pk), today) == (12, 12, 12)
    assert numbers_now(Location.objects.filter(pk=niel.pk), today) == (0, 0, 0)
