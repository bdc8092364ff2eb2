"""Opening rules and exceptions as values, and the days and hours that they cover."""

from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from dateutil.rrule import MONTHLY, WEEKLY, rrule, weekdays

from locations.core.time_zone import BRUSSELS


class Every(StrEnum):
    """How days recur; the values are those of `OpeningRule.Recurrence`."""

    WEEK = "weekly"
    WEEKS = "weeks"
    MONTH = "monthly"
    DATE = "date"


class Recurrence(NamedTuple):
    """Recurring days, without hours: rules that share them share their cached days."""

    every: Every
    weekday: int | None = None
    interval: int = 1
    anchor: date | None = None
    nth: int | None = None
    day: date | None = None


@lru_cache(maxsize=8192)
def days_in_month(recurrence, year, month):
    """Return the days (1-31) of a month that a recurrence includes.

    Intervals of weeks are counted in days from the anchor, not by week number, and start at the
    anchor. Not every month has a fifth weekday.
    """
    if recurrence.every == Every.DATE:
        day = recurrence.day
        return frozenset([day.day] if (day.year, day.month) == (year, month) else [])
    first = datetime(year, month, 1)
    last = datetime(year, month, monthrange(year, month)[1])
    weekday = weekdays[recurrence.weekday]
    match recurrence.every:
        case Every.WEEK:
            days = rrule(WEEKLY, dtstart=first, until=last, byweekday=weekday)
        case Every.WEEKS:
            anchor = datetime.combine(recurrence.anchor, time())
            weekly = rrule(WEEKLY, dtstart=anchor, interval=recurrence.interval)
            # Start near the month instead of counting every turn since the anchor.
            turn = timedelta(weeks=recurrence.interval)
            near = anchor + turn * max((first - anchor) // turn, 0)
            days = weekly.replace(dtstart=near, until=last)
            days = (day for day in days if day >= first)
        case Every.MONTH:
            days = rrule(MONTHLY, dtstart=first, until=last, byweekday=weekday(recurrence.nth))
    return frozenset(day.day for day in days)


@lru_cache(maxsize=8192)
def first_day(recurrence, from_day, last_day):
    """Return the first day of a recurrence in this range, both ends included, or None."""
    if recurrence.every == Every.DATE:
        return recurrence.day if from_day <= recurrence.day <= last_day else None
    year, month, number = from_day.year, from_day.month, from_day.day
    while (year, month) <= (last_day.year, last_day.month):
        numbers = [day for day in days_in_month(recurrence, year, month) if day >= number]
        if numbers:
            day = date(year, month, min(numbers))
            return day if day <= last_day else None
        year, month, number = (year, month + 1, 1) if month < 12 else (year + 1, 1, 1)
    return None


class Block(NamedTuple):
    """Hours on one day in local time: open at `opens`, closed at `closes`."""

    opens: time
    closes: time
    by_appointment: bool = False


class Rule(NamedTuple):
    """A recurring block of hours of a service, within a season with both ends included."""

    service: str
    recurrence: Recurrence
    block: Block
    valid_from: date | None = None
    valid_until: date | None = None

    @classmethod
    def for_stop(cls, starts_at, ends_at):
        """Return the rule of a stop, without a service; None if it does not end on its day."""
        start, end = starts_at.astimezone(BRUSSELS), ends_at.astimezone(BRUSSELS)
        if start.date() != end.date():
            return None
        recurrence = Recurrence(Every.DATE, day=start.date())
        return cls("", recurrence, Block(start.time(), end.time()))

    def applies_on(self, day):
        """Return whether the day is in the season and in the recurrence."""
        return (
            (self.valid_from is None or self.valid_from <= day)
            and (self.valid_until is None or day <= self.valid_until)
            and day.day in days_in_month(self.recurrence, day.year, day.month)
        )

    def first_day_within(self, from_day, last_day):
        """Return the first day in this range, both ends included, on which it applies, or None."""
        if self.valid_from is not None and self.valid_from > from_day:
            from_day = self.valid_from
        if self.valid_until is not None and self.valid_until < last_day:
            last_day = self.valid_until
        return first_day(self.recurrence, from_day, last_day)


class Level(StrEnum):
    """The scope of an exception, the most specific one first."""

    SERVICE = "service"
    LOCATION = "location"
    PARTNERSHIP = "partnership"

    @classmethod
    def of(cls, service, partnership):
        """Return the level of an exception of a service, a partnership, or neither."""
        if service:
            return cls.SERVICE
        return cls.PARTNERSHIP if partnership else cls.LOCATION


class Closure(NamedTuple):
    """Closed days of a service, or of the whole location without one; both ends included."""

    first_day: date
    last_day: date
    reason: str = ""
    service: str = ""

    def covers(self, day, service=None):
        """Return whether it concerns this day and service."""
        return self.first_day <= day <= self.last_day and self.service in ("", service)


class Adjustment(NamedTuple):
    """Days with hours of their own; a weekday without hours is closed."""

    first_day: date
    last_day: date
    level: Level
    hours: tuple[tuple[int, Block], ...] = ()
    reason: str = ""
    service: str = ""

    def covers(self, day, service=None):
        """Return whether it concerns this day and service."""
        return self.first_day <= day <= self.last_day and self.service in ("", service)

    def blocks(self, day):
        """Return the blocks of hours on a day within the range."""
        return [block for weekday, block in self.hours if weekday == day.weekday()]

    def first_day_within(self, from_day, last_day):
        """Return the first common day with this range, both ends included, or None."""
        day = max(self.first_day, from_day)
        return day if self.hours and day <= min(self.last_day, last_day) else None


def local_moment(day, time_of_day):
    """Return the first moment on a day at which it is this local time in Brussels.

    A time in the hour that is skipped in March becomes 3 o'clock. A time in the hour that occurs
    twice in October is the first of the two.
    """
    local = datetime.combine(day, time_of_day, tzinfo=BRUSSELS)
    if 2 <= time_of_day.hour < 3 and day.month == 3:
        real = local.astimezone(UTC).astimezone(BRUSSELS)
        if real.hour != time_of_day.hour:
            return real.replace(minute=0, second=0, microsecond=0)
    return local


def merge_blocks(blocks):
    """Return the same hours without overlaps; walk-in hours take precedence over appointments."""
    if len(blocks) < 2:
        return list(blocks)
    walk_in = _merge_spans([block for block in blocks if not block.by_appointment])
    appointment = _merge_spans([block for block in blocks if block.by_appointment])
    return sorted(
        [Block(opens, closes) for opens, closes in walk_in]
        + [
            Block(opens, closes, by_appointment=True)
            for opens, closes in _subtract(appointment, walk_in)
        ]
    )


def _merge_spans(blocks):
    spans = []
    for block in sorted(blocks):
        if spans and block.opens <= spans[-1][1]:
            spans[-1][1] = max(spans[-1][1], block.closes)
        else:
            spans.append([block.opens, block.closes])
    return spans


def _subtract(spans, others):
    for opens, closes in spans:
        for start, end in others:
            if end <= opens or closes <= start:
                continue
            if opens < start:
                yield opens, start
            opens = max(opens, end)
            if opens >= closes:
                break
        if opens < closes:
            yield opens, closes
