"""Dates, times and lists as short text that can be read aloud."""

from datetime import timedelta
from functools import lru_cache

from django.utils.formats import date_format
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _


def format_time(time):
    """Return a time of day as people say it: 9, 9.30, 13."""
    return f"{time.hour}.{time.minute:02d}" if time.minute else str(time.hour)


def format_time_range(start, end):
    """Return a range of times: 9 to 12 o'clock."""
    return _("%(opens)s to %(closes)s") % {"opens": format_time(start), "closes": format_time(end)}


def format_list(items):
    """Return the items as an enumeration: one, two and three."""
    items = [str(item) for item in items]
    if len(items) < 2:
        return "".join(items)
    return _("%(first)s and %(last)s") % {"first": ", ".join(items[:-1]), "last": items[-1]}


def format_day(date, today=None, *, weekday=True):
    """Return a date in full: Friday 27 November.

    The year is added if `today` is given and the date is far from it.
    """
    is_far = today is not None and not -30 < (date - today).days < 330
    pattern = "l j F" if weekday else "j F"
    return _format_date(get_language(), date, f"{pattern} Y" if is_far else pattern)


@lru_cache(maxsize=4096)
def _format_date(language, date, pattern):
    # Lists repeat the same dates many times.
    return date_format(date, pattern)


def format_near_day(date, today):
    """Return "today", "tomorrow", or the date in full."""
    if date == today:
        return pgettext("a day", "today")
    if date == today + timedelta(days=1):
        return pgettext("a day", "tomorrow")
    return format_day(date, today)


def format_date_range(first_day, last_day, today=None):
    """Return a range of dates, both included: 24 December up to and including 1 January."""
    if first_day == last_day:
        return format_day(first_day, today, weekday=False)
    return _("%(first)s up to and including %(last)s") % {
        "first": format_day(first_day, today, weekday=False),
        "last": format_day(last_day, today, weekday=False),
    }


def weekday_name(weekday):
    """Return the name of a weekday; Monday is 0."""
    return [
        pgettext("weekday", "Monday"),
        pgettext("weekday", "Tuesday"),
        pgettext("weekday", "Wednesday"),
        pgettext("weekday", "Thursday"),
        pgettext("weekday", "Friday"),
        pgettext("weekday", "Saturday"),
        pgettext("weekday", "Sunday"),
    ][weekday]
