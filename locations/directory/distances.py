"""Distances as text."""

from django.utils.translation import gettext as _


def format_distance(kilometres):
    """Return a distance as text, or an empty string without one."""
    if kilometres is None:
        return ""
    if kilometres < 1:
        return _("less than 1 km")
    return _("%(km)s km") % {"km": round(kilometres)}


def describe_nearness(nearby):
    """Return how near a `NearbyLocation` is."""
    if nearby.in_municipality:
        return _("in your municipality")
    return format_distance(nearby.kilometres)
