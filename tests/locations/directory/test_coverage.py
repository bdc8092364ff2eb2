"""Tests of the coverage report."""

import csv
import io
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from home.core.roles import Role
from locations.opening_hours.models import ClosedDays, Stop
from locations.places import operations
from locations.places.models import Municipality, Partnership
from tests.factories import home as homes
from tests.factories import locations

pytestmark = pytest.mark.django_db
ADDRESS = "/beheer/dekking/"
MOST = 22


def partnership_of(name, *municipalities):
    row = locations.partnership(name)
    row.municipalities.set(Municipality.objects.filter(name__in=municipalities))
    return row


@pytest.fixture
def rupel():
    operations.load_postcodes()
    row = partnership_of("Digibanken Rupel", "Boom", "Niel", "Schelle")
    digipunt(row, "2850", 51.0860, 4.3635, name="Digipunt Boom")
    digipunt(row, "2845", 51.1095, 4.3273, name="Digipunt Niel")
    return row


def digipunt(partnership, postcode, lat, lon, **fields):
    return locations.location(
        partnership=partnership, postcode=postcode, lat=lat, lon=lon, **fields
    )


@pytest.fixture
def coordinator(client, rupel):
    user = locations.staff(Role.COORDINATOR, rupel)
    client.force_login(user)
    return user


def export_rows(client, **query):
    """Return the rows of the exported report without its headings."""
    response = client.get(ADDRESS, {"export": "csv"} | query)
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))[1:]


def row_of(client, municipality):
    return next(row for row in export_rows(client) if row[1] == municipality)


def stop(bus, days, **fields):
    start = timezone.now() + timedelta(days=days)
    times = {"starts_at": start, "ends_at": start + timedelta(minutes=5)}
    return Stop.objects.create(location=bus, **{"place": "Schelle"} | times | fields)


def test_gap_shows_the_distance_to_the_nearest_digipunt(client, coordinator):
    partnership, name, codes, number, fixed, *_others, nearest, km = row_of(client, "Schelle")

    assert (partnership, name, codes, number, fixed) == (
        "Digibanken Rupel",
        "Schelle",
        "2627",
        "0",
        "",
    )
    assert nearest == "Digipunt Niel"
    assert 1 < float(km) < 4


def test_every_municipality_has_a_row(client, coordinator):
    assert [(line[1], line[3], line[4]) for line in export_rows(client)] == [
        ("Boom", "1", "Digipunt Boom"),
        ("Niel", "1", "Digipunt Niel"),
        ("Schelle", "0", ""),
    ]


@pytest.mark.parametrize(
    ("kind", "is_covered"),
    [
        ("fixed", True),
        ("mobile", False),
        ("bus", False),
        ("collection", False),
        ("workshop", False),
        ("warehouse", False),
    ],
)
def test_only_fixed_digipunt_closes_gap(client, coordinator, rupel, kind, is_covered):
    digipunt(rupel, "2627", 51.129, 4.3356, kind=kind)

    assert [line[1] for line in export_rows(client, fixed="without")] == (
        [] if is_covered else ["Schelle"]
    )
    assert (row_of(client, "Schelle")[3] == "1") is is_covered


@pytest.mark.parametrize("has_page", [True, False])
def test_digipunt_of_other_partnership_counts_when_public(client, coordinator, has_page):
    location = digipunt(partnership_of("Buren"), "2627", 51.129, 4.3356, name="Van de buren")
    if has_page:
        locations.location_page(locations.location_index(homes.home_page()), location)

    assert bool(export_rows(client, fixed="without")) is not has_page
    assert ("Van de buren" in row_of(client, "Schelle")) is has_page


@pytest.mark.parametrize(
    ("days", "fields", "counts"),
    [
        (1, {}, "1"),
        (89, {}, "1"),
        (91, {}, "0"),
        (-1, {}, "0"),
        (1, {"cancelled_reason": "Panne"}, "0"),
        (1, {"place": "Boom"}, "0"),
    ],
    ids=["tomorrow", "day 89", "day 91", "yesterday", "cancelled", "elsewhere"],
)
def test_stops_of_the_coming_90_days_count(client, coordinator, rupel, days, fields, counts):
    stop(locations.location(kind="bus", partnership=rupel, name="Digibus"), days, **fields)

    assert row_of(client, "Schelle")[6] == counts
    assert ("Digibus" in row_of(client, "Schelle")[7]) is (counts == "1")


