"""Template tags for locations in a list, on a map, and on the way there."""

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from home.core.caching import cached_fragment
from locations.directory.map import directions_url

register = template.Library()


@register.simple_tag
@cached_fragment("directory.location_row", size=2048)
def location_row(row):
    """Render a `LocationRow` in the list of digipunten: `{% location_row row %}`."""
    return mark_safe(
        render_to_string("locations/directory/includes/location_row.html", {"row": row})
    )


@register.simple_tag
def interactive_map(map, label):
    """Render a `Map` that a script makes interactive."""
    return _interactive_map(map, label, _map_source())


@cached_fragment("directory.interactive_map", size=256)
def _interactive_map(map, label, source):
    context = {"map": map, "label": label, "source": source}
    return mark_safe(render_to_string("locations/directory/includes/map.html", context))


def _map_source():
    """Return the data attributes of the base map: our own borders, and tiles if configured."""
    land = format_html(' data-land="{}"', static("digipunt/map/vlaanderen.geojson"))
    if not settings.MAP_TILES_URL:
        return land
    return land + format_html(
        ' data-tiles="{}" data-credit="{}"', settings.MAP_TILES_URL, settings.MAP_TILES_ATTRIBUTION
    )


@register.filter
def directions(location):
    """Return the URL of a location or stop on a map."""
    return directions_url(location)


@register.filter
def is_mappable(stop):
    """Return whether a map can show a stop, by its coordinates or its address."""
    return stop.lat is not None or bool(stop.address)
