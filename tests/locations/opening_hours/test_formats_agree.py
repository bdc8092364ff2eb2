"""Page, JSON-LD, iCalendar, GeoJSON, UiTdatabank and the overview of the year say the same."""

import html
import re
from datetime import UTC, date, datetime, time, timedelta
from types import SimpleNamespace

import pytest
import time_machine
from hypothesis import HealthCheck, given, settings

from digipunt.demo import locations
from locations.core.time_zone import BRUSSELS
from locations.opening_hours.engine.calendar import Calendar
from locations.opening_hours.engine.rules import Block, Every, Recurrence, Rule, local_moment
from locations.opening_hours.feeds import ical, jsonld, uitdatabank
from locations.opening_hours.loading import load_calendars
from locations.opening_hours.models import AdjustedDays, AdjustedHours, ClosedDays
from locations.places.models import Location
from tests.factories import home as homes
from tests.factories import locations as factories
from tests.locations.feed_readers import (
    merge_times,
    opening_moments,
    opening_times,
    read_ics,
    read_jsonld,
    read_page_jsonld,
    read_uitdatabank,
)
from tests.locations.opening_hours.test_calendar_oracle import cases

MONDAY = date(2026, 11, 23)
MOVING = (Location.Kind.BUS, Location.Kind.MOBILE)


def at(*moment):
    return datetime(*moment, tzinfo=BRUSSELS)


MOMENTS = {
    "open": at(2026, 11, 26, 14),
    "closed": at(2026, 11, 26, 21),
    "a closed day": at(2026, 12, 24, 10),
    "the last closed day": at(2027, 1, 1, 10),
    "an adjusted day": at(2027, 7, 6, 10),
    "a day without hours in the adjusted range": at(2027, 7, 8, 10),
    "a stop of the bus": at(2026, 12, 2, 10),
    "the day after the clock moved in March": at(2027, 3, 29, 9, 30),
    "the day after the clock moved in October": at(2027, 11, 1, 9, 30),
}


@pytest.fixture
def site(db):
    home = homes.home_page()
    locations.load(MONDAY)
    locations.load_pages(home, MONDAY)
    return {place.code: place for place in Location.objects.published()}


def days_from(day, count):
    return [day + timedelta(days=n) for n in range(count)]


def read(client, place, kind):
    response = client.get(f"/digipunten/{place.code.lower()}.{kind}")
    return response.json() if response.status_code == 200 else None


@pytest.mark.parametrize("moment", MOMENTS.values(), ids=list(MOMENTS))
def test_every_format_says_the_same_of_every_demo_place(client, site, moment):
    """At that moment, and on each day of the 26 weeks after it."""
    today = moment.date()
    hours = load_calendars(site.values())
    last = today + timedelta(days=7)
    with time_machine.travel(moment, tick=False):
        features = client.get("/digipunten.geojson").json()["features"]
        features = {one["id"]: one["properties"] for one in features}
        for place in site.values():
            calendar = hours[place.pk]
            is_open = calendar.is_open(moment)
            page = client.get(place.get_absolute_url())
            schema = read(client, place, "json")
            assert schema == read_page_jsonld(page)
            geo = read(client, place, "geojson")["properties"]
            assert page.context["status"].is_open is geo["open_now"] is is_open, place.code
            assert geo == features.get(place.code, geo)
            following = calendar.next_opening(moment)
            assert geo["next_opening"] == (following and following.starts_at.isoformat())

            days = days_from(today, 182)
            ours = {day: opening_times(calendar, day) for day in days}
            assert {day: read_jsonld(schema, day) for day in days} == ours, place.code
            if uit := read(client, place, "uitdatabank.json"):
                assert {day: read_uitdatabank(uit, day) for day in days} == ours, place.code
            else:
                assert place.kind in MOVING
            ics = client.get(f"/digipunten/{place.code.lower()}.ics").content
            found = read_ics(ics, today, last)
            assert found == opening_moments(calendar, today, last), place.code
            assert any(start <= moment < end for start, end in found) is is_open, place.code


