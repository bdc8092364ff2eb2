"""The hours of a place for a calendar: iCalendar (RFC 5545).

What comes back is one event with a rule; a day on which it does not is an exception of that rule.
Loose dates, other hours and stops are events of their own. An event that says the same keeps its
UID, so that a calendar that asks again moves nothing.
"""

from datetime import UTC, datetime, time, timedelta
from hashlib import sha256

from django.utils.translation import gettext as _
from icalendar import Calendar as ICalendar
from icalendar import Event

from locations.opening_hours import BRUSSELS, Every

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
FIRST_LOOKED_FOR = 1500
"""In how many days the first time of a rule has to come; a fifth Monday can be months away."""


def hours(location, calendar, *, services, stops, url, now):
    """Bytes of a calendar with everything that `calendar` says about this place.

    `services` are names by code. The stops of a bus or a mobile digipunt come from `stops`, for
    these have a place and may be cancelled.
    """
    feed = ICalendar()
    feed.add("prodid", "-//Digipunt//Hours of a place//NL")
    feed.add("version", "2.0")
    feed.add("x-wr-calname", location.name)
    feed.add("refresh-interval", timedelta(hours=6), parameters={"VALUE": "DURATION"})
    about = About(location, services, url, now)
    of_services = [rule for rule in calendar.rules if rule.service]  # the others are the stops
    for event in filter(None, (series(rule, calendar, about) for rule in of_services)):
        feed.add_component(event)
    for one in calendar.adjustments:
        for event in adjusted(one, calendar, about):
            feed.add_component(event)
    for stop in stops:
        feed.add_component(stay(stop, calendar, about))
    today = now.astimezone(BRUSSELS).date()
    feed.add_missing_timezones(
        first_date=today - timedelta(days=366), last_date=today + timedelta(days=1100)
    )
    return feed.to_ical()


class About:
    """What every event of a place shares."""

    def __init__(self, location, services, url, now):
        self.location, self.services, self.url, self.now = location, services, url, now

    def event(self, day, opens, closes, *, service="", by_appointment=False, what=""):
        """An event from one time to another on this day, by the clock in Brussels."""
        event = Event()
        label = what or self.services.get(service) or _("open")
        if by_appointment:
            label = _("%(what)s, by appointment") % {"what": label}
        event.add("summary", f"{self.location.name}: {label}")
        event.add("dtstart", datetime.combine(day, opens, tzinfo=BRUSSELS))
        event.add("dtend", datetime.combine(day, closes, tzinfo=BRUSSELS))
        event.add("dtstamp", self.now.astimezone(UTC))
        event.add("location", self.location.address)
        event.add("url", self.url)
        event.add("transp", "TRANSPARENT")
        return event

    def name(self, event, *parts):
        """Give the event a UID that depends on what it says, and on nothing else."""
        said = "|".join(str(part) for part in parts)
        code = self.location.code.lower()
        event.add("uid", f"{code}-{sha256(said.encode()).hexdigest()[:20]}@digipunt")
        return event


def series(rule, calendar, about):
    """A rule as one event; None if it never holds."""
    first = first_day(rule, about.now.astimezone(BRUSSELS).date())
    if first is None:
        return None
    block, recurrence = rule.block, rule.recurrence
    event = about.event(
        first,
        block.opens,
        block.closes,
        service=rule.service,
        by_appointment=block.by_appointment,
    )
    if recurrence.every != Every.DATE:
        event.add("rrule", repeats(rule))
        lost = lost_days(rule, calendar, first)
        if lost:
            event.add(
                "exdate", [datetime.combine(day, block.opens, tzinfo=BRUSSELS) for day in lost]
            )
    elif is_lost(rule, calendar, first):
        event.add("status", "CANCELLED")
    return about.name(event, "rule", rule.service, *recurrence, *block, *rule[3:])


def first_day(rule, today):
    """The first day that a rule names: of its season, since its anchor, or of this year."""
    recurrence = rule.recurrence
    if recurrence.every == Every.DATE:
        return recurrence.day
    begins = [day for day in (rule.valid_from, recurrence.anchor) if day]
    start = max(begins) if begins else today.replace(month=1, day=1)
    days = (start + timedelta(days=n) for n in range(FIRST_LOOKED_FOR))
    return next((day for day in days if rule.holds_on(day)), None)


def repeats(rule):
    recurrence = rule.recurrence
    day = DAYS[recurrence.weekday]
    if recurrence.every == Every.MONTH:
        said = {"freq": "monthly", "byday": f"{recurrence.nth}{day}"}
    else:
        said = {"freq": "weekly", "interval": recurrence.interval, "byday": day}
    if rule.valid_until:
        end = datetime.combine(rule.valid_until, time(23, 59, 59), tzinfo=BRUSSELS)
        said["until"] = end.astimezone(UTC)
    return said


def is_lost(rule, calendar, day):
    """Whether on this day something else counts than this rule."""
    return bool(
        calendar.closure(day, rule.service or None) or calendar.adjustment(day, rule.service)
    )


def lost_days(rule, calendar, first):
    """The days of a rule on which it does not come: closed, or with other hours."""
    days = {
        day
        for one in (*calendar.closures, *calendar.adjustments)
        for day in days_of(one)
        if day >= first and rule.holds_on(day)
    }
    return sorted(day for day in days if is_lost(rule, calendar, day))


def days_of(one):
    return [
        one.first_day + timedelta(days=n) for n in range((one.last_day - one.first_day).days + 1)
    ]


def adjusted(one, calendar, about):
    """Other hours, day by day, where no closed day and no nearer range says something else."""
    for day in days_of(one):
        if calendar.closure(day, one.service or None):
            continue
        if calendar.adjustment(day, one.service) is not one:
            continue
        for block in one.blocks(day):
            event = about.event(
                day,
                block.opens,
                block.closes,
                service=one.service,
                by_appointment=block.by_appointment,
                what=one.reason,
            )
            yield about.name(event, "adjusted", one.service, day, *block)


def stay(stop, calendar, about):
    """A stop; one that does not take place stays in the calendar as cancelled."""
    start, end = stop.starts_at.astimezone(BRUSSELS), stop.ends_at.astimezone(BRUSSELS)
    event = about.event(start.date(), start.time(), end.time(), what=stop.place)
    event["dtend"].dt = end
    event["location"] = ", ".join(filter(None, (stop.place, stop.address)))
    closure = calendar.closure(start.date())
    if stop.is_cancelled or closure:
        event.add("status", "CANCELLED")
        event.add("comment", stop.cancelled_reason or closure.reason)
    return about.name(event, "stop", stop.pk)
