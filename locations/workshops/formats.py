"""Times of runs and sessions as text."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from locations.core.formatting import format_day, format_time, format_time_range
from locations.core.time_zone import BRUSSELS


def moment_in_sentence(moment):
    """Return text like "Tuesday 1 December at 10 o'clock"."""
    local = moment.astimezone(BRUSSELS)
    return _("%(day)s at %(time)s o'clock") % {
        "day": format_day(local.date()),
        "time": format_time(local),
    }


def short_moment(moment, now):
    """Return text like "Tuesday 1 December, 9 o'clock", with the year if it is far away."""
    local = moment.astimezone(BRUSSELS)
    return _("%(day)s, %(time)s o'clock") % {
        "day": format_day(local.date(), now.astimezone(BRUSSELS).date()),
        "time": format_time(local),
    }


def session_hours(session):
    """Return text like "10 to 12 o'clock"."""
    start, end = session.starts_at.astimezone(BRUSSELS), session.ends_at.astimezone(BRUSSELS)
    return format_time_range(start, end)


def day_and_hours(session, today=None):
    """Return text like "Tuesday 1 December, 10 to 12 o'clock".

    With `today` the text includes the year if the day is far away.
    """
    day = session.starts_at.astimezone(BRUSSELS).date()
    details = {"day": format_day(day, today), "hours": session_hours(session)}
    return _("%(day)s, %(hours)s") % details


def run_summary(run):
    """Return text like "tue 1 dec 2026, 10 to 12 o'clock", or with the number of sessions."""
    day = date_format(run.starts_at.astimezone(BRUSSELS), "D j b Y").lower()
    if run.session_count > 1:
        text = ngettext("%(n)s lesson", "%(n)s lessons", run.session_count)
        return _("%(day)s, %(hours)s") % {"day": day, "hours": text % {"n": run.session_count}}
    return f"{day}, {session_hours(run)}"