def test_a_calendar_of_every_demo_place_is_right_for_two_years(client, site):
    first, last = MONDAY, date(2028, 11, 22)
    with time_machine.travel(at(2026, 11, 23, 10), tick=False):
        together = client.get("/digipunten.ics").content
        for place in site.values():
            calendar = load_calendars([place])[place.pk]
            alone = client.get(f"/digipunten/{place.code.lower()}.ics").content
            for content in [alone] + [together] * (place.kind in Location.DIGIPUNT_KINDS):
                of = f"{place.name}:"
                walk_in = read_ics(content, first, last, of=of)
                assert walk_in == opening_moments(calendar, first, last), place.code
                by_appointment = read_ics(content, first, last, of=of, by_appointment=True)
                ours = opening_moments(calendar, first, last, by_appointment=True)
                assert merge_times(walk_in + by_appointment) == merge_times(walk_in + ours)


def test_the_overview_names_every_date_and_every_exception(client, site):
    hours = load_calendars(site.values())
    with time_machine.travel(at(2026, 11, 23, 10), tick=False):
        years = {
            one.location.code: one
            for one in client.get("/digipunten/jaaroverzicht/?jaar=2027").context["places"]
        }
    assert years.keys() == site.keys()
    first, last = date(2027, 1, 1), date(2027, 12, 31)
    for code, one in years.items():
        calendar = hours[site[code].pk]
        named = {date.day for month in one.months for date in month.dates if not date.cancellation}
        irregular = {rule for rule in calendar.rules if rule.recurrence.every != Every.WEEK}
        for opening in calendar.openings(first, last):
            weekly = [
                rule
                for rule in calendar.rules
                if rule.applies_on(opening.day) and rule not in irregular
            ]
            adjusted = any(a.covers(opening.day) for a in calendar.adjustments)
            assert opening.day in named or weekly or adjusted, (code, opening)
        assert all(calendar.openings_on(day) for day in named)
        assert len(one.exceptions) == len(
            [
                each
                for each in (*calendar.closures, *calendar.adjustments)
                if each.first_day <= last and each.last_day >= first
            ]
        )


def test_a_closed_week_is_closed_everywhere_at_once(client, site):
    """Gesloten 24 december tot 1 januari: on the page, on paper and for machines."""
    hal = site["HAL"]
    with time_machine.travel(at(2026, 12, 23, 10), tick=False):
        page = client.get(hal.get_absolute_url()).content.decode()
        words = html.unescape(re.sub(r"<[^>]+>", " ", page))
        assert "De bib is dicht" in words
        assert "De bib is dicht" in client.get("/digipunten/jaaroverzicht/").content.decode()
        uit = read(client, hal, "uitdatabank.json")
        assert {
            "startDate": "2026-12-24",
            "endDate": "2027-01-01",
            "description": {"nl": "De bib is dicht"},
        } in uit["openingHoursClosedDays"]
        assert {
            "@type": "OpeningHoursSpecification",
            "validFrom": "2026-12-24",
            "validThrough": "2027-01-01",
        } in read(client, hal, "json")["specialOpeningHoursSpecification"]


@pytest.fixture
def place():
    return SimpleNamespace(
        code="HAL", name="Halle", address="Markt 1, 1500 Halle", street="Markt", number="1",
        postcode="1500", city="Halle", phone="", email="", lat=None, lon=None, kind="fixed",
    )  # fmt: skip


def stops_of(calendar):
    """The stops that made the rules without a service."""
    for number, rule in enumerate(calendar.rules):
        if not rule.service:
            day, block = rule.recurrence.day, rule.block
            yield SimpleNamespace(
                pk=number, place="Baal", address="", is_cancelled=False, cancelled_reason="",
                starts_at=local_moment(day, block.opens), ends_at=local_moment(day, block.closes),
            )  # fmt: skip


def said(place, calendar, today):
    now = datetime.combine(today, time(10), tzinfo=BRUSSELS)
    hours = ical.LocationHours(place, calendar, {}, tuple(stops_of(calendar)), "/halle/")
    content = ical.hours_ics("Digipunten", [hours], now)
    return (
        content,
        jsonld.location_node(place, calendar, today, "/halle/"),
        uitdatabank.uitdatabank_place(place, calendar, "/halle/", today),
    )


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(case=cases())
def test_whatever_the_rules_are_the_formats_agree(place, case):
    start, calendar, _service = case
    today = start - timedelta(days=15)
    last = start + timedelta(days=30)
    content, schema, uit = said(place, calendar, today)
    walk_in = read_ics(content, today, last)
    assert walk_in == opening_moments(calendar, today, last)
    all_of_it = walk_in + read_ics(content, today, last, by_appointment=True)
    ours = opening_moments(calendar, today, last, by_appointment=True)
    assert merge_times(all_of_it) == merge_times(walk_in + ours)
    for day in days_from(today, 182):
        ours = opening_times(calendar, day)
        assert read_jsonld(schema, day) == ours, day
        assert read_uitdatabank(uit, day) == ours, day


