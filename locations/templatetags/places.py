"""Places in a list and on its map. What looks the same is written once: twenty rows take long."""

import functools

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import mark_safe

register = template.Library()


@register.simple_tag
@functools.lru_cache(maxsize=2048)
def in_list(row):
    """A place in the list of digipunten: `{% in_list row %}`; the same for equal values."""
    return mark_safe(render_to_string("locations/directory/includes/row.html", {"row": row}))


@register.simple_tag
def map_beside(drawing, label):
    """The map of what stands in a list, to move in where there is script."""
    return _map(drawing, label, _source())


@functools.lru_cache(maxsize=256)
def _map(drawing, label, source):
    words = {"map": drawing, "label": label, "source": source}
    return mark_safe(render_to_string("locations/directory/includes/map.html", words))


def _source():
    """What lies under the pins: our own land, or tiles of others if the owner of the site says."""
    land = format_html(' data-land="{}"', static("digipunt/map/vlaanderen.geojson"))
    if not settings.MAP_TILES_URL:
        return land
    return land + format_html(
        ' data-tiles="{}" data-credit="{}"', settings.MAP_TILES_URL, settings.MAP_TILES_ATTRIBUTION
    )
