"""When one place is open: the answers, worked out from rules and exceptions without a query."""

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cached_property

from locations.opening_hours.rules import (
    BRUSSELS,
    Adjustment,
    Closure,
    Level,
    Rule,
    days_in_month,
    instant,
    merged,
)

HORIZON = 731
"""How many days ahead a next opening is looked for."""

_LEVELS = (Level.SERVICE, Level.LOCATION, Level.PARTNERSHIP)


@dataclass(frozen=True, slots=True)
class Opening:
    """One time that the door is open: from `starts_at` until just before `ends_at`."""

    starts_at: datetime
    ends_at: datetime
    by_appointment: bool = False

    @property
    def day(self):
        return self.starts_at.date()


@dataclass(frozen=True)
class Calendar:
    """The hours of one place.

    `service` is the code of a service; without it the answer is about the place as a whole: open
    when any of its services is. A service without rules of its own follows the place. A rule with
    an empty service (a stop of the bus) is of the place and not of one service.
    """

    rules: tuple[Rule, ...] = ()
    closures: tuple[Closure, ...] = ()
    adjustments: tuple[Adjustment, ...] = ()
    lending: str = "lending"

    @cached_property
    def _of_service(self):
        of_service = {}
        for rule in self.rules:
            of_service.setdefault(rule.service, []).append(rule)
        return of_service

    @cached_property
    def _parts(self):
        """What has hours of its own: services, and the place itself."""
        adjusted = {one.service for one in self.adjustments}
        return sorted({*self._of_service, *adjusted, ""})

    @cached_property
    def as_if_never_closed(self):
        """What one would expect, had nobody closed anything."""
        return replace(self, closures=())

    def has_own_hours(self, service):
        return service in self._of_service

    def closure(self, day, service=None):
        """Why nothing is open on this day, if a closed range says so."""
        for closure in self.closures:
            if closure.covers(day, service):
                return closure
        return None

    def adjustment(self, day, service=None):
        """The range of other hours that counts on this day: the most specific one."""
        found = [one for one in self.adjustments if one.covers(day, service)]
        return min(found, key=lambda one: _LEVELS.index(one.level), default=None)

    def blocks(self, day, service=None):
        """The hours on this day by the clock, in order, joined where they touch."""
        if self.closure(day, service):
            return []
        if service is not None:
            own = self._own_blocks(day, service)
            return self.blocks(day) if own is None else merged(own)
        return merged(
            [block for part in self._parts for block in self._own_blocks(day, part) or []]
        )

    def _own_blocks(self, day, service):
        """The hours of this service alone; None if nothing says anything about it."""
        if self.closure(day, service):
            return []
        if adjustment := self.adjustment(day, service):
            return adjustment.blocks(day)
        rules = self._of_service.get(service)
        return None if rules is None else [rule.block for rule in rules if rule.holds_on(day)]

    def openings_on(self, day, service=None):
        found = []
        for block in self.blocks(day, service):
            starts_at, ends_at = instant(day, block.opens), instant(day, block.closes)
            if starts_at.timestamp() < ends_at.timestamp():  # else it is all in the missing hour
                found.append(Opening(starts_at, ends_at, block.by_appointment))
        return found

    def openings(self, first_day, last_day, service=None):
        """Every opening from the first day to the last, both counted."""
        return [
            opening
            for day in self._days(first_day, last_day)
            for opening in self.openings_on(day, service)
        ]

    def opening_at(self, at, service=None):
        """The opening that goes on at this moment, if any; also one by appointment."""
        local = at.astimezone(BRUSSELS)
        for opening in self.openings_on(local.date(), service):
            if opening.starts_at.timestamp() <= at.timestamp() < opening.ends_at.timestamp():
                return opening
        return None

    def is_open(self, at, service=None):
        """Can one walk in at this moment? Hours by appointment do not open the door."""
        opening = self.opening_at(at, service)
        return opening is not None and not opening.by_appointment

    def next_opening(self, after, service=None):
        """The first opening that starts later than this moment."""
        first = after.astimezone(BRUSSELS).date()
        for day in self._days(first, first + timedelta(days=HORIZON)):
            for opening in self.openings_on(day, service):
                if opening.starts_at.timestamp() > after.timestamp():
                    return opening
        return None

    def next_openings(self, after, count, service=None):
        """The first `count` openings that start later than this moment."""
        found = []
        while len(found) < count and (opening := self.next_opening(after, service)):
            found.append(opening)
            after = opening.starts_at
        return found

    def is_lending_day(self, day):
        """Can a device be lent or brought back on this day, if need be by appointment?"""
        return bool(self.openings_on(day, self.lending))

    def next_lending_day(self, on_or_after):
        """The first lending day from this day on, this day included."""
        last = on_or_after + timedelta(days=HORIZON)
        for day in self._days(on_or_after, last):
            if self.is_lending_day(day):
                return day
        return None

    def lending_days(self, from_day, count):
        """The next `count` lending days from this day on."""
        days = []
        while len(days) < count and (day := self.next_lending_day(from_day)):
            days.append(day)
            from_day = day + timedelta(days=1)
        return days

    def _days(self, first, last):
        """Days in order on which something may be open: those of a rule or of adjusted days."""
        year, month = first.year, first.month
        while (year, month) <= (last.year, last.month):
            for number in self._days_of_month(year, month):
                day = date(year, month, number)
                if first <= day <= last:
                    yield day
            year, month = (year, month + 1) if month < 12 else (year + 1, 1)

    def _days_of_month(self, year, month):
        first, last = date(year, month, 1), date(year, month, monthrange(year, month)[1])
        numbers = set()
        for rule in self.rules:
            if (rule.valid_from is None or rule.valid_from <= last) and (
                rule.valid_until is None or first <= rule.valid_until
            ):
                numbers |= days_in_month(rule.recurrence, year, month)
        for one in self.adjustments:
            start, end = max(one.first_day, first), min(one.last_day, last)
            if one.hours and start <= end:
                numbers |= set(range(start.day, end.day + 1))
        return sorted(numbers)
