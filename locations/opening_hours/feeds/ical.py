"""The hours of places for a calendar: iCalendar (RFC 5545).

What comes back is one event with a rule; a day on which it does not is an exception of that rule.
Loose dates, other hours, stops, and hours that the change of the clock cuts short are events of
their own. An event that says the same keeps its UID, so that a calendar that asks again moves
nothing.

Each service has its own events, each with its name, also where their hours overlap: who comes for
a computer wants to see that, and not only that the door is open. Together they are the hours of
the place.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from hashlib import sha256

from django.utils.translation import gettext as _
from icalendar import Calendar as ICalendar
from icalendar import Event

from locations.core.time_zone import BRUSSELS
from locations.opening_hours.engine.calendar import Calendar
from locations.opening_hours.engine.rules import Every, local_moment
from locations.opening_hours.feeds.time_zone import changes_of_the_clock, is_touched, timezone

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
FIRST_LOOKED_FOR = timedelta(days=1500)
"""How soon the first time of a rule has to come; a fifth Monday can be months away."""


@dataclass(frozen=True)
class Hours:
    """What a place says: its calendar, the names of services by code, and the stops of a bus.

    Stops do not come from the calendar, for they have a place and may be cancelled.
    """

    location: object
    calendar: Calendar
    services: dict[str, str]
    stops: tuple
    url: str


def feed(name, places, now):
    """Bytes of a calendar with everything that these places (`Hours`) say."""
    found = ICalendar()
    found.add("prodid", "-//Digipunt//Hours of a place//NL")
    found.add("version", "2.0")
    found.add("x-wr-calname", name)
    found.add("refresh-interval", timedelta(hours=6), parameters={"VALUE": "DURATION"})
    found.add_component(timezone())
    today = now.astimezone(BRUSSELS).date()
    for place in places:
        for event in Events(place, today).all():
            found.add_component(event)
    return found.to_ical()


class Events:
    """The events of one place."""

    def __init__(self, hours, today):
        self.location, self.calendar = hours.location, hours.calendar
        self.services, self.stops, self.url = hours.services, hours.stops, hours.url
        self.today = today
        self.stamp = datetime.combine(today, time(), tzinfo=UTC)  # the same answer all day

    def all(self):
        for rule in self.calendar.rules:
            if rule.service:  # the others are the stops
                yield from self.of_rule(rule)
        for one in self.calendar.adjustments:
            yield from self.of_adjustment(one)
        for stop in self.stops:
            yield self.of_stop(stop)

    def of_rule(self, rule):
        if rule.recurrence.every == Every.DATE:
            day = rule.recurrence.day
            if rule.applies_on(day) and (event := self._on(day, rule.block, service=rule.service)):
                if self._is_lost(rule, day):
                    event.add("status", "CANCELLED")
                yield self._named(event, "rule", *self._says(rule))
            return
        first = first_day(rule, self.today)
        if first is None:
            return
        cut_short = [
            day
            for day in changes_of_the_clock(first, self.today)
            if is_touched(rule.block) and rule.applies_on(day)
        ]
        while first in cut_short:
            first = rule.first_day_within(first + timedelta(days=1), first + FIRST_LOOKED_FOR)
            if first is None:
                return
        event = self._on(first, rule.block, service=rule.service)
        event.add("rrule", repeats(rule))
        lost = [day for day in {*self._lost_days(rule), *cut_short} if day > first]
        if self._is_lost(rule, first):
            lost.append(first)
        if lost:
            opens = rule.block.opens
            event.add(
                "exdate", [datetime.combine(day, opens, tzinfo=BRUSSELS) for day in sorted(lost)]
            )
        yield self._named(event, "rule", *self._says(rule))
        for day in cut_short:
            if not self._is_lost(rule, day) and (
                event := self._on(day, rule.block, service=rule.service)
            ):
                yield self._named(event, "clock", day, *self._says(rule))

    def of_adjustment(self, one):
        """Other hours, day by day, where no closed day and no nearer range says something else."""
        for day in days_of(one):
            if self.calendar.closure(day, one.service or None):
                continue
            if self.calendar.adjustment(day, one.service) is not one:
                continue
            for block in one.blocks(day):
                if event := self._on(day, block, service=one.service, what=one.reason):
                    yield self._named(event, "adjusted", one.service, day, *block)

    def of_stop(self, stop):
        """A stop; one that does not take place stays in the calendar as cancelled."""
        start, end = stop.starts_at.astimezone(BRUSSELS), stop.ends_at.astimezone(BRUSSELS)
        event = self._event(start, end, stop.place)
        event["location"] = ", ".join(filter(None, (stop.place, stop.address)))
        closure = self.calendar.closure(start.date())
        if stop.is_cancelled or closure:
            event.add("status", "CANCELLED")
            event.add("comment", stop.cancelled_reason or closure.reason)
        return self._named(event, "stop", stop.pk)

    def _on(self, day, block, *, service="", what=""):
        """An event of these hours on this day; None if all of it is in the missing hour."""
        starts_at, ends_at = local_moment(day, block.opens), local_moment(day, block.closes)
        if starts_at >= ends_at:
            return None
        name = self.services.get(service)
        if what and service and name:
            label = _("%(service)s: %(reason)s") % {"service": name, "reason": what}
        else:
            label = what or name or _("open")
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

    def _named(self, event, *parts):
        """Give the event a UID that depends on what it says, and on nothing else."""
        said = "|".join(str(part) for part in parts)
        code = self.location.code.lower()
        event.add("uid", f"{code}-{sha256(said.encode()).hexdigest()[:20]}@digipunt")
        return event

    @staticmethod
    def _says(rule):
        return (rule.service, *rule.recurrence, *rule.block, *rule[3:])

    def _is_lost(self, rule, day):
        """Whether on this day something else counts than this rule."""
        return bool(
            self.calendar.closure(day, rule.service) or self.calendar.adjustment(day, rule.service)
        )

    def _lost_days(self, rule):
        """The days of a rule on which it does not come: closed, or with other hours."""
        return {
            day
            for one in (*self.calendar.closures, *self.calendar.adjustments)
            if one.service in ("", rule.service)
            for day in days_of(one)
            if rule.applies_on(day)
        }


def first_day(rule, today):
    """The first day that a rule names: of its season, since its anchor, or of this year."""
    begins = [day for day in (rule.valid_from, rule.recurrence.anchor) if day]
    start = max(begins) if begins else today.replace(month=1, day=1)
    return rule.first_day_within(start, start + FIRST_LOOKED_FOR)


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


def days_of(one):
    return [
        one.first_day + timedelta(days=n) for n in range((one.last_day - one.first_day).days + 1)
    ]
