"""The hours of locations as a calendar: iCalendar (RFC 5545).

A recurring rule is one event with a recurrence rule, and an exception date for each day on which
it does not apply. Single dates, other hours, stops, and hours that a clock change shortens are
separate events. The UID of an event depends on its contents only, so that it stays the same when
the calendar is fetched again.

Each service has its own events, also where hours overlap: visitors want to know when they can use
a computer, not only when the location is open.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from functools import lru_cache
from hashlib import sha256

from django.utils.translation import gettext as _
from icalendar import Calendar as ICalendar
from icalendar import Event

from locations.core.ical import YEARS_AHEAD, add_time_zone
from locations.core.time_zone import BRUSSELS
from locations.opening_hours.engine.calendar import Calendar
from locations.opening_hours.engine.rules import Every, local_moment

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
ONE_DAY = timedelta(days=1)
SEARCH_PERIOD = timedelta(days=1500)
"""How far ahead the first day of a rule is searched; a fifth Monday can be months away."""


@dataclass(frozen=True)
class LocationHours:
    """A location with its calendar, the names of its services by code, and its stops.

    Stops do not come from the calendar, which lacks their place and cancelled stops.
    """

    location: object
    calendar: Calendar
    services: dict[str, str]
    stops: tuple
    url: str


def hours_ics(name, locations, now):
    """Return a calendar with the events of these LocationHours, as bytes."""
    calendar = ICalendar()
    calendar.add("prodid", "-//Digipunt//Hours of a place//NL")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", timedelta(hours=6), parameters={"VALUE": "DURATION"})
    today = now.astimezone(BRUSSELS).date()
    for location_hours in locations:
        for event in LocationEvents(location_hours, today):
            calendar.add_component(event)
    add_time_zone(calendar, today)
    return calendar.to_ical()


class LocationEvents:
    """The events of one location."""

    def __init__(self, hours, today):
        self.location, self.calendar = hours.location, hours.calendar
        self.services, self.stops, self.url = hours.services, hours.stops, hours.url
        self.today = today
        # The same all day, so that the response can be cached.
        self.stamp = datetime.combine(today, time(), tzinfo=UTC)

    def __iter__(self):
        for rule in self.calendar.rules:
            if rule.service:  # rules without a service are stops
                yield from self._rule_events(rule)
        for adjustment in self.calendar.adjustments:
            yield from self._adjustment_events(adjustment)
        for stop in self.stops:
            yield self._stop_event(stop)

    def _rule_events(self, rule):
        if rule.recurrence.every == Every.DATE:
            day = rule.recurrence.day
            if rule.applies_on(day) and (event := self._event_on(day, rule.block, rule.service)):
                if self._is_replaced(rule, day):
                    event.add("status", "CANCELLED")
                yield self._with_uid(event, "rule", *_rule_identity(rule))
            return
        first_day = first_day_of_rule(rule, self.today)
        if first_day is None:
            return
        shortened_days = [
            day
            for day in clock_changes_since(first_day, self.today)
            if _touches_clock_change(rule.block) and rule.applies_on(day)
        ]
        while first_day in shortened_days:
            first_day = rule.first_day_within(first_day + ONE_DAY, first_day + SEARCH_PERIOD)
            if first_day is None:
                return
        event = self._event_on(first_day, rule.block, rule.service)
        event.add("rrule", recurrence_rule(rule))
        excluded = [day for day in {*self._replaced_days(rule), *shortened_days} if day > first_day]
        if self._is_replaced(rule, first_day):
            excluded.append(first_day)
        if excluded:
            opens = rule.block.opens
            event.add(
                "exdate",
                [datetime.combine(day, opens, tzinfo=BRUSSELS) for day in sorted(excluded)],
            )
        yield self._with_uid(event, "rule", *_rule_identity(rule))
        for day in shortened_days:
            if not self._is_replaced(rule, day) and (
                event := self._event_on(day, rule.block, rule.service)
            ):
                yield self._with_uid(event, "clock", day, *_rule_identity(rule))

    def _adjustment_events(self, adjustment):
        """Yield an event for each block of each day that no other exception replaces."""
        for day in days_of(adjustment):
            if self.calendar.closure(day, adjustment.service or None):
                continue
            if self.calendar.adjustment(day, adjustment.service) is not adjustment:
                continue
            for block in adjustment.blocks(day):
                event = self._event_on(day, block, adjustment.service, reason=adjustment.reason)
                if event:
                    yield self._with_uid(event, "adjusted", adjustment.service, day, *block)

    def _stop_event(self, stop):
        """Return the event of a stop; a cancelled stop stays in the calendar as cancelled."""
        start, end = stop.starts_at.astimezone(BRUSSELS), stop.ends_at.astimezone(BRUSSELS)
        event = self._event(start, end, stop.place)
        event["location"] = ", ".join(filter(None, (stop.place, stop.address)))
        closure = self.calendar.closure(start.date())
        if stop.is_cancelled or closure:
            event.add("status", "CANCELLED")
            event.add("comment", stop.cancelled_reason or closure.reason)
        return self._with_uid(event, "stop", stop.pk)

    def _event_on(self, day, block, service="", *, reason=""):
        """Return the event of a block on a day, or None if the clock skips all of it."""
        starts_at, ends_at = local_moment(day, block.opens), local_moment(day, block.closes)
        if starts_at >= ends_at:
            return None
        name = self.services.get(service)
        if reason and service and name:
            label = _("%(service)s: %(reason)s") % {"service": name, "reason": reason}
        else:
            label = reason or name or _("open")
        if block.by_appointment:
            label = _("%(what)s, by appointment") % {"what": label}
        return self._event(starts_at, ends_at, label)

    def _event(self, starts_at, ends_at, label):
        event = Event()
        event.add("summary", f"{self.location.name}: {label}")
        event.add("dtstart", starts_at)
        event.add("dtend", ends_at)
        event.add("dtstamp", self.stamp)
        event.add("location", self.location.address)
        event.add("url", self.url)
        event.add("transp", "TRANSPARENT")
        return event

    def _with_uid(self, event, *parts):
        """Add a UID that depends on the location and these parts only."""
        text = "|".join(str(part) for part in parts)
        code = self.location.code.lower()
        event.add("uid", f"{code}-{sha256(text.encode()).hexdigest()[:20]}@digipunt")
        return event

    def _is_replaced(self, rule, day):
        """Return whether an exception replaces a rule on a day."""
        return bool(
            self.calendar.closure(day, rule.service) or self.calendar.adjustment(day, rule.service)
        )

    def _replaced_days(self, rule):
        """Return the days of a rule that are closed or have other hours."""
        return {
            day
            for exception in (*self.calendar.closures, *self.calendar.adjustments)
            if exception.service in ("", rule.service)
            for day in days_of(exception)
            if rule.applies_on(day)
        }


def _rule_identity(rule):
    return (rule.service, *rule.recurrence, *rule.block, *rule[3:])


def first_day_of_rule(rule, today):
    """Return the first day of a rule: in its season, since its anchor, or in this year."""
    starts = [day for day in (rule.valid_from, rule.recurrence.anchor) if day]
    start = max(starts) if starts else today.replace(month=1, day=1)
    return rule.first_day_within(start, start + SEARCH_PERIOD)


def recurrence_rule(rule):
    """Return the RRULE of a rule that is not a single date."""
    recurrence = rule.recurrence
    day = DAYS[recurrence.weekday]
    if recurrence.every == Every.MONTH:
        rrule = {"freq": "monthly", "byday": f"{recurrence.nth}{day}"}
    else:
        rrule = {"freq": "weekly", "interval": recurrence.interval, "byday": day}
    if rule.valid_until:
        end = datetime.combine(rule.valid_until, time(23, 59, 59), tzinfo=BRUSSELS)
        rrule["until"] = end.astimezone(UTC)
    return rrule


def days_of(exception):
    """Return every day of a closure or adjustment."""
    count = (exception.last_day - exception.first_day).days + 1
    return [exception.first_day + timedelta(days=ahead) for ahead in range(count)]


def clock_changes_since(first_day, today):
    """Return the days with a clock change, from `first_day` until some years ahead of today.

    On these days a recurrence rule, which has a fixed duration, differs from hours in local time.
    """
    years = range(first_day.year, max(today.year, first_day.year) + YEARS_AHEAD + 1)
    return [day for year in years for day in _clock_changes(year) if day >= first_day]


@lru_cache(maxsize=64)
def _clock_changes(year):
    midnights = [datetime(year, 1, 1, tzinfo=BRUSSELS) + n * ONE_DAY for n in range(367)]
    return [
        midnight.date()
        for midnight, next_midnight in zip(midnights, midnights[1:], strict=False)
        if midnight.utcoffset() != next_midnight.utcoffset()
    ]


def _touches_clock_change(block):
    """Return whether a block overlaps with the hour that a clock change skips or repeats."""
    return block.opens < time(3) and block.closes > time(2)