def test_stop_on_closed_day_does_not_count(client, coordinator, rupel):
    row = stop(locations.location(kind="bus", partnership=rupel), 5)
    day = timezone.localdate(row.starts_at)
    ClosedDays.objects.create(partnership=rupel, first_day=day, last_day=day)

    assert row_of(client, "Schelle")[6] == "0"


def test_mobile_digipunt_is_shown_but_closes_no_gap(client, coordinator, rupel):
    digipunt(rupel, "2627", 51.129, 4.3356, kind="mobile", name="Op wielen")

    assert row_of(client, "Schelle")[5] == "Op wielen"


def test_report_contains_only_own_partnerships(client, coordinator):
    partnership_of("Kempenland", "Aalst")

    assert {line[0] for line in export_rows(client)} == {"Digibanken Rupel"}
    assert b"Kempenland" not in client.get(ADDRESS).content


def test_filter_refuses_partnership_of_others(client, coordinator):
    other = partnership_of("Kempenland", "Aalst")

    assert b"Aalst" not in client.get(ADDRESS, {"partnership": other.pk}).content


def test_administrator_sees_and_filters_all_partnerships(client, rupel):
    other = partnership_of("Kempenland", "Aalst")
    client.force_login(locations.staff(Role.ADMINISTRATOR))

    assert [line[1] for line in export_rows(client)] == ["Boom", "Niel", "Schelle", "Aalst"]
    assert [line[1] for line in export_rows(client, partnership=other.pk)] == ["Aalst"]


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_staff_of_one_location_see_no_partnership(client, rupel, role):
    client.force_login(locations.staff(role, rupel.locations.first()))
    response = client.get(ADDRESS)

    assert response.status_code == 302 or b"Schelle" not in response.content


@pytest.mark.parametrize(
    ("role", "is_there"),
    [(role, role in (Role.COORDINATOR, Role.ADMINISTRATOR)) for role in Role],
)
def test_menu_item_is_shown_only_with_permission(client, rupel, role, is_there):
    client.force_login(locations.staff(role, rupel))
    menu = client.get(reverse("wagtailadmin_home")).content.decode()

    assert (ADDRESS in menu) is is_there
    assert (client.get(ADDRESS).status_code == 200) is is_there


def test_spreadsheet_contains_numbers(client, coordinator):
    response = client.get(ADDRESS, {"export": "xlsx", "fixed": "without"})
    content = io.BytesIO(b"".join(response.streaming_content))
    _heading, line = load_workbook(content).active.iter_rows(values_only=True)

    assert line[:4] == ("Digibanken Rupel", "Schelle", "2627", 0)
    assert isinstance(line[-1], float)


def test_export_escapes_formulas(client, coordinator, rupel):
    Partnership.objects.filter(pk=rupel.pk).update(name="=1+1")

    assert {line[0] for line in export_rows(client)} == {"'=1+1"}


def test_gap_is_highlighted(client, coordinator):
    table = BeautifulSoup(client.get(ADDRESS).content, "html.parser").find("table", "listing")
    marked = [row for row in table.tbody.find_all("tr") if row.find(class_="state--bad")]

    assert [row.td.get_text(strip=True) for row in marked] == ["Schelle"]


def test_report_queries_do_not_grow_with_rows(
    client, coordinator, rupel, django_assert_max_num_queries
):
    counts = []
    for query in ({}, {"fixed": "without"}, {"export": "csv"}):
        client.get(ADDRESS, query)
    for _ in range(2):
        bus = locations.location(kind="bus", partnership=rupel)
        for days in range(1, 6):
            stop(bus, days)
            digipunt(rupel, "2850", 51.08, 4.36)
        rupel.municipalities.add(
            *Municipality.objects.exclude(partnerships=rupel).order_by("pk")[:10]
        )
        for query in ({}, {"fixed": "without"}, {"export": "xlsx"}):
            with django_assert_max_num_queries(MOST) as queries:
                client.get(ADDRESS, query).getvalue()
            counts.append(len(queries))
    assert counts[:3] == counts[3:]