@pytest.mark.parametrize(
    ("block", "march", "october"),
    [
        (Block(time(2, 30), time(4)), (1, 2), (0.5, 3)),
        (Block(time(2, 15), time(2, 45)), None, (0.25, 0.75)),
        (Block(time(1), time(2, 30)), (0, 1), (-1, 0.5)),
        (Block(time(1), time(5)), (0, 3), (-1, 4)),
        (Block(time(3), time(5)), (1, 3), (2, 4)),
    ],
)
def test_in_the_night_that_the_clock_moves_the_calendar_opens_when_we_do(
    place, block, march, october
):
    """In hours of UTC: the rule alone would open half an hour late, or stay open too long."""
    calendar = Calendar((Rule("help", Recurrence(Every.WEEK, 6), block),))
    content, *_ = said(place, calendar, MONDAY)
    for day, hours in ((date(2027, 3, 28), march), (date(2027, 10, 31), october)):
        midnight = datetime.combine(day, time(), tzinfo=UTC)
        expected = [tuple(midnight + timedelta(hours=hour) for hour in hours)] if hours else []
        assert read_ics(content, day, day) == expected
        assert opening_moments(calendar, day, day) == expected


@pytest.mark.parametrize("year", [1997, 2012, 2026, 2037])
def test_the_time_zone_of_the_calendar_holds_for_every_year(place, year):
    """Also for a rule that began long ago."""
    monday = Recurrence(Every.WEEK, 0)
    calendar = Calendar((Rule("help", monday, Block(time(9), time(12)), date(1997, 1, 1)),))
    content, *_ = said(place, calendar, MONDAY)
    first, last = date(year, 1, 1), date(year, 12, 31)
    found = read_ics(content, first, last)
    assert found == opening_moments(calendar, first, last)
    assert {start.hour for start, _end in found} == {7, 8}


def test_two_services_at_the_same_hour_are_two_events_and_one_opening(place):
    hours = [(time(9), time(12)), (time(11), time(14))]
    calendar = Calendar(
        tuple(
            Rule(service, Recurrence(Every.WEEK, 0), Block(*block))
            for service, block in zip(("help", "computers"), hours, strict=True)
        )
    )
    names = {"help": "Hulp", "computers": "Computers"}
    now = at(2026, 11, 23, 10)
    content = ical.hours_ics(
        "x", [ical.LocationHours(place, calendar, names, (), "/halle/")], now
    ).decode()
    assert "SUMMARY:Halle: Hulp" in content
    assert "SUMMARY:Halle: Computers" in content
    ((start, end),) = read_ics(content.encode(), MONDAY, MONDAY)
    assert end - start == timedelta(hours=5)


def test_hours_of_one_service_that_is_closed_are_no_hours_of_the_place(client, db):
    """Schema.org and UiTdatabank know one set of hours: what is left of them is said."""
    index = factories.location_index(homes.home_page())
    halle = factories.location("HAL", street="Markt", number="1", postcode="1500", city="Halle")
    factories.location_page(index, halle)
    factories.rule(halle, 0, time(9), time(12))
    factories.rule(halle, 0, time(11), time(15), code="lending")
    ClosedDays.objects.create(
        location=halle,
        service=factories.service("lending"),
        first_day=MONDAY,
        last_day=MONDAY,
        reason="Opleiding",
    )
    summer = AdjustedDays.objects.create(
        location=halle, first_day=date(2026, 12, 7), last_day=date(2026, 12, 13)
    )
    AdjustedHours.objects.create(adjusted_days=summer, weekday=2, opens=time(13), closes=time(16))
    expected = {
        MONDAY: [("09:00", "12:00")],
        date(2026, 11, 30): [("09:00", "15:00")],
        date(2026, 12, 7): [],
        date(2026, 12, 9): [("13:00", "16:00")],
        date(2026, 12, 14): [("09:00", "15:00")],
    }
    with time_machine.travel(at(2026, 11, 23, 8), tick=False):
        schema, uit = read(client, halle, "json"), read(client, halle, "uitdatabank.json")
    assert {day: read_jsonld(schema, day) for day in expected} == expected
    assert {day: read_uitdatabank(uit, day) for day in expected} == expected
    assert uit["openingHoursAdjustedDays"][0]["description"] == {"nl": "Opleiding"}
