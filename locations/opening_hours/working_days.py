"""Days on which somebody works: by them we promise when an answer comes."""

from datetime import timedelta
from functools import lru_cache

from locations.opening_hours.operations import holidays

SATURDAY = 5
FURTHEST = 366


@lru_cache(maxsize=8)
def _public_holidays(year):
    return frozenset(day for one in holidays.public_holidays(year) for day in one.days)


def is_working_day(day, calendar=None):
    """Monday to Friday, no public holiday, and the place (its calendar) has not closed the day."""
    if day.weekday() >= SATURDAY or day in _public_holidays(day.year):
        return False
    return calendar is None or calendar.closure(day) is None


def add_working_days(day, count, calendar=None):
    """The day that comes so many working days after this one.

    Of a place that is closed for a year the public working days count: a promise needs a day.
    """
    left, found = count, day
    while left and found < day + timedelta(days=FURTHEST):
        found += timedelta(days=1)
        left -= is_working_day(found, calendar)
    return found if not left or calendar is None else add_working_days(day, count)
