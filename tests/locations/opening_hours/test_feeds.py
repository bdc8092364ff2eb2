"""Tests of the feeds of one location."""

from datetime import date, datetime, time, timedelta

import pytest
import time_machine
from icalendar import Calendar as ICalendar

from locations.core.time_zone import BRUSSELS
from locations.opening_hours.loading import load_calendars
from locations.opening_hours.models import AdjustedDays, AdjustedHours, ClosedDays, Stop
from tests.factories import home as homes
from tests.factories import locations
from tests.locations.feed_readers import opening_moments, read_ics, read_page_jsonld

pytestmark = pytest.mark.django_db
YEARS = (date(2026, 1, 1), date(2027, 12, 31))
KINDS = ["json", "geojson", "ics", "uitdatabank.json"]


@pytest.fixture(autouse=True)
def _monday_morning():
    with time_machine.travel(locations.MONDAY_MORNING, tick=False):
        yield


@pytest.fixture
def index():
    return locations.location_index(homes.home_page())


@pytest.fixture
def halle(index):
    location = locations.location(
        "HAL", name="Digiplek Halle", street="Markt", number="1", city="Halle", postcode="1500",
        lat=50.7368, lon=4.2371, phone="02 000 00 00", email="hal@digipunt.example",
    )  # fmt: skip
    locations.location_page(index, location)
    return location


def of_all_kinds(location):
    """Create rules of every recurrence, and exceptions."""
    rules = [
        (0, {"valid_from": date(2026, 3, 2), "valid_until": date(2027, 6, 28)}),
        (4, {"recurrence": "weeks", "interval": 2, "anchor": date(2026, 11, 27)}),
        (2, {"recurrence": "monthly", "nth": 4, "code": "digidokter"}),
        (4, {"recurrence": "monthly", "nth": -1, "code": "repair"}),
        (1, {"recurrence": "monthly", "nth": 5, "code": "lending"}),
        (None, {"recurrence": "date", "day": date(2027, 1, 5)}),
        (None, {"recurrence": "date", "day": date(2026, 12, 25)}),
    ]
    for hour, (weekday, fields) in enumerate(rules, 8):
        locations.rule(location, weekday, time(hour), time(hour, 45), **fields)
    locations.rule(location, 0, time(17), time(18), by_appointment=True)
    ClosedDays.objects.create(
        location=location,
        first_day=date(2026, 12, 21),
        last_day=date(2027, 1, 1),
        reason="De bib is dicht",
    )
    ClosedDays.objects.create(
        location=location,
        service=locations.service("digidokter"),
        first_day=date(2027, 2, 24),
        last_day=date(2027, 2, 24),
    )
    for service, hour in ((None, 9), (locations.service("repair"), 14)):
        summer = AdjustedDays.objects.create(
            location=location,
            service=service,
            first_day=date(2027, 7, 1),
            last_day=date(2027, 8, 31),
            reason="Zomeruren",
        )
        AdjustedHours.objects.create(
            adjusted_days=summer, weekday=1, opens=time(hour), closes=time(hour + 3)
        )


def read(client, name="hal"):
    response = client.get(f"/digipunten/{name}.ics")
    assert response["Content-Type"].startswith("text/calendar")
    return ICalendar.from_ical(response.content)


def walk_in(client, day):
    return read_ics(client.get("/digipunten/hal.ics").content, day, day)


def test_ics_equals_calendar_when_read_independently(client, halle):
    of_all_kinds(halle)
    first, last = date(2026, 11, 27), YEARS[1]
    calendar = load_calendars([halle])[halle.pk]
    theirs = read_ics(client.get("/digipunten/hal.ics").content, first, last)
    assert theirs == opening_moments(calendar, first, last)
    assert len(theirs) > 90


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"weekday": 2}, "FREQ=WEEKLY;BYDAY=WE"),
        ({"weekday": 2, "recurrence": "monthly", "nth": 4}, "FREQ=MONTHLY;BYDAY=4WE"),
        ({"weekday": 2, "recurrence": "monthly", "nth": -1}, "FREQ=MONTHLY;BYDAY=-1WE"),
        (
            {"weekday": 4, "recurrence": "weeks", "interval": 2, "anchor": date(2026, 11, 27)},
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR",
        ),
    ],
)
def test_ics_has_recurrence_rules(client, halle, fields, said):
    locations.rule(halle, fields.pop("weekday"), **fields)
    (event,) = read(client).walk("VEVENT")
    parts = event["rrule"].to_ical().decode().split(";")
    assert {*parts} - {"INTERVAL=1"} == set(said.split(";"))


