"""The clock in Brussels for calendars: its time zone in iCalendar, and the days on which it moves.

A rule of iCalendar knows a first time and how long that lasts. On the night that the clock moves
this says something else than our hours, which are those of the clock on the wall.
"""

from datetime import date, datetime, time, timedelta

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

SINCE = 1996
"""Since that year the European Union moves the clock on the last Sundays of March and October."""
YEARS_AHEAD = 5
CET, CEST = timedelta(hours=1), timedelta(hours=2)


def timezone():
    """Europe/Brussels as a component that holds for every date since 1996."""
    found = Timezone()
    found.add("tzid", "Europe/Brussels")
    for part, name, month, hour, before, after in (
        (TimezoneDaylight(), "CEST", 3, 2, CET, CEST),
        (TimezoneStandard(), "CET", 10, 3, CEST, CET),
    ):
        part.add("dtstart", datetime.combine(last_sunday(SINCE, month), time(hour)))
        part.add("rrule", {"freq": "yearly", "bymonth": month, "byday": "-1SU"})
        part.add("tzname", name)
        part.add("tzoffsetfrom", before)
        part.add("tzoffsetto", after)
        found.add_component(part)
    return found


def last_sunday(year, month):
    """Of March or October, which have 31 days."""
    last = date(year, month, 31)
    return last - timedelta(days=(last.weekday() + 1) % 7)


def changes_of_the_clock(first, today):
    """The days from `first` on at which the clock moves, up to some years ahead of today."""
    years = range(first.year, max(today.year, first.year) + YEARS_AHEAD + 1)
    days = [last_sunday(year, month) for year in years for month in (3, 10)]
    return [day for day in days if day >= first]


def is_touched(block):
    """Whether hours by the clock have to do with the hour that is skipped or comes twice."""
    return block.opens < time(3) and block.closes > time(2)
