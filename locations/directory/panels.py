"""What other apps have to say about a place, without this app knowing them.

    from locations import panels

    @panels.register_panel
    def devices_here(locations):
        return {location.pk: ("lending/panel.html", {"free": 3}) for location in locations}

A panel is asked once for all the places on a page, so that its queries do not grow with them. It
answers with a template and its context per place; a place that is left out has no such panel.
"""

from typing import NamedTuple

_panels = []


class Panel(NamedTuple):
    template: str
    context: dict


def register_panel(panel):
    """Add a panel: a function from places to {primary key: (template, context)}."""
    if panel not in _panels:
        _panels.append(panel)
    return panel


def location_panels(locations):
    """The panels of each place, in the order in which they were registered."""
    locations = list(locations)
    found = {location.pk: [] for location in locations}
    for panel in _panels:
        for pk, (template, context) in panel(locations).items():
            found[pk].append(Panel(template, context))
    return found


_context_providers = []


def register_location_context(provider):
    """Add a function (location, now) that returns extra context for the page of a location."""
    if provider not in _context_providers:
        _context_providers.append(provider)
    return provider


def extra_context(location, now):
    """Return the context that other subjects add to the page of `location`."""
    context = {}
    for provider in _context_providers:
        context |= provider(location, now)
    return context
