"""The state of availability in a sign and in words, as every page says it."""

from django import template
from django.utils.formats import date_format
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

register = template.Library()


MOST_POINTS = 40


@register.simple_tag
def points(answer):
    """A point for each device, full for a free one: as decoration, and at most 40 of them."""
    free = min(answer.free, MOST_POINTS)
    out = min(answer.out, MOST_POINTS - free)
    if not free + out:
        return ""
    marks = '<i class="is-free"></i>' * free + "<i></i>" * out
    return mark_safe(f'<div class="avail__points" aria-hidden="true">{marks}</div>')


@register.inclusion_tag("includes/punt.html")
def availability_of_place(place):
    """What is free at one place, or else what one can count on."""
    if place.free:
        return {"state": "now", "text": _("Now available: %(count)d") % {"count": place.free}}
    return not_now(place.next_on)


@register.inclusion_tag("includes/punt.html")
def availability_in_all(answer, big=False):
    """What is free in all places together."""
    if answer.free:
        points = len(answer.free_places)
        return {
            "state": "now",
            "text": _("Now available: %(count)d") % {"count": answer.free},
            "small": ngettext("at %(points)d lending point", "at %(points)d lending points", points)
            % {"points": points},
            "big": big,
        }
    return not_now(answer.next_on) | {"big": big}


def not_now(day):
    """The first day on which one is due back, or that nobody knows."""
    if day:
        words = date_format(day, "l j F")
        return {"state": "later", "text": _("Expected: %(day)s") % {"day": words}}
    return {
        "state": "not",
        "text": _("Not available now"),
        "next": _("We do not know yet when one comes back"),
    }
