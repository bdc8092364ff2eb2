"""Periods of whole days, and their quarters."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property

from locations.core.time_zone import BRUSSELS


@dataclass(frozen=True, order=True)
class Period:
    """The days from the first to the last, both included."""

    first: date
    last: date

    @property
    def start(self):
        """The moment at which the first day starts."""
        return _midnight(self.first)

    @property
    def end(self):
        """The moment at which the day after the last starts."""
        return _midnight(self.last + timedelta(days=1))

    @property
    def months(self):
        """The number of calendar months in which the period lies."""
        return (self.last.year - self.first.year) * 12 + self.last.month - self.first.month + 1

    @cached_property
    def quarters(self):
        """The quarters in the period; the first and the last may be incomplete."""
        quarters, first = [], self.first
        while first <= self.last:
            last = quarter_of(first).last
            quarters.append(Period(first, min(last, self.last)))
            first = last + timedelta(days=1)
        return tuple(quarters)


def quarter_of(day):
    """Return the whole quarter in which a day lies."""
    month = (day.month - 1) // 3 * 3 + 1
    following = date(day.year + (month == 10), (month + 2) % 12 + 1, 1)
    return Period(date(day.year, month, 1), following - timedelta(days=1))


def whole_months(first, last):
    """Return the period from the month of day `first` up to the month of day `last`."""
    after = date(last.year + (last.month == 12), last.month % 12 + 1, 1)
    return Period(first.replace(day=1), after - timedelta(days=1))


def _midnight(day):
    return datetime.combine(day, time(), tzinfo=BRUSSELS)
