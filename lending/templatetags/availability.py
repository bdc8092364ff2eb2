"""The state of availability in a sign and in words, as every page says it."""

from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from home.templatetags.look import status

register = template.Library()


MOST_POINTS = 40


@register.simple_tag
@lru_cache(maxsize=512)
def kind_card(card):
    """What an editor says about a kind of device: the same words make the same piece of page."""
    return mark_safe(
        render_to_string("lending/catalogue/includes/device_type.html", {"kind": card})
    )


@register.simple_tag
def points(answer):
    """A point for each device, full for a free one: as decoration, and at most 40 of them."""
    free = min(answer.free, MOST_POINTS)
    out = min(answer.out, MOST_POINTS - free)
    if not free + out:
        return ""
    marks = '<i class="is-free"></i>' * free + "<i></i>" * out
    return mark_safe(f'<div class="avail__points" aria-hidden="true">{marks}</div>')


@register.simple_tag
def availability_of_place(place):
    """What is free at one place, or else what one can count on."""
    if place.free:
        return status("now", _("Now available: %(count)d") % {"count": place.free})
    return not_now(place.next_on)


@register.simple_tag
def availability_in_all(answer, big=False):
    """What is free in all places together."""
    free = answer.free
    if not free:
        return not_now(answer.next_on, big=big)
    count = len(answer.free_places)
    where = ngettext("at %(points)d lending point", "at %(points)d lending points", count)
    return status(
        "now", _("Now available: %(count)d") % {"count": free}, where % {"points": count}, big=big
    )


@register.simple_tag
def free_per_place(answer):
    """'Aalst 3 · Halle 2'."""
    return " · ".join(
        f"{place.location.city or place.name} {place.free}" for place in answer.free_places
    )


def not_now(day, *, big=False):
    """The first day on which one is due back, or that nobody knows."""
    if day:
        words = date_format(day, "l j F")
        return status("later", _("Expected: %(day)s") % {"day": words}, big=big)
    nobody_knows = _("We do not know yet when one comes back")
    return status("not", _("Not available now"), following=nobody_knows, big=big)
