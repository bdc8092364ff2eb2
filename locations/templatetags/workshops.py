"""Rows and filters of the list of workshops, cached because they are slow to render."""

from django import template
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils.html import format_html_join
from django.utils.safestring import mark_safe
from django.utils.text import capfirst

from home.core.caching import cached_fragment
from locations.workshops.listing.context import FILTER_CONTEXT, filter_context
from locations.workshops.listing.filters import RunSearch

register = template.Library()


@register.simple_tag
def run_in_list(row, where=True):
    """Render a `RunRow` in a list: `{% run_in_list row %}`, with its location unless `where`."""
    return _run_in_list(row, where)


@cached_fragment("workshops.run_in_list", size=2048)
def _run_in_list(row, where):
    context = {"row": row, "where": where}
    return mark_safe(render_to_string("locations/workshops/includes/run.html", context))


@register.simple_tag(takes_context=True)
def run_filters(context):
    """Render the form above the list; as long as nothing is searched for, from the cache."""
    if context["is_asked"] or context["is_calendar"]:
        return _filters({name: context.get(name) for name in FILTER_CONTEXT})
    return _empty_filters(tuple(context["filters"].choices.items()))


@cached_fragment("workshops.empty_filters", size=8)
def _empty_filters(choices):
    search = RunSearch(QueryDict(), now=None)
    search.choices = dict(choices)
    return _filters(filter_context(search))


def _filters(context):
    return mark_safe(render_to_string("locations/workshops/includes/run_filters.html", context))


@register.simple_tag
def chips(name, choices, chosen):
    """Render checkboxes: `{% chips "dag" weekdays chosen.dag %}`."""
    choices = tuple(choices)
    return _chips(name, choices, tuple(value for value, _label in choices if value in chosen))


@cached_fragment("workshops.chips", size=256)
def _chips(name, choices, chosen):
    html = '<label class="chip"><input type="checkbox" name="{}" value="{}"{}>{}</label>'
    checked = mark_safe(" checked")
    return format_html_join(
        "",
        html,
        (
            (name, value, checked if value in chosen else "", capfirst(label))
            for value, label in choices
        ),
    )


@register.simple_tag
def options(choices, chosen):
    """Render the options of a select: `{% options choices asked.voor %}`."""
    choices = tuple(choices)
    return _options(choices, chosen if chosen in dict(choices) else None)


@cached_fragment("workshops.options", size=256)
def _options(choices, chosen):
    selected = mark_safe(" selected")
    return format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        ((value, selected if value == chosen else "", label) for value, label in choices),
    )
