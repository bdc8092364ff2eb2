"""Letterheads of locations, for letters and call lists."""

from home.messages.letterheads import Letterhead, register_letterheads
from locations.places.models import Location


def location_letterheads(codes):
    """Return a dict of location code to Letterhead."""
    return {
        location.code: Letterhead(location.name, location.address, location.phone, location.email)
        for location in Location.objects.filter(code__in=codes)
    }


register_letterheads(location_letterheads)
