"""Template tags for the list of workshops and the form above it."""

from dataclasses import dataclass, field

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html_join
from django.utils.safestring import mark_safe
from django.utils.text import capfirst

from home.core.caching import cached_fragment

register = template.Library()

FILTER_CONTEXT = (
    *("is_calendar", "month", "asked", "filters", "chosen", "typed", "is_folded_out", "errors"),
    *("parts", "weekdays", "distances", "distance", "near", "orders", "levels", "languages"),
)
"""The context variables that the filter form uses."""


@register.simple_tag
@cached_fragment("workshops.run_row", size=2048)
def run_row(row, where=True):
    """Render a `RunRow` in a list; with `where` set, it shows the location."""
    context = {"row": row, "where": where}
    return mark_safe(render_to_string("locations/workshops/includes/run.html", context))


@dataclass(frozen=True)
class _UnfilteredForm:
    """The context of the form without a search: only its choices make a difference."""

    choices: tuple
    context: dict = field(compare=False)


@register.simple_tag(takes_context=True)
def run_filters(context):
    """Render the form above the list of workshops."""
    form_context = {name: context.get(name) for name in FILTER_CONTEXT}
    if context["is_asked"] or context["is_calendar"]:
        return _render_filters(form_context)
    choices = tuple(form_context["filters"].choices.items())
    return _unfiltered_form(_UnfilteredForm(choices, form_context))


@cached_fragment("workshops.unfiltered_form", size=4)
def _unfiltered_form(form):
    return _render_filters(form.context)


def _render_filters(context):
    return mark_safe(render_to_string("locations/workshops/includes/run_filters.html", context))


@register.simple_tag
def chips(name, choices, chosen):
    """Render check boxes for several choices: `{% chips "dag" weekdays chosen.dag %}`."""
    choices = tuple(choices)
    return _chips(name, choices, tuple(value for value, _label in choices if value in chosen))


@cached_fragment("workshops.chips", size=256)
def _chips(name, choices, chosen):
    return format_html_join(
        "",
        '<label class="chip"><input type="checkbox" name="{}" value="{}"{}>{}</label>',
        (
            (name, value, mark_safe(" checked") if value in chosen else "", capfirst(label))
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
    return format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        (
            (value, mark_safe(" selected") if value == chosen else "", label)
            for value, label in choices
        ),
    )
