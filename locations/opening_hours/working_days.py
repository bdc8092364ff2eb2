"""Working days, in which answering times are expressed."""

from datetime import timedelta
from functools import lru_cache

from locations.opening_hours.holidays import public_holidays

SATURDAY = 5
MAX_DAYS = timedelta(days=366)


@lru_cache(maxsize=8)
def _public_holiday_dates(year):
    return frozenset(day for holiday in public_holidays(year) for day in holiday.days)


def is_working_day(day, calendar=None):
    """Return whether a day is a weekday, no public holiday, and no closed day of the calendar."""
    if day.weekday() >= SATURDAY or day in _public_holiday_dates(day.year):
        return False
    return calendar is None or calendar.closure(day) is None


def add_working_days(day, count, calendar=None):
    """Return the day that is `count` working days after `day`.

    Closed days of the calendar are ignored if it is closed for a year, so that there is always
    an answer.
    """
    remaining, current = count, day
    while remaining and current < day + MAX_DAYS:
        current += timedelta(days=1)
        remaining -= is_working_day(current, calendar)
    return add_working_days(day, count) if remaining and calendar is not None else current
