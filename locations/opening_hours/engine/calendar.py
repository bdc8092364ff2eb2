"""When one place is open: the answers, worked out from rules and exceptions without a query."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property
from heapq import heapify, heappop, heappush
from itertools import chain

from locations.core.time_zone import BRUSSELS
from locations.opening_hours.engine.rules import Adjustment, Closure, Level, Rule, instant, merged

HORIZON = 731
"""How many days ahead a next opening is looked for."""

ONE_DAY = timedelta(days=1)

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
    an empty service (a stop of the bus) is of the place and not of one service: it was planned for
    its day, so that only a closed day undoes it, and other hours come beside it.
    """

    rules: tuple[Rule, ...] = ()
    closures: tuple[Closure, ...] = ()
    adjustments: tuple[Adjustment, ...] = ()
    lending: str = "lending"

    @cached_property
    def _with_rules(self):
        """The services that have rules of their own."""
        return {rule.service for rule in self.rules}

    @cached_property
    def _parts(self):
        """What has hours of its own: services, and the place itself."""
        return self._with_rules | {one.service for one in self.adjustments}

    @cached_property
    def without_closures(self):
        """What one would expect, had nobody closed anything."""
        return replace(self, closures=())

    def has_own_hours(self, service):
        return service in self._with_rules

    def closure(self, day, service=None):
        """Why nothing is open on this day, if a closed range says so."""
        for closure in self.closures:
            if closure.covers(day, service):
                return closure
        return None

    def adjustment(self, day, service=None):
        """The range of other hours that counts on this day: the most specific one."""
        if not self.adjustments:
            return None
        found = [one for one in self.adjustments if one.covers(day, service)]
        return min(found, key=lambda one: _LEVELS.index(one.level), default=None)

    def blocks(self, day, service=None):
        """The hours on this day by the clock, in order, joined where they touch."""
        return self._blocks(day, service, self._holding(day))

    def _holding(self, day):
        return [rule for rule in self.rules if rule.holds_on(day)]

    def _blocks(self, day, service, holding):
        """The same, for who knows already which rules hold on this day."""
        if self.closure(day, service):
            return []
        if service is not None:
            own = self._own_blocks(day, service, holding)
            return self._blocks(day, None, holding) if own is None else merged(own)
        parts = [self._own_blocks(day, part, holding) or () for part in self._parts]
        return merged(list(chain.from_iterable(parts)))

    def _own_blocks(self, day, service, holding):
        """The hours of this service alone; None if nothing says anything about it."""
        if self.closure(day, service):
            return []
        if adjustment := self.adjustment(day, service):
            stops = [] if service else [rule.block for rule in holding if not rule.service]
            return adjustment.blocks(day) + stops
        if service not in self._with_rules:
            return None
        return [rule.block for rule in holding if rule.service == service]

    def openings_on(self, day, service=None):
        return self._openings(day, service, self._holding(day))

    def _openings(self, day, service, holding):
        found = []
        for block in self._blocks(day, service, holding):
            starts_at, ends_at = instant(day, block.opens), instant(day, block.closes)
            if starts_at < ends_at:  # by the clock; else it is all in the missing hour
                found.append(Opening(starts_at, ends_at, block.by_appointment))
        return found

    def openings(self, first_day, last_day, service=None):
        """Every opening from the first day to the last, both counted."""
        return [
            opening
            for day, holding in self._days(first_day, last_day)
            for opening in self._openings(day, service, holding)
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
        first, moment = after.astimezone(BRUSSELS).date(), after.timestamp()
        for day, holding in self._days(first, first + timedelta(days=HORIZON)):
            for opening in self._openings(day, service, holding):
                if opening.starts_at.timestamp() > moment:
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
        for day, holding in self._days(on_or_after, last):
            if self._openings(day, self.lending, holding):
                return day
        return None

    def lending_days(self, from_day, count):
        """The next `count` lending days from this day on."""
        days = []
        while len(days) < count and (day := self.next_lending_day(from_day)):
            days.append(day)
            from_day = day + ONE_DAY
        return days

    def _days(self, first, last):
        """Days in order on which something may be open, each with the rules that hold on it.

        Of each rule and each adjusted range only the coming day is known; the one after it is
        looked for when that day has passed.
        """
        sources = (*self.rules, *self.adjustments)
        coming = [
            (day, turn)
            for turn, source in enumerate(sources)
            if (day := source.first_day_within(first, last))
        ]
        heapify(coming)
        while coming:
            day, turns = coming[0][0], []
            while coming and coming[0][0] == day:
                turns.append(heappop(coming)[1])
            yield day, [self.rules[turn] for turn in turns if turn < len(self.rules)]
            for turn in turns:
                if following := sources[turn].first_day_within(day + ONE_DAY, last):
                    heappush(coming, (following, turn))
