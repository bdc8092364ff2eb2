"""Places in a list and on its map. What looks the same is written once: twenty rows take long."""

import functools

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

register = template.Library()


@register.simple_tag
@functools.lru_cache(maxsize=2048)
def in_list(row):
    """A place in the list of digipunten: `{% in_list row %}`; the same for equal values."""
    return mark_safe(render_to_string("locations/includes/row.html", {"row": row}))


@register.simple_tag
@functools.lru_cache(maxsize=256)
def map_beside(drawing, label):
    """The map of what stands in a list: `{% map_beside map label %}`."""
    return mark_safe(
        render_to_string("locations/includes/map.html", {"map": drawing, "label": label})
    )
