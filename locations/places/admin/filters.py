"""Filters on locations that the user works for."""

import django_filters
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet

from locations.places.access import locations_for


def visible_locations(request):
    """Return the choices of a location filter."""
    return locations_for(request.user)


class LocationFilterSet(WagtailFilterSet):
    """A filter on one of the user's own locations."""

    location = django_filters.ModelChoiceFilter(
        queryset=visible_locations, label=_("Place"), empty_label=_("All")
    )
