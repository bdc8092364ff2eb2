"""What is usual at a place, and when it is otherwise: for formats that know weeks and exceptions.

Every two weeks, one week of the month, seasons, hours of one service: such formats have no words
for them. So we look at what the engine answers day by day, and say what comes of it: the hours of
most weeks, and each range of days that differs.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from functools import lru_cache

AHEAD = timedelta(weeks=26)
"""How far ahead days that differ are named."""
MOST = 0.55
"""Which part of its days a day of the week needs the same hours on; every two weeks is no more
than 14 of the 27 there can be."""


@dataclass(frozen=True)
class Otherwise:
    """Days with other hours than usual, by day of the week; on a day without any it is closed."""

    first_day: date
    last_day: date
    hours: dict[int, tuple[tuple[time, time], ...]] = field(default_factory=dict)
    reason: str = ""
    is_closure: bool = False


@dataclass(frozen=True)
class Usual:
    """The hours of most weeks at which one can walk in, by day of the week; and what differs.

    If nothing comes in most weeks, the week names what does come sometimes and `is_lasting` is
    False: then the hours hold from the first day to the last, no further.
    """

    week: dict[int, tuple[tuple[time, time], ...]]
    is_lasting: bool
    otherwise: tuple[Otherwise, ...]
    days: dict[date, tuple[tuple[time, time], ...]]

    def week_by_hours(self):
        """The days of the week for each block of hours, as pairs."""
        return by_hours(self.week)


def by_hours(week):
    """From hours by day of the week to days of the week by block: ((opens, closes), weekdays)."""
    found = {}
    for weekday, blocks in sorted(week.items()):
        for block in blocks:
            found.setdefault(block, []).append(weekday)
    return list(found.items())


@lru_cache(maxsize=2048)
def usual(calendar, today):
    """What is usual from today on. Hours by appointment open no door and are left out.

    Equal calendars have equal answers, and half a year takes a while: so it is remembered.
    """
    last = today + AHEAD
    days = {}
    for opening in calendar.openings(today, last):
        if not opening.by_appointment:
            block = (opening.starts_at.time(), opening.ends_at.time())
            days[opening.day] = (*days.get(opening.day, ()), block)
    week = _of_most(calendar, days, today, last)
    is_lasting = bool(week)
    if not is_lasting and days:
        today, last = min(days), max(days)
        week = _of_some(days)
    return Usual(week, is_lasting, _otherwise(calendar, days, week, today, last), days)


def _of_most(calendar, days, first, last):
    """For each day of the week the hours that it nearly always has when nobody closed it."""
    seen = {weekday: Counter() for weekday in range(7)}
    for day in _each(first, last):
        if not calendar.closure(day):
            seen[day.weekday()][days.get(day, ())] += 1
    found = {
        weekday: blocks
        for weekday, counted in seen.items()
        for blocks, times in counted.items()
        if blocks and times > MOST * counted.total()
    }
    return dict(sorted(found.items()))


def _of_some(days):
    """For each day of the week on which something comes, what comes most."""
    seen = {}
    for day, blocks in days.items():
        seen.setdefault(day.weekday(), Counter())[blocks] += 1
    return {weekday: counted.most_common(1)[0][0] for weekday, counted in sorted(seen.items())}


def _otherwise(calendar, days, week, first, last):
    closed = [
        Otherwise(one.first_day, one.last_day, reason=one.reason, is_closure=True)
        for one in calendar.closures
        if not one.service and one.last_day >= first
    ]
    runs, run = [], None
    for day in _each(first, last):
        if calendar.closure(day):
            run = None
            continue
        blocks, expected = days.get(day, ()), week.get(day.weekday(), ())
        if blocks == expected:
            run = run if run and not blocks and run.waits(day) else None
            continue
        reason = _reason(calendar, day, blocks)
        if run is None or not run.takes(day, blocks, reason):
            run = _Run(day, reason)
            runs.append(run)
            run.takes(day, blocks, reason)
    return tuple(closed + [run.range() for run in runs])


def _reason(calendar, day, blocks):
    """Why this day differs, as far as somebody said so."""
    adjustment = calendar.adjustment(day)
    if adjustment:
        return adjustment.reason
    of_services = [one for one in (*calendar.adjustments, *calendar.closures) if one.service]
    return next((one.reason for one in of_services if one.covers(day, one.service)), "")


class _Run:
    """Days in a row that differ, as long as each day of the week has the same hours."""

    def __init__(self, first_day, reason):
        self.first_day = self.last_day = first_day
        self.reason = reason
        self.hours, self.waiting = {}, {}

    def waits(self, day):
        """A day on which nothing was expected and nothing is: part of the range if it goes on."""
        if self.hours.get(day.weekday(), ()):
            return False
        self.waiting[day.weekday()] = ()
        return True

    def takes(self, day, blocks, reason):
        known = self.hours | self.waiting
        if reason != self.reason or known.get(day.weekday(), blocks) != blocks:
            return False
        self.hours = known | {day.weekday(): blocks}
        self.waiting = {}
        self.last_day = day
        return True

    def range(self):
        hours = {weekday: blocks for weekday, blocks in self.hours.items() if blocks}
        return Otherwise(self.first_day, self.last_day, hours, self.reason)


def _each(first, last):
    return (first + timedelta(days=n) for n in range((last - first).days + 1))
