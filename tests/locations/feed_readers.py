"""Readers of our feeds that use none of our own code: each format is parsed independently.

Each reader returns the times at which a visitor can walk in, as sorted (start, end) pairs.
"""

import json
import re
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import vobject
from dateutil import tz
from vobject.icalendar import registerTzid

BRUSSELS = ZoneInfo("Europe/Brussels")
# Like most programs, use the time zone of this name: vobject drops most dates of a VTIMEZONE.
VTIMEZONE = re.compile("BEGIN:VTIMEZONE.*END:VTIMEZONE\r\n", re.DOTALL)
registerTzid("Europe/Brussels", tz.gettz("Europe/Brussels"))
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def merge_times(pairs):
    """Merge (start, end) pairs that overlap or touch."""
    merged = []
    for start, end in sorted(pairs):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


def read_ics(content, first, last, *, by_appointment=False, of=""):
    """Return the UTC times in a calendar from the first day through the last.

    `of` limits the events to those whose summary starts with this name of a location.
    """
    low = datetime.combine(first, datetime.min.time(), tzinfo=BRUSSELS)
    high = datetime.combine(last + timedelta(days=1), datetime.min.time(), tzinfo=BRUSSELS)
    times = []
    for event in vobject.readOne(VTIMEZONE.sub("", content.decode())).contents.get("vevent", []):
        summary = event.summary.value
        if not summary.startswith(of) or summary.endswith("op afspraak") is not by_appointment:
            continue
        if "status" in event.contents and event.status.value == "CANCELLED":
            continue
        start = event.dtstart.value
        duration = event.dtend.value.astimezone(UTC) - start.astimezone(UTC)
        for occurrence in _occurrences(event, low, high):
            starts_at = occurrence.astimezone(UTC)
            if low <= starts_at < high:
                times.append((starts_at, starts_at + duration))
    return merge_times(times)


def _occurrences(event, low, high):
    start = event.dtstart.value
    if "rrule" not in event.contents:
        return [start]
    bounds = (low - timedelta(days=1), high + timedelta(days=1))
    first = next(iter(event.rruleset), None)
    if first is None:
        return []
    if first.tzinfo is None:
        bounds = tuple(bound.replace(tzinfo=None) for bound in bounds)
    return [
        occurrence if occurrence.tzinfo else occurrence.replace(tzinfo=start.tzinfo)
        for occurrence in event.rruleset.between(*bounds, inc=True)
    ]


def read_jsonld(data, day):
    """Return the times on a day according to schema.org: special hours replace regular ones."""
    for name in ("specialOpeningHoursSpecification", "openingHoursSpecification"):
        hours = [entry for entry in data.get(name, []) if _is_valid_on(entry, day)]
        if hours:
            if not all("opens" in entry for entry in hours):
                assert not any("opens" in entry for entry in hours), "both open and closed"
                return []
            return merge_times((entry["opens"], entry["closes"]) for entry in hours)
    return []


def _is_valid_on(entry, day):
    weekdays = entry.get("dayOfWeek")
    in_range = entry.get("validFrom", "") <= day.isoformat() <= entry.get("validThrough", "9999")
    return in_range and (weekdays is None or DAYS[day.weekday()].title() in weekdays)


def read_uitdatabank(data, day):
    """Return the times on a day as UiTdatabank shows them.

    Closed days come first, then adjusted days, then the regular week.
    """
    if data["status"]["type"] != "Available":
        return []
    if data["calendarType"] == "periodic":
        first, last = (datetime.fromisoformat(data[name]) for name in ("startDate", "endDate"))
        if not first.date() <= day <= last.date():
            return []
    if any(_contains(entry, day) for entry in data.get("openingHoursClosedDays", [])):
        return []
    adjusted = [
        entry for entry in data.get("openingHoursAdjustedDays", []) if _contains(entry, day)
    ]
    assert len(adjusted) < 2, "two ranges of other hours for one day"
    hours = (adjusted[0] if adjusted else data)["openingHours"]
    on_day = [entry for entry in hours if DAYS[day.weekday()] in entry["dayOfWeek"]]
    return merge_times((entry["opens"], entry["closes"]) for entry in on_day)


def _contains(entry, day):
    return date.fromisoformat(entry["startDate"]) <= day <= date.fromisoformat(entry["endDate"])


def opening_times(calendar, day, service=None):
    """Return the times on a day according to our own calendar, as "HH:MM" pairs."""
    return merge_times(
        (f"{opening.starts_at:%H:%M}", f"{opening.ends_at:%H:%M}")
        for opening in calendar.openings_on(day, service)
        if not opening.by_appointment
    )


def opening_moments(calendar, first, last, *, by_appointment=False):
    """Return the times according to our own calendar, as pairs of UTC datetimes."""
    return merge_times(
        (opening.starts_at.astimezone(UTC), opening.ends_at.astimezone(UTC))
        for opening in calendar.openings(first, last)
        if opening.by_appointment is by_appointment
    )


def read_page_jsonld(response):
    """Return the JSON-LD in a page."""
    text = response.content.decode().split('<script type="application/ld+json">')[1]
    return json.loads(text.split("</script>")[0])
