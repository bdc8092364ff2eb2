"""Models of opening hours."""

from locations.opening_hours.models.exceptional_days import AdjustedDays, AdjustedHours, ClosedDays
from locations.opening_hours.models.hours_version import HoursVersion
from locations.opening_hours.models.opening_rule import OpeningRule, Weekday
from locations.opening_hours.models.stop import Stop

__all__ = [
    "AdjustedDays",
    "AdjustedHours",
    "ClosedDays",
    "HoursVersion",
    "OpeningRule",
    "Stop",
    "Weekday",
]
