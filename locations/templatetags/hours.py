"""Times and ways in templates."""

from django import template

from locations.opening_hours import BRUSSELS, words
from locations.views import map as maps

register = template.Library()


@register.filter
def from_to(something):
    """From when to when something lasts that has `starts_at` and `ends_at`: 9.30 to 11.30."""
    return words.span(
        something.starts_at.astimezone(BRUSSELS), something.ends_at.astimezone(BRUSSELS)
    )


@register.filter
def directions(place):
    """A link to the way to a place or a stop."""
    return maps.directions(place)
