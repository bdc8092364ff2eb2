"""What others make of our feeds: each format read back without any of our own code.

Each answer is the times at which one can walk in on a day, as pairs of (from, to) by the clock.
"""

import json
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import vobject

BRUSSELS = ZoneInfo("Europe/Brussels")
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def joined(pairs):
    """The same times without overlaps: touching ones are one."""
    found = []
    for start, end in sorted(pairs):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def of_ics(content, first, last, *, by_appointment=False, of=""):
    """Every time from the first day to the last, as moments in UTC; for one place if need be."""
    low = datetime.combine(first, datetime.min.time(), tzinfo=BRUSSELS)
    high = datetime.combine(last + timedelta(days=1), datetime.min.time(), tzinfo=BRUSSELS)
    found = []
    for event in vobject.readOne(content.decode()).contents.get("vevent", []):
        summary = event.summary.value
        if not summary.startswith(of) or summary.endswith("op afspraak") is not by_appointment:
            continue
        if "status" in event.contents and event.status.value == "CANCELLED":
            continue
        start = event.dtstart.value
        lasts = event.dtend.value.astimezone(UTC) - start.astimezone(UTC)
        for moment in _starts(event, low, high):
            starts_at = moment.astimezone(UTC)
            if low <= starts_at < high:
                found.append((starts_at, starts_at + lasts))
    return joined(found)


def _starts(event, low, high):
    start = event.dtstart.value
    if "rrule" not in event.contents:
        return [start]
    wall = (low - timedelta(days=1), high + timedelta(days=1))
    first = next(iter(event.rruleset), None)
    if first is None:
        return []
    if first.tzinfo is None:
        wall = tuple(moment.replace(tzinfo=None) for moment in wall)
    return [
        moment if moment.tzinfo else moment.replace(tzinfo=start.tzinfo)
        for moment in event.rruleset.between(*wall, inc=True)
    ]


def of_schema(data, day):
    """What schema.org says of this day: special hours replace the usual ones."""
    for name in ("specialOpeningHoursSpecification", "openingHoursSpecification"):
        found = [one for one in data.get(name, []) if _counts(one, day)]
        if found:
            if not all("opens" in one for one in found):
                assert not any("opens" in one for one in found), "both open and closed"
                return []
            return joined((one["opens"], one["closes"]) for one in found)
    return []


def _counts(one, day):
    named = one.get("dayOfWeek")
    return (one.get("validFrom", "") <= day.isoformat() <= one.get("validThrough", "9999")) and (
        named is None or DAYS[day.weekday()].title() in named
    )


def of_uitdatabank(data, day):
    """What UiTdatabank makes of this day: closed days first, then adjusted ones, then the week."""
    if data["status"]["type"] != "Available":
        return []
    if data["calendarType"] == "periodic":
        first, last = (datetime.fromisoformat(data[name]) for name in ("startDate", "endDate"))
        if not first.date() <= day <= last.date():
            return []
    if any(_within(one, day) for one in data.get("openingHoursClosedDays", [])):
        return []
    adjusted = [one for one in data.get("openingHoursAdjustedDays", []) if _within(one, day)]
    assert len(adjusted) < 2, "two ranges of other hours for one day"
    hours = (adjusted[0] if adjusted else data)["openingHours"]
    named = [one for one in hours if DAYS[day.weekday()] in one["dayOfWeek"]]
    return joined((one["opens"], one["closes"]) for one in named)


def _within(one, day):
    return date.fromisoformat(one["startDate"]) <= day <= date.fromisoformat(one["endDate"])


def of_engine(calendar, day, service=None):
    """What we say ourselves."""
    return joined(
        (f"{one.starts_at:%H:%M}", f"{one.ends_at:%H:%M}")
        for one in calendar.openings_on(day, service)
        if not one.by_appointment
    )


def moments_of_engine(calendar, first, last, *, by_appointment=False):
    return joined(
        (one.starts_at.astimezone(UTC), one.ends_at.astimezone(UTC))
        for one in calendar.openings(first, last)
        if one.by_appointment is by_appointment
    )


def in_page(response):
    """The JSON-LD that a page carries."""
    text = response.content.decode().split('<script type="application/ld+json">')[1]
    return json.loads(text.split("</script>")[0])
