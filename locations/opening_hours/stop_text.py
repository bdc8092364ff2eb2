"""Stops as text."""

from django.utils import timezone
from django.utils.translation import gettext as _

from locations.core.formatting import format_day, format_time_range
from locations.core.time_zone import BRUSSELS


def format_stop_time(stop):
    """Return the day and the hours: Wednesday 2 December, 9.30 to 11.30."""
    start, end = stop.starts_at.astimezone(BRUSSELS), stop.ends_at.astimezone(BRUSSELS)
    return f"{format_day(start.date(), timezone.localdate())}, {format_time_range(start, end)}"


def format_stop(stop):
    """Return where and when: Werchter, Wednesday 2 December, 9.30 to 11.30."""
    return _("%(place)s, %(when)s") % {"place": stop.place, "when": format_stop_time(stop)}
