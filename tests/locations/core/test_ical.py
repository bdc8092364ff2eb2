"""Tests of the time zone in iCalendar files, read without our own code."""

import re
from datetime import date, datetime, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from dateutil.tz import tzical
from icalendar import Calendar, Event

from locations.core.ical import YEARS_AHEAD, add_time_zone

BRUSSELS = ZoneInfo("Europe/Brussels")
TODAY = date(2026, 11, 23)


def calendar_text(*years):
    calendar = Calendar()
    for year in years:
        event = Event()
        event.add("dtstart", datetime(year, 7, 1, 9, tzinfo=BRUSSELS))
        calendar.add_component(event)
    add_time_zone(calendar, TODAY)
    return calendar.to_ical().decode().replace("\r\n ", "").replace("\r\n", "\n")


@pytest.mark.parametrize("years", [(2026,), (2020, 2026), (2026, 2030)])
def test_time_zone_has_every_offset_from_first_event_until_years_ahead(years):
    timezone = tzical(StringIO(calendar_text(*years))).get()
    moment = datetime(min(years), 1, 1)
    last = datetime(max([*years, TODAY.year]) + YEARS_AHEAD, 12, 31)

    while moment <= last:
        for hour in (0, 4, 12):  # never in the hour that a clock change skips or repeats
            local = moment.replace(hour=hour)
            expected = local.replace(tzinfo=BRUSSELS).utcoffset()
            assert local.replace(tzinfo=timezone).utcoffset() == expected, local
        moment += timedelta(days=1)


def test_time_zone_is_small():
    text = calendar_text(2026)

    assert text.count("BEGIN:VTIMEZONE") == 1
    assert len(re.findall(r"\d{8}T\d{6}", text)) < 15


def test_calendar_without_events_has_no_time_zone():
    assert "VTIMEZONE" not in calendar_text()
