"""Tests of the report of reach: permissions, form, content, spreadsheets and query counts."""

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
from locations.core.models import DigibankSettings, Topic
from locations.helpdesk.models import HelpRequest
from locations.places import operations
from locations.places.models import Location
from locations.reach.admin import CACHE_SECONDS, current_counts
from locations.reach.models import ReachGoal
from locations.workshops.models import Attendance
from tests.factories import locations
from tests.factories import reach as reached

pytestmark = pytest.mark.django_db
TOM, AN = ("Tom Demo", "0470 00 00 01"), ("An Demo", "0470 00 00 02")
URL = "reach:index"


def get_report(client, user, **query):
    client.force_login(user)
    response = client.get(reverse(URL), query)
    assert response.status_code == 200
    return response


def csv_rows(response):
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


@pytest.mark.parametrize("role", [Role.EDITOR, Role.HELPER, Role.DESK, Role.REFERRER])
def test_report_is_refused_to_other_roles(client, boom, role):
    client.force_login(locations.staff(role, boom))
    assert client.get(reverse(URL)).status_code == 302
    assert client.get(reverse(URL), {"export": "csv"}).status_code == 302


def test_report_counts_own_locations_only(client, boom, els):
    reached.visits(boom, 12)
    reached.visits(locations.location("HAL", partnership=locations.partnership("Ander")), 30)
    report = get_report(client, els).context["report"]
    assert (str(report.people), str(report.visitors)) == ("10", "10")


def test_partnership_of_others_is_refused(client, boom, els):
    other = locations.partnership("Ander")
    locations.location("HAL", partnership=other)
    response = get_report(client, els, partnership=other.pk, export="csv")
    assert response.context["report"] is None
    assert response.context["form"].errors["partnership"]


@pytest.mark.parametrize(
    ("query", "field"),
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
def test_invalid_period_shows_an_error_and_no_report(client, els, query, field, export):
    response = get_report(client, els, export=export, **query)
    assert list(response.context["form"].errors) == [field]
    assert response.context["report"] is None


def test_period_of_three_years_is_allowed(client, els):
    assert get_report(client, els, first="2022-02", last="2025-01").context["report"]


def create_goals(*numbers):
    settings, _new = DigibankSettings.objects.get_or_create()
    ReachGoal.objects.all().delete()
    for number in numbers:
        ReachGoal.objects.create(settings=settings, people=number, meaning="schijf")


def test_goals_show_how_many_people_are_missing(client, boom, els):
    create_goals(5, 11, 1000)
    reached.visits(boom, 12)
    goals = get_report(client, els).context["report"].goals
    assert [(goal.people, goal.is_reached, goal.to_go) for goal in goals] == [
        (5, True, 0),
        (11, True, 0),
        (1000, False, 990),
    ]


def test_small_numbers_are_hidden_and_every_chart_has_a_table(client, boom, els):
    operations.load_postcodes()
    reached.visits(boom, 3)
    reached.visits(boom, 13, date(2026, 8, 5))
    page = BeautifulSoup(get_report(client, els).content, "html.parser").find(class_="reach")
    numbers = {cell.text for cell in page.select("td, dd, .reach__chart b")}

    assert "<5" in numbers
    assert not numbers & {"1", "2", "3", "4", "13", "16"}
    assert len(page.select(".reach__chart")) == len(page.select("table")) > 3
    assert all(bar["aria-hidden"] == "true" for bar in page.select(".reach__bar"))


def test_spreadsheets_hold_published_numbers_and_no_personal_data(client, boom, els):
    reached.visits(boom, 3)
    reached.visits(boom, 13, date(2026, 8, 5))
    reached.session(reached.workshop(), boom, present=[TOM])
    rows = csv_rows(get_report(client, els, export="csv"))
    text = "\n".join(",".join(row) for row in rows)

    assert rows[1][2:4] == ["15", "15"]
    assert "<5" in text
    for secret in (
        "Tom",
        "0470",
        person_hashes.hash_person("Tom Demo", phone="0470 00 00 01"),
        "13",
        "16",
    ):
        assert secret not in text.replace("2026", "")
    response = get_report(client, els, export="xlsx")
    sheet = load_workbook(io.BytesIO(b"".join(response.streaming_content))).active
    cells = [list(row) for row in sheet.iter_rows(values_only=True)]
    assert cells[1][2:4] == [15, 15]
    assert len(cells) == len(rows)


def test_name_that_looks_like_a_formula_is_escaped_in_spreadsheet(client, els, rupel):
    rupel.name = "=1+1"
    rupel.save()
    location = locations.location("BOO", partnership=rupel)
    reached.visits(location, 6)
    names = [row[1] for row in csv_rows(get_report(client, els, export="csv"))]
    assert "'=1+1" in names


def test_help_requests_are_counted(client, boom, els):
    for number in range(6):
        HelpRequest.objects.create(
            number=f"V-{number}", question="x", phone="1", location=boom, due_on=date(2026, 11, 25)
        )
    report = get_report(client, els).context["report"]
    assert (str(report.received), str(report.open)) == ("5", "5")


def test_dashboard_panel_shows_this_quarter_and_links_to_the_report(client, boom, els):
    reached.visits(boom, 12)
    reached.visits(boom, 21, date(2026, 8, 5))
    create_goals(10, 1000)
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


MAX_QUERIES = 32


def test_query_count_is_constant(client, rupel, boom, els, django_assert_max_num_queries):
    operations.load_postcodes()
    page = reached.workshop()
    counts = []
    for round_ in range(2):
        for number in range(2 + 5 * round_):
            location = locations.location(partnership=rupel, postcode="2850")
            topic = Topic.objects.create(slug=f"t{round_}{number}", name=f"T {round_} {number}")
            reached.visits(location, 3, topics=[topic])
            reached.session(page, location, present=[TOM, AN])
        get_report(client, els)
        with django_assert_max_num_queries(MAX_QUERIES) as counted:
            get_report(client, els)
        counts.append(len(counted))
    assert counts[0] == counts[1]
    assert Attendance.objects.count() == 2 * 9


def test_dashboard_counts_are_cached_for_five_minutes(boom):
    today = date(2026, 11, 23)
    reached.visits(boom, 12)
    queryset = Location.objects.filter(pk=boom.pk)
    with time_machine.travel(locations.MONDAY_MORNING, tick=False) as clock:
        assert current_counts(queryset, today) == (12, 12, 12)
        reached.visits(boom, 3)
        clock.shift(CACHE_SECONDS - 1)
        assert current_counts(queryset, today) == (12, 12, 12)
        clock.shift(1)
        assert current_counts(queryset, today) == (15, 15, 15)


def test_dashboard_counts_are_cached_per_set_of_locations(boom, rupel):
    today = date(2026, 11, 23)
    niel = locations.location("NIE", name="Digipunt Niel", partnership=rupel)
    reached.visits(boom, 12)
    assert current_counts(Location.objects.filter(pk=boom.pk), today) == (12, 12, 12)
    assert current_counts(Location.objects.filter(pk=niel.pk), today) == (0, 0, 0)