def test_event_uid_depends_on_contents_only(client, halle):
    rule = locations.rule(halle, 2)
    before = [event["uid"] for event in read(client).walk("VEVENT")]
    locations.rule(halle, 3)
    with time_machine.travel(locations.MONDAY_MORNING + timedelta(days=400), tick=False):
        after = [event["uid"] for event in read(client).walk("VEVENT")]
    assert before[0] in after
    assert len(set(after)) == 2
    rule.delete()
    assert before[0] not in [event["uid"] for event in read(client).walk("VEVENT")]


@pytest.mark.parametrize("why", ["cancelled", "closed"])
def test_cancelled_stop_is_a_cancelled_event(client, index, why):
    bus = locations.location("BUS", kind="bus", name="Digibus")
    locations.location_page(index, bus)
    starts_at = datetime(2026, 12, 2, 9, 30, tzinfo=BRUSSELS)
    goes, stays = (
        Stop.objects.create(
            location=bus,
            place="Werchter",
            starts_at=starts_at + timedelta(days=days),
            ends_at=starts_at + timedelta(days=days, hours=2),
            cancelled_reason="Panne" if why == "cancelled" and days else "",
        )
        for days in (0, 7)
    )
    if why == "closed":
        day = stays.starts_at.date()
        ClosedDays.objects.create(location=bus, first_day=day, last_day=day, reason="Panne")
    events = {event["dtstart"].dt: event for event in read(client, "bus").walk("VEVENT")}
    assert "status" not in events[goes.starts_at]
    assert events[stays.starts_at]["status"] == "CANCELLED"
    assert events[stays.starts_at]["comment"] == "Panne"
    assert events[goes.starts_at]["location"] == "Werchter"


def test_geojson_has_coordinates_and_opening_state(client, halle):
    locations.rule(halle, 0, time(9), time(12))
    found = client.get("/digipunten/hal.geojson").json()
    assert found["geometry"] == {"type": "Point", "coordinates": [4.2371, 50.7368]}
    assert found["properties"]["open_now"] is True
    assert found["properties"]["next_opening"] == "2026-11-30T09:00:00+01:00"
    assert client.get("/digipunten.geojson").json()["features"] == [found]


def test_formats_agree_about_exceptions(client, halle):
    locations.rule(halle, 0, time(9), time(12))
    ClosedDays.objects.create(
        location=halle, first_day=date(2026, 11, 23), last_day=date(2026, 11, 29), reason="Ziek"
    )
    assert client.get("/digipunten/hal.geojson").json()["properties"]["open_now"] is False
    assert client.get(halle.page.url).context["status"].is_open is False
    assert walk_in(client, date(2026, 11, 23)) == []
    special = client.get("/digipunten/hal.json").json()["specialOpeningHoursSpecification"]
    assert special == [
        {
            "@type": "OpeningHoursSpecification",
            "validFrom": "2026-11-23",
            "validThrough": "2026-11-29",
        }
    ]


def test_page_contains_the_jsonld_of_its_feed(client, halle):
    of_all_kinds(halle)
    page = client.get(halle.page.url)
    assert client.get("/digipunten/hal.json").json() == read_page_jsonld(page)


@pytest.mark.parametrize("name", ["hal", "HAL", "Hal"])
def test_feed_is_found_by_location_code(client, halle, name):
    assert client.get(f"/digipunten/{name}.geojson").json()["id"] == "HAL"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("hidden", ["workshop", "warehouse", "draft", "unknown"])
def test_feed_is_not_found_when_location_is_not_public(client, halle, hidden, kind):
    name = "hal"
    if hidden == "draft":
        halle.page.unpublish()
    elif hidden == "unknown":
        name = "niemand"
    else:
        halle.kind = hidden
        halle.save()
    assert client.get(f"/digipunten/{name}.{kind}").status_code == 404
    assert client.get("/digipunten.geojson").json()["features"] == (
        [] if hidden != "unknown" else [client.get("/digipunten/hal.geojson").json()]
    )


@pytest.mark.parametrize("kind", KINDS)
def test_feed_is_read_only_and_allows_other_origins(client, halle, kind):
    response = client.get(f"/digipunten/hal.{kind}")
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Cache-Control"] == "public, max-age=60"
    assert client.post(f"/digipunten/hal.{kind}").status_code == 405
