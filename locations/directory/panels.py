"""Registries of what other subjects add to location pages.

A subject registers in its own `panels.py`, which is imported when the app is ready:

    @register_location_panel
    def available_devices(locations):
        return {location.pk: ("lending/panel.html", {"free": 3}) for location in locations}
"""

from typing import NamedTuple

_panels = []
_context_providers = []


class LocationPanel(NamedTuple):
    """A template with its context."""

    template: str
    context: dict


def register_location_panel(panel):
    """Register a function from locations to {primary key: (template, context)}.

    It is called once per page with all locations; those that it leaves out get no panel.
    """
    if panel not in _panels:
        _panels.append(panel)
    return panel


def location_panels(locations):
    """Return the panels of each location by primary key, in order of registration."""
    locations = list(locations)
    panels = {location.pk: [] for location in locations}
    for panel in _panels:
        for pk, (template, context) in panel(locations).items():
            panels[pk].append(LocationPanel(template, context))
    return panels


def register_location_context(provider):
    """Register a function (location, now) that returns extra context for a location page."""
    if provider not in _context_providers:
        _context_providers.append(provider)
    return provider


def extra_location_context(location, now):
    """Return the context that other subjects add to the page of `location`."""
    context = {}
    for provider in _context_providers:
        context |= provider(location, now)
    return context
