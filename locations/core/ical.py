"""Time zones of iCalendar files."""

from datetime import date

YEARS_AHEAD = 5


def add_time_zone(calendar, today):
    """Add the VTIMEZONE of the events in a calendar.

    It covers the time from the first event until some years ahead of today and of the last event;
    programs that subscribe to a calendar fetch it again well before that.
    """
    years = [event.decoded("dtstart").year for event in calendar.walk("vevent")]
    calendar.add_missing_timezones(
        first_date=date(min(years, default=today.year), 1, 1),
        last_date=date(max([*years, today.year]) + YEARS_AHEAD + 1, 1, 1),
    )
