"""What rules say, as values: which days they name, and from when to when by the clock."""

from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from dateutil.rrule import MONTHLY, WEEKLY, rrule, weekdays

from locations.core.time_zone import BRUSSELS


class Every(StrEnum):
    """How days come back; the values are those of `OpeningRule.Recurrence`."""

    WEEK = "weekly"
    WEEKS = "weeks"
    MONTH = "monthly"
    DATE = "date"


class Recurrence(NamedTuple):
    """Which days, without hours: many rules share one, so its days are worked out once."""

    every: Every
    weekday: int | None = None
    interval: int = 1
    anchor: date | None = None
    nth: int | None = None
    day: date | None = None


@lru_cache(maxsize=8192)
def days_in_month(recurrence, year, month):
    """The days (1-31) of this month that the recurrence names.

    Every n weeks is counted in days from the anchor, so that a year of 53 weeks changes nothing;
    there is nothing before the anchor. A fifth weekday is not there in every month.
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
            # Jump near the month instead of counting every turn since the anchor.
            turn = timedelta(weeks=recurrence.interval)
            near = anchor + turn * max((first - anchor) // turn, 0)
            days = weekly.replace(dtstart=near, until=last)
            days = (day for day in days if day >= first)
        case Every.MONTH:
            days = rrule(MONTHLY, dtstart=first, until=last, byweekday=weekday(recurrence.nth))
    return frozenset(day.day for day in days)


@lru_cache(maxsize=8192)
def first_day(recurrence, from_day, last_day):
    """The first day that the recurrence names within these, both counted; None without one."""
    if recurrence.every == Every.DATE:
        return recurrence.day if from_day <= recurrence.day <= last_day else None
    year, month, number = from_day.year, from_day.month, from_day.day
    while (year, month) <= (last_day.year, last_day.month):
        numbers = [day for day in days_in_month(recurrence, year, month) if day >= number]
        if numbers:
            found = date(year, month, min(numbers))
            return found if found <= last_day else None
        year, month, number = (year, month + 1, 1) if month < 12 else (year + 1, 1, 1)
    return None


class Block(NamedTuple):
    """From when to when on one day, by the clock on the wall: open at `opens`, shut at `closes`."""

    opens: time
    closes: time
    by_appointment: bool = False


class Rule(NamedTuple):
    """A block of one service that comes back, within its season (both ends count)."""

    service: str
    recurrence: Recurrence
    block: Block
    valid_from: date | None = None
    valid_until: date | None = None

    def holds_on(self, day):
        return (
            (self.valid_from is None or self.valid_from <= day)
            and (self.valid_until is None or day <= self.valid_until)
            and day.day in days_in_month(self.recurrence, day.year, day.month)
        )

    def first_day_within(self, from_day, last_day):
        """The first day within these, both counted, on which the rule holds; None without one."""
        if self.valid_from is not None and self.valid_from > from_day:
            from_day = self.valid_from
        if self.valid_until is not None and self.valid_until < last_day:
            last_day = self.valid_until
        return first_day(self.recurrence, from_day, last_day)


class Level(StrEnum):
    """On what an exception hangs. The most specific one comes first."""

    SERVICE = "service"
    LOCATION = "location"
    PARTNERSHIP = "partnership"


class Closure(NamedTuple):
    """Days on which one service, or with no service all of it, is closed; both ends count."""

    first_day: date
    last_day: date
    reason: str = ""
    service: str = ""

    def covers(self, day, service=None):
        return self.first_day <= day <= self.last_day and self.service in ("", service)


class Adjustment(NamedTuple):
    """Days on which only these hours count; a day of the week that is not named has none."""

    first_day: date
    last_day: date
    level: Level
    hours: tuple[tuple[int, Block], ...] = ()
    reason: str = ""
    service: str = ""

    def covers(self, day, service=None):
        return self.first_day <= day <= self.last_day and self.service in ("", service)

    def blocks(self, day):
        return [block for weekday, block in self.hours if weekday == day.weekday()]

    def first_day_within(self, from_day, last_day):
        """The first day within these, both counted, that is in this range; None without one."""
        found = max(self.first_day, from_day)
        return found if self.hours and found <= min(self.last_day, last_day) else None


def instant(day, clock):
    """The moment at which the clock in Brussels shows this time for the first time on this day.

    A time in the hour that is skipped in March becomes 3 o'clock: the first moment after it. A time
    in the hour that comes twice in October is the first of the two.
    """
    local = datetime.combine(day, clock, tzinfo=BRUSSELS)
    if 2 <= clock.hour < 3 and day.month == 3:
        real = local.astimezone(UTC).astimezone(BRUSSELS)
        if real.hour != clock.hour:
            return real.replace(minute=0, second=0, microsecond=0)
    return local


def merged(blocks):
    """The same hours without overlaps: touching blocks are one, and walk-in beats appointment."""
    if len(blocks) < 2:
        return list(blocks)
    walk_in = _joined([block for block in blocks if not block.by_appointment])
    appointment = _joined([block for block in blocks if block.by_appointment])
    return sorted(
        [Block(opens, closes) for opens, closes in walk_in]
        + [
            Block(opens, closes, by_appointment=True)
            for opens, closes in _without(appointment, walk_in)
        ]
    )


def _joined(blocks):
    joined = []
    for block in sorted(blocks):
        if joined and block.opens <= joined[-1][1]:
            joined[-1][1] = max(joined[-1][1], block.closes)
        else:
            joined.append([block.opens, block.closes])
    return joined


def _without(spans, others):
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
