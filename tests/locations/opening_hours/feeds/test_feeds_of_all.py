"""Tests of the feeds of all locations: filters, ETags and query counts."""

from datetime import date, time, timedelta

import pytest
import time_machine
from icalendar import Calendar as ICalendar

from locations.opening_hours.models import ClosedDays
from locations.places import operations
from tests.factories import locations
from tests.locations.opening_hours.test_feeds import KINDS, of_all_kinds

pytestmark = pytest.mark.django_db


def ids(client, kind, query):
    response = client.get(f"/digipunten.{kind}?{query}")
    match kind:
        case "geojson":
            return [one["properties"]["name"] for one in response.json()["features"]]
        case "json":
            return [one["name"] for one in response.json()["@graph"]]
        case "uitdatabank.json":
            return [one["name"]["nl"] for one in response.json()["member"]]
    found = ICalendar.from_ical(response.content).walk("VEVENT")
    return list(dict.fromkeys(event["summary"].partition(":")[0] for event in found))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["Aalst", "Halle", "Kringloop Niel"]),
        ("q=1500", ["Halle", "Kringloop Niel", "Aalst"]),
        ("rolstoel=1", ["Halle"]),
        ("dienst=lending", ["Aalst"]),
        ("dienst=collection", ["Inzamelpunt"]),
        ("nu=1", ["Halle"]),
        ("dag=2026-11-24", ["Aalst"]),
        ("dag=morgen&dienst=x&q=zzz", ["Aalst", "Halle", "Kringloop Niel"]),
    ],
)
def test_feeds_use_the_filters_of_the_finder(client, index, kind, query, expected):
    operations.load_postcodes()
    address = {"street": "Markt", "number": "1"}
    for name, postcode, weekday, more in (
        ("Aalst", "9300", 1, {"lat": 50.94, "lon": 4.04}),
        ("Halle", "1500", 0, {"lat": 50.74, "lon": 4.24, "wheelchair": "yes"}),
        ("Kringloop Niel", "2845", 3, {"lat": 50.75, "lon": 4.25}),
        ("Inzamelpunt", "2845", 0, {"kind": "collection"}),
    ):
        location = locations.location(name=name, postcode=postcode, city="Stad", **address, **more)
        code = "collection" if more.get("kind") else "help"
        locations.rule(location, weekday, time(9), time(12), code=code)
        if name == "Aalst":
            locations.rule(location, weekday, time(9), time(12), code="lending")
        locations.location_page(index, location)
    found = ids(client, kind, query)
    assert found == expected
    rows = client.get(f"/digipunten/?{query}").context["rows"]
    assert found == [row.location.name for row in rows]


def test_private_page_is_in_no_feed(client, halle):
    from wagtail.models import PageViewRestriction

    locations.rule(halle)
    PageViewRestriction.objects.create(page=halle.page, restriction_type="login")
    for kind in KINDS:
        assert client.get(f"/digipunten/hal.{kind}").status_code == 404
        assert ids(client, kind, "") == []


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", ["/hal", ""])
def test_feed_returns_not_modified_when_etag_matches(client, halle, name, kind):
    locations.rule(halle)
    first = client.get(f"/digipunten{name}.{kind}")
    again = {"headers": {"If-None-Match": first["ETag"]}}
    with time_machine.travel(locations.MONDAY_MORNING + timedelta(minutes=5), tick=False):
        same = client.get(f"/digipunten{name}.{kind}", **again)
    assert (same.status_code, same.content) == (304, b"")
    locations.rule(halle, 1)
    changed = client.get(f"/digipunten{name}.{kind}", **again)
    if kind != "geojson":  # Tuesday changes nothing about now and about the next opening
        assert changed.status_code == 200
    ClosedDays.objects.create(
        location=halle, first_day=date(2026, 11, 23), last_day=date(2026, 11, 30)
    )
    changed = client.get(f"/digipunten{name}.{kind}", **again)
    assert changed.status_code == 200
    assert changed["ETag"] != first["ETag"]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("query", ["", "?q=1500&nu=1&dag=2026-11-23&dienst=help"])
def test_feed_of_all_query_count_is_independent_of_number_of_locations(
    client, index, django_assert_max_num_queries, kind, query
):
    def more():
        location = locations.location(lat=51, lon=4, street="Markt", postcode="1500", city="Halle")
        locations.rule(location, 0)
        locations.location_page(index, location)

    def cost():
        client.get(f"/digipunten.{kind}{query}")
        with django_assert_max_num_queries(12) as counted:
            client.get(f"/digipunten.{kind}{query}")
        return len(counted)

    more()
    before = cost()
    for _ in range(20):
        more()
    assert cost() == before


@pytest.mark.parametrize("kind", KINDS)
def test_feed_query_count_is_independent_of_number_of_rules(
    client, halle, django_assert_max_num_queries, kind
):
    def cost():
        with django_assert_max_num_queries(9) as counted:
            assert client.get(f"/digipunten/hal.{kind}").status_code == 200
        return len(counted)

    locations.rule(halle)
    client.get(f"/digipunten/hal.{kind}")
    before = cost()
    of_all_kinds(halle)
    assert cost() == before


def test_finder_links_to_feeds_with_its_filters(client, index):
    page = client.get("/digipunten/?q=1500&rolstoel=1&dag=x").content.decode()
    for kind in ("ics", "json", "geojson"):
        assert f'href="/digipunten.{kind}?q=1500&amp;rolstoel=1"' in page
    assert 'href="/digipunten.ics"' in client.get("/digipunten/").content.decode()
