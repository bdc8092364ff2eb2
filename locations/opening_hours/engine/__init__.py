"""When places are open: rules, the calendar of a place, and the words to say it."""

from locations.opening_hours.engine.calendar import Calendar, Opening
from locations.opening_hours.engine.rules import (
    BRUSSELS,
    Adjustment,
    Block,
    Closure,
    Every,
    Level,
    Recurrence,
    Rule,
)

__all__ = [
    "BRUSSELS",
    "Adjustment",
    "Block",
    "Calendar",
    "Closure",
    "Every",
    "Level",
    "Opening",
    "Recurrence",
    "Rule",
    "calendars",
]


def calendars(locations, **only):
    """The calendar of each of these places, by primary key; a fixed number of queries."""
    from locations.opening_hours.engine import loading

    return loading.calendars(locations, **only)
