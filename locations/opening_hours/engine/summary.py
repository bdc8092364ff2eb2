"""The hours of a calendar in a period, as regular hours and what differs from them.

Two descriptions: by rule, for text that people read, and by day, for formats that only know a
week of hours and exceptions (schema.org, UiTdatabank).
"""

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date, time, timedelta
from functools import cached_property, lru_cache

from locations.opening_hours.engine.calendar import Calendar
from locations.opening_hours.engine.rules import Every

MIN_SHARE = 0.55
"""The share of its days on which a weekday needs the same hours to have regular hours. A rule of
every two weeks covers at most 14 of the 27 weekdays in half a year."""


@dataclass(frozen=True)
class Deviation:
    """Days that differ from the regular week, with hours by weekday; without hours it is closed."""

    first_day: date
    last_day: date
    hours: dict[int, tuple[tuple[time, time], ...]] = field(default_factory=dict)
    reason: str = ""
    is_closure: bool = False


@dataclass(frozen=True)
class HoursSummary:
    """The hours from the first through the last day of a period."""

    calendar: Calendar
    first_day: date
    last_day: date

    def rules(self, service):
        """Return the rules of a service that apply on a day in the period."""
        return [
            rule
            for rule in self.calendar.rules
            if rule.service == service and rule.first_day_within(self.first_day, self.last_day)
        ]

    def irregular_openings(self, service):
        """Return the openings of a service by rules that are not weekly, without exceptions."""
        rules = (
            rule
            for rule in self.calendar.rules
            if rule.service == service and rule.recurrence.every != Every.WEEK
        )
        calendar = replace(self.calendar, rules=tuple(rules), closures=(), adjustments=())
        return calendar.openings(self.first_day, self.last_day, service) if calendar.rules else []

    @property
    def closures(self):
        """The closures that share a day with the period."""
        return [closure for closure in self.calendar.closures if self._overlaps(closure)]

    @property
    def adjustments(self):
        """The adjusted hours that share a day with the period."""
        return [adjusted for adjusted in self.calendar.adjustments if self._overlaps(adjusted)]

    def _overlaps(self, exception):
        return exception.first_day <= self.last_day and exception.last_day >= self.first_day

    @cached_property
    def hours_by_day(self):
        """The walk-in hours of each day with any, as (opens, closes) pairs."""
        hours = {}
        for opening in self.calendar.openings(self.first_day, self.last_day):
            if not opening.by_appointment:
                block = (opening.starts_at.time(), opening.ends_at.time())
                hours[opening.day] = (*hours.get(opening.day, ()), block)
        return hours

    @cached_property
    def _usual_week(self):
        """The hours that each weekday has on most days that are not closed."""
        counters = {weekday: Counter() for weekday in range(7)}
        for day in _days_between(self.first_day, self.last_day):
            if not self.calendar.closure(day):
                counters[day.weekday()][self.hours_by_day.get(day, ())] += 1
        return {
            weekday: hours
            for weekday, counter in counters.items()
            for hours, count in counter.items()
            if hours and count > MIN_SHARE * counter.total()
        }

    @cached_property
    def is_lasting(self):
        """Whether some hours recur in most weeks; otherwise the week ends with the last opening."""
        return bool(self._usual_week)

    @cached_property
    def week(self):
        """The regular hours by weekday; without any, the hours that occur most on each weekday."""
        if self.is_lasting:
            return self._usual_week
        counters = {}
        for day, hours in self.hours_by_day.items():
            counters.setdefault(day.weekday(), Counter())[hours] += 1
        return {
            weekday: counter.most_common(1)[0][0] for weekday, counter in sorted(counters.items())
        }

    @cached_property
    def deviations(self):
        """The closures that are not over yet, and each range of days that differs from the week."""
        first_day, last_day = self.first_day, self.last_day
        if not self.is_lasting and self.hours_by_day:
            first_day, last_day = min(self.hours_by_day), max(self.hours_by_day)
        closures = [
            Deviation(closure.first_day, closure.last_day, reason=closure.reason, is_closure=True)
            for closure in self.calendar.closures
            if not closure.service and closure.last_day >= first_day
        ]
        ranges, current = [], None
        for day in _days_between(first_day, last_day):
            if self.calendar.closure(day):
                current = None
                continue
            hours, expected = self.hours_by_day.get(day, ()), self.week.get(day.weekday(), ())
            if hours == expected:
                current = current if current and not hours and current.skip(day) else None
                continue
            reason = self._reason(day)
            if current is None or not current.extend(day, hours, reason):
                current = _DeviationRange(day, reason)
                ranges.append(current)
                current.extend(day, hours, reason)
        return tuple(closures + [deviation.build() for deviation in ranges])

    def _reason(self, day):
        """Return the reason of the exception that covers a day, or an empty string."""
        if adjustment := self.calendar.adjustment(day):
            return adjustment.reason
        for exception in (*self.calendar.adjustments, *self.calendar.closures):
            if exception.service and exception.covers(day, exception.service):
                return exception.reason
        return ""


@lru_cache(maxsize=2048)
def summarize(calendar, first_day, last_day):
    """Return the cached summary of a calendar; equal calendars share it."""
    return HoursSummary(calendar, first_day, last_day)


def group_by_hours(week):
    """Return pairs of (opens, closes) and the weekdays with these hours."""
    weekdays = {}
    for weekday, blocks in sorted(week.items()):
        for block in blocks:
            weekdays.setdefault(block, []).append(weekday)
    return list(weekdays.items())


class _DeviationRange:
    """Consecutive days that differ from the week, with the same hours on each weekday."""

    def __init__(self, first_day, reason):
        self.first_day = self.last_day = first_day
        self.reason = reason
        self.hours, self.skipped = {}, {}

    def skip(self, day):
        """Skip a closed day; it becomes part of the range if the range continues after it."""
        if self.hours.get(day.weekday(), ()):
            return False
        self.skipped[day.weekday()] = ()
        return True

    def extend(self, day, hours, reason):
        """Add a day; return False if it does not fit."""
        week = self.hours | self.skipped
        if reason != self.reason or week.get(day.weekday(), hours) != hours:
            return False
        self.hours = week | {day.weekday(): hours}
        self.skipped = {}
        self.last_day = day
        return True

    def build(self):
        hours = {weekday: blocks for weekday, blocks in self.hours.items() if blocks}
        return Deviation(self.first_day, self.last_day, hours, self.reason)


def _days_between(first_day, last_day):
    return (first_day + timedelta(days=ahead) for ahead in range((last_day - first_day).days + 1))
