"""Due dates: the term of the policy, moved to the next day on which the location lends."""

from dateutil.relativedelta import relativedelta

from lending.loans.errors import NoLendingDay
from locations.opening_hours.loading import load_calendars


def loan_term(policy):
    """Return the duration of the policy as a relativedelta.

    A term in months ends on the same day of the month, or on its last day.
    """
    return relativedelta(**{policy.duration_unit: policy.duration})


def due_date(policy, start, *, calendar=None):
    """Return the due date of a loan that starts on `start`, a date.

    The due date is a lending day of the location of the policy. Raise NoLendingDay if the location
    has no such day within the horizon of its calendar.
    """
    location = policy.location
    if calendar is None:
        calendar = load_calendars([location])[location.pk]
    day = calendar.next_lending_day(start + loan_term(policy))
    if day is None:
        raise NoLendingDay(location)
    return day
