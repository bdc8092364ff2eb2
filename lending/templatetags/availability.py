"""Template tags that render availability as an icon and text."""

from django import template
from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from home.core.caching import cached_fragment
from home.templatetags.components import status

register = template.Library()

MAX_DOTS = 40


@register.simple_tag
@cached_fragment("catalogue.card", size=512)
def catalogue_card(card):
    """Render the text of an editor about a kind of device."""
    return mark_safe(
        render_to_string("lending/catalogue/includes/device_type.html", {"kind": card})
    )


@register.simple_tag
def device_dots(availability):
    """Render a decorative dot per device, filled for a free one, at most 40 in all."""
    free = min(availability.free, MAX_DOTS)
    out = min(availability.out, MAX_DOTS - free)
    if not free + out:
        return ""
    marks = '<i class="is-free"></i>' * free + "<i></i>" * out
    return mark_safe(f'<div class="avail__points" aria-hidden="true">{marks}</div>')


@register.simple_tag
def location_availability(entry):
    """Render how many devices are free at a location, or when one is due back."""
    if entry.free:
        return status("now", _("Now available: %(count)d") % {"count": entry.free})
    return not_available(entry.next_on)


@register.simple_tag
def total_availability(availability, big=False):
    """Render how many devices are free at all locations together."""
    free = availability.free
    if not free:
        return not_available(availability.next_on, big=big)
    count = len(availability.free_locations)
    where = ngettext("at %(points)d lending point", "at %(points)d lending points", count)
    return status(
        "now", _("Now available: %(count)d") % {"count": free}, where % {"points": count}, big=big
    )


@register.simple_tag
def free_per_location(availability):
    """Return the free devices per town, such as "Aalst 3 · Halle 2"."""
    return " · ".join(
        f"{entry.location.city or entry.name} {entry.free}" for entry in availability.free_locations
    )


def not_available(day, *, big=False):
    """Render the day on which a device is due back, or that this is unknown."""
    if day:
        formatted_day = date_format(day, "l j F")
        return status("later", _("Expected: %(day)s") % {"day": formatted_day}, big=big)
    unknown = _("We do not know yet when one comes back")
    return status("not", _("Not available now"), following=unknown, big=big)
