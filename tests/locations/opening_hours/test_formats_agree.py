"""Tests that every format describes the same hours as the calendar."""

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
from locations.places.models import Location
from tests.factories import home as homes
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
    return {location.code: location for location in Location.objects.published()}


def days_from(day, count):
    return [day + timedelta(days=n) for n in range(count)]


def read(client, location, kind):
    response = client.get(f"/digipunten/{location.code.lower()}.{kind}")
    return response.json() if response.status_code == 200 else None


@pytest.mark.parametrize("moment", MOMENTS.values(), ids=list(MOMENTS))
def test_formats_agree_for_every_demo_location(client, site, moment):
    """Compare the moment itself and each day of the 26 weeks after it."""
    today = moment.date()
    hours = load_calendars(site.values())
    last = today + timedelta(days=7)
    with time_machine.travel(moment, tick=False):
        features = client.get("/digipunten.geojson").json()["features"]
        features = {one["id"]: one["properties"] for one in features}
        for location in site.values():
            calendar = hours[location.pk]
            is_open = calendar.is_open(moment)
            page = client.get(location.get_absolute_url())
            schema = read(client, location, "json")
            assert schema == read_page_jsonld(page)
            geo = read(client, location, "geojson")["properties"]
            assert page.context["status"].is_open is geo["open_now"] is is_open, location.code
            assert geo == features.get(location.code, geo)
            following = calendar.next_opening(moment)
            assert geo["next_opening"] == (following and following.starts_at.isoformat())

            days = days_from(today, 182)
            ours = {day: opening_times(calendar, day) for day in days}
            assert {day: read_jsonld(schema, day) for day in days} == ours, location.code
            if uit := read(client, location, "uitdatabank.json"):
                assert {day: read_uitdatabank(uit, day) for day in days} == ours, location.code
            else:
                assert location.kind in MOVING
            ics = client.get(f"/digipunten/{location.code.lower()}.ics").content
            found = read_ics(ics, today, last)
            assert found == opening_moments(calendar, today, last), location.code
            assert any(start <= moment < end for start, end in found) is is_open, location.code


def test_ics_of_every_demo_location_is_correct_for_two_years(client, site):
    first, last = MONDAY, date(2028, 11, 22)
    with time_machine.travel(at(2026, 11, 23, 10), tick=False):
        together = client.get("/digipunten.ics").content
        for location in site.values():
            calendar = load_calendars([location])[location.pk]
            alone = client.get(f"/digipunten/{location.code.lower()}.ics").content
            for content in [alone] + [together] * (location.kind in Location.DIGIPUNT_KINDS):
                of = f"{location.name}:"
                walk_in = read_ics(content, first, last, of=of)
                assert walk_in == opening_moments(calendar, first, last), location.code
                by_appointment = read_ics(content, first, last, of=of, by_appointment=True)
                ours = opening_moments(calendar, first, last, by_appointment=True)
                assert merge_times(walk_in + by_appointment) == merge_times(walk_in + ours)


def test_year_overview_lists_every_date_and_exception(client, site):
    hours = load_calendars(site.values())
    with time_machine.travel(at(2026, 11, 23, 10), tick=False):
        years = {
            one.location.code: one
            for one in client.get("/digipunten/jaaroverzicht/?jaar=2027").context["overviews"]
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


def test_closed_week_is_closed_in_every_format(client, site):
    """Check closed days from 24 December to 1 January on the page, on paper and in feeds."""
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
def location():
    return SimpleNamespace(
        code="HAL", name="Halle", address="Markt 1, 1500 Halle", street="Markt", number="1",
        postcode="1500", city="Halle", phone="", email="", lat=None, lon=None, kind="fixed",
    )  # fmt: skip


def stops_of(calendar):
    """Return stops for the rules without a service."""
    for number, rule in enumerate(calendar.rules):
        if not rule.service:
            day, block = rule.recurrence.day, rule.block
            yield SimpleNamespace(
                pk=number, place="Baal", address="", is_cancelled=False, cancelled_reason="",
                starts_at=local_moment(day, block.opens), ends_at=local_moment(day, block.closes),
            )  # fmt: skip


def said(location, calendar, today):
    now = datetime.combine(today, time(10), tzinfo=BRUSSELS)
    hours = ical.LocationHours(location, calendar, {}, tuple(stops_of(calendar)), "/halle/")
    content = ical.hours_ics("Digipunten", [hours], now)
    return (
        content,
        jsonld.location_node(location, calendar, today, "/halle/"),
        uitdatabank.uitdatabank_place(location, calendar, "/halle/", today),
    )


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(case=cases())
def test_formats_agree_for_generated_rules(location, case):
    start, calendar, _service = case
    today = start - timedelta(days=15)
    last = start + timedelta(days=30)
    content, schema, uit = said(location, calendar, today)
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
def test_ics_is_correct_on_clock_changes(location, block, march, october):
    """Compare in UTC: a recurrence rule alone would be half an hour late, or last too long."""
    calendar = Calendar((Rule("help", Recurrence(Every.WEEK, 6), block),))
    content, *_ = said(location, calendar, MONDAY)
    for day, hours in ((date(2027, 3, 28), march), (date(2027, 10, 31), october)):
        midnight = datetime.combine(day, time(), tzinfo=UTC)
        expected = [tuple(midnight + timedelta(hours=hour) for hour in hours)] if hours else []
        assert read_ics(content, day, day) == expected
        assert opening_moments(calendar, day, day) == expected


@pytest.mark.parametrize("year", [1997, 2012, 2026, 2037])
def test_ics_is_correct_in_any_year(location, year):
    """Include a rule that began long ago."""
    monday = Recurrence(Every.WEEK, 0)
    calendar = Calendar((Rule("help", monday, Block(time(9), time(12)), date(1997, 1, 1)),))
    content, *_ = said(location, calendar, MONDAY)
    first, last = date(year, 1, 1), date(year, 12, 31)
    found = read_ics(content, first, last)
    assert found == opening_moments(calendar, first, last)
    assert {start.hour for start, _end in found} == {7, 8}


def test_services_with_same_hours_are_separate_events(location):
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
        "x", [ical.LocationHours(location, calendar, names, (), "/halle/")], now
    ).decode()
    assert "SUMMARY:Halle: Hulp" in content
    assert "SUMMARY:Halle: Computers" in content
    ((start, end),) = read_ics(content.encode(), MONDAY, MONDAY)
    assert end - start == timedelta(hours=5)
