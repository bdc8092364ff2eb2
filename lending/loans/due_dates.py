"""When a device has to be back: the policy's term, moved to a day on which the point lends."""

from dateutil.relativedelta import relativedelta

from lending.loans.errors import NeverOpen
from locations.opening_hours.loading import load_calendars


def term(policy):
    """The policy's duration; months end on the same day of the month, or its last."""
    return relativedelta(**{policy.duration_unit: policy.duration})


def due_on(policy, start, *, calendar=None):
    """The due date of a loan that starts on `start` (a date).

    Moved on to the next lending day of the policy's location. Raises NeverOpen when the location
    has no such day within the horizon of its calendar.
    """
    location = policy.location
    if calendar is None:
        calendar = load_calendars([location])[location.pk]
    day = calendar.next_lending_day(start + term(policy))
    if day is None:
        raise NeverOpen(location)
    return day
