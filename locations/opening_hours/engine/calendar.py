"""The calendar of one location, computed from rules and exceptions without a query."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property
from heapq import heapify, heappop, heappush
from itertools import chain

from locations.core.time_zone import BRUSSELS
from locations.opening_hours.engine.rules import (
    Adjustment,
    Closure,
    Level,
    Rule,
    local_moment,
    merge_blocks,
)

HORIZON = 731
"""How many days ahead the next opening is searched for."""

ONE_DAY = timedelta(days=1)

_LEVELS = (Level.SERVICE, Level.LOCATION, Level.PARTNERSHIP)


@dataclass(frozen=True, slots=True)
class Opening:
    """A period in which a location is open: from `starts_at` until just before `ends_at`."""

    starts_at: datetime
    ends_at: datetime
    by_appointment: bool = False

    @property
    def day(self):
        """The local date on which it starts."""
        return self.starts_at.date()


@dataclass(frozen=True)
class Calendar:
    """The hours of one location.

    `service` is the code of a service. Without it, the location is open when any of its services
    is. A service without rules of its own follows the location. A rule with an empty service (a
    stop of the bus) belongs to the location and is planned for a date: only a closed day cancels
    it, adjusted hours are added to it.
    """

    rules: tuple[Rule, ...] = ()
    closures: tuple[Closure, ...] = ()
    adjustments: tuple[Adjustment, ...] = ()
    lending: str = "lending"

    @cached_property
    def _services_with_rules(self):
        return {rule.service for rule in self.rules}

    @cached_property
    def _services_with_hours(self):
        """The services with rules or adjusted hours; empty for the location itself."""
        return self._services_with_rules | {adjusted.service for adjusted in self.adjustments}

    @cached_property
    def without_closures(self):
        """The same calendar as if nothing was ever closed."""
        return replace(self, closures=())

    def has_own_hours(self, service):
        """Return whether the service has rules of its own."""
        return service in self._services_with_rules

    def closure(self, day, service=None):
        """Return the closure that covers a day, or None."""
        for closure in self.closures:
            if closure.covers(day, service):
                return closure
        return None

    def adjustment(self, day, service=None):
        """Return the most specific adjusted hours that cover a day, or None."""
        if not self.adjustments:
            return None
        adjustments = [adjusted for adjusted in self.adjustments if adjusted.covers(day, service)]
        return min(adjustments, key=lambda adjusted: _LEVELS.index(adjusted.level), default=None)

    def blocks(self, day, service=None):
        """Return the blocks of hours on a day in local time, in order and without overlaps."""
        return self._blocks(day, service, self._rules_on(day))

    def _rules_on(self, day):
        return [rule for rule in self.rules if rule.applies_on(day)]

    def _blocks(self, day, service, rules):
        """Return the blocks on a day, given the rules that apply on it."""
        if self.closure(day, service):
            return []
        if service is not None:
            own = self._own_blocks(day, service, rules)
            return self._blocks(day, None, rules) if own is None else merge_blocks(own)
        blocks = (self._own_blocks(day, owner, rules) or () for owner in self._services_with_hours)
        return merge_blocks(list(chain.from_iterable(blocks)))

    def _own_blocks(self, day, service, rules):
        """Return the blocks of this service alone, or None if it has no hours of its own."""
        if self.closure(day, service):
            return []
        if adjustment := self.adjustment(day, service):
            stops = [] if service else [rule.block for rule in rules if not rule.service]
            return adjustment.blocks(day) + stops
        if service not in self._services_with_rules:
            return None
        return [rule.block for rule in rules if rule.service == service]

    def openings_on(self, day, service=None):
        """Return the openings on a day, in order."""
        return self._openings(day, service, self._rules_on(day))

    def _openings(self, day, service, rules):
        openings = []
        for block in self._blocks(day, service, rules):
            starts_at = local_moment(day, block.opens)
            ends_at = local_moment(day, block.closes)
            if starts_at < ends_at:  # else it is entirely in the hour that the clock skips
                openings.append(Opening(starts_at, ends_at, block.by_appointment))
        return openings

    def openings(self, first_day, last_day, service=None):
        """Return every opening in a range of days, both ends included."""
        return [
            opening
            for day, rules in self._days(first_day, last_day)
            for opening in self._openings(day, service, rules)
        ]

    def opening_at(self, at, service=None):
        """Return the opening at a moment, also one by appointment, or None."""
        local = at.astimezone(BRUSSELS)
        for opening in self.openings_on(local.date(), service):
            if opening.starts_at.timestamp() <= at.timestamp() < opening.ends_at.timestamp():
                return opening
        return None

    def is_open(self, at, service=None):
        """Return whether people can walk in at a moment, without an appointment."""
        opening = self.opening_at(at, service)
        return opening is not None and not opening.by_appointment

    def next_opening(self, after, service=None):
        """Return the first opening that starts later than a moment, or None."""
        first_day, moment = after.astimezone(BRUSSELS).date(), after.timestamp()
        for day, rules in self._days(first_day, first_day + timedelta(days=HORIZON)):
            for opening in self._openings(day, service, rules):
                if opening.starts_at.timestamp() > moment:
                    return opening
        return None

    def next_openings(self, after, count, service=None):
        """Return the first `count` openings that start later than a moment."""
        openings = []
        while len(openings) < count and (opening := self.next_opening(after, service)):
            openings.append(opening)
            after = opening.starts_at
        return openings

    def is_lending_day(self, day):
        """Return whether devices can be lent and returned on a day, if only by appointment."""
        return bool(self.openings_on(day, self.lending))

    def next_lending_day(self, on_or_after):
        """Return the first lending day from a day on, that day included, or None."""
        last_day = on_or_after + timedelta(days=HORIZON)
        for day, rules in self._days(on_or_after, last_day):
            if self._openings(day, self.lending, rules):
                return day
        return None

    def lending_days(self, from_day, count):
        """Return the next `count` lending days, `from_day` included."""
        days = []
        while len(days) < count and (day := self.next_lending_day(from_day)):
            days.append(day)
            from_day = day + ONE_DAY
        return days

    def _days(self, first_day, last_day):
        """Yield the days with a rule or adjusted hours, in order, each with its rules.

        A heap holds only the next day of each rule and each adjustment.
        """
        sources = (*self.rules, *self.adjustments)
        upcoming = [
            (day, index)
            for index, source in enumerate(sources)
            if (day := source.first_day_within(first_day, last_day))
        ]
        heapify(upcoming)
        while upcoming:
            day, indexes = upcoming[0][0], []
            while upcoming and upcoming[0][0] == day:
                indexes.append(heappop(upcoming)[1])
            yield day, [self.rules[index] for index in indexes if index < len(self.rules)]
            for index in indexes:
                if following := sources[index].first_day_within(day + ONE_DAY, last_day):
                    heappush(upcoming, (following, index))
