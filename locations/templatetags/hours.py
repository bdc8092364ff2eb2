"""Times and ways in templates."""

from django import template
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from locations.core.formatting import format_time, format_time_range
from locations.core.time_zone import BRUSSELS
from locations.directory import map as maps

register = template.Library()


@register.filter
def from_to(something):
    """From when to when something lasts that has `starts_at` and `ends_at`: 9.30 to 11.30."""
    return format_time_range(
        something.starts_at.astimezone(BRUSSELS), something.ends_at.astimezone(BRUSSELS)
    )


@register.filter
def moment(at):
    """A moment in words: Monday 23 November 2026, 10 o'clock."""
    local = at.astimezone(BRUSSELS)
    return _("%(day)s, %(time)s o'clock") % {
        "day": date_format(local, "l j F Y"),
        "time": format_time(local),
    }


@register.filter
def directions(place):
    """A link to the way to a place or a stop."""
    return maps.directions(place)


@register.filter
def has_a_spot(stop):
    """Whether a map can show it: by its coordinates, or by its address."""
    return stop.lat is not None or bool(stop.address)
