"""Places in a list and on its map. What looks the same is written once: twenty rows take long."""

import functools

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.text import capfirst
from django.utils.translation import get_language

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


@register.simple_tag
@functools.lru_cache(maxsize=2048)
def run_in_list(row, where=True):
    """A workshop on a date (a `RunRow`) in a list; the same for equal values."""
    words = {"row": row, "where": where}
    return mark_safe(render_to_string("locations/workshops/includes/run.html", words))


# What the form above the list of workshops is made of.
FORM = ("is_calendar", "month", "asked", "filters", "chosen", "typed", "is_folded_out", "errors")
FORM += ("parts", "weekdays", "distances", "distance", "near", "orders", "levels", "languages")
_plain_form = (None, "")


@register.simple_tag(takes_context=True)
def run_filters(context):
    """The form above the list of workshops; while nothing is asked, it is written once."""
    global _plain_form
    words = {name: context.get(name) for name in FORM}
    key = (get_language(), words["filters"].choices)
    if context["is_asked"] or context["is_calendar"]:
        return _form(words)
    if _plain_form[0] != key:
        _plain_form = (key, _form(words))
    return _plain_form[1]


def _form(words):
    return mark_safe(render_to_string("locations/workshops/includes/run_filters.html", words))


@register.simple_tag
def chips(name, choices, chosen):
    """Boxes to tick, of which several can be: `{% chips "dag" weekdays chosen.dag %}`."""
    choices = tuple(choices)
    return _chips(name, choices, tuple(value for value, _label in choices if value in chosen))


@functools.lru_cache(maxsize=256)
def _chips(name, choices, chosen):
    box = '<label class="chip"><input type="checkbox" name="{}" value="{}"{}>{}</label>'
    ticked = mark_safe(" checked")
    return format_html_join(
        "",
        box,
        (
            (name, value, ticked if value in chosen else "", capfirst(label))
            for value, label in choices
        ),
    )


@register.simple_tag
def options(choices, chosen):
    """What a list lets one choose: `{% options choices asked.voor %}`."""
    choices = tuple(choices)
    return _options(choices, chosen if chosen in dict(choices) else None)


@functools.lru_cache(maxsize=256)
def _options(choices, chosen):
    selected = mark_safe(" selected")
    return format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        ((value, selected if value == chosen else "", label) for value, label in choices),
    )
