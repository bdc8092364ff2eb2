"""Template filters for moments and times."""

from django import template
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from locations.core.formatting import format_time, format_time_range
from locations.core.time_zone import BRUSSELS

register = template.Library()


@register.filter
def from_to(period):
    """Format the times of an object with `starts_at` and `ends_at`: 9.30 to 11.30."""
    return format_time_range(
        period.starts_at.astimezone(BRUSSELS), period.ends_at.astimezone(BRUSSELS)
    )


@register.filter
def moment(at):
    """Format a moment: Monday 23 November 2026, 10 o'clock."""
    local = at.astimezone(BRUSSELS)
    return _("%(day)s, %(time)s o'clock") % {
        "day": date_format(local, "l j F Y"),
        "time": format_time(local),
    }
