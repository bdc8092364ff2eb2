"""The panel with available devices on location pages."""

from django.utils import timezone

from lending.catalogue.availability import free_by_location
from locations.directory.panels import register_location_panel


@register_location_panel
def available_devices(locations):
    """Return the panel of each lending point with available devices."""
    return {
        location: (
            "lending/catalogue/includes/location_panel.html",
            {
                "kinds": kinds,
                "total": sum(free for _kind, free in kinds),
                "counted_at": timezone.now(),
            },
        )
        for location, kinds in free_by_location(locations).items()
        if kinds
    }
