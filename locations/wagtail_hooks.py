"""The menu group of locations in the Wagtail admin; the subjects register the rest."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSetGroup

from home.core.autodiscover import autodiscover_subjects
from locations.brochures.admin import BrochuresViewSet
from locations.directory.admin.locations import LocationViewSet
from locations.opening_hours.admin.closure_today import TodayViewSet
from locations.opening_hours.admin.exceptional_days import AdjustedDaysViewSet, ClosedDaysViewSet
from locations.opening_hours.admin.history import HoursHistoryViewSet
from locations.opening_hours.admin.holidays import HolidaysViewSet
from locations.opening_hours.admin.stops import StopViewSet
from locations.places.admin.partnerships import (
    AssignmentViewSet,
    PartnershipViewSet,
    PartnerViewSet,
    ServiceViewSet,
)


class LocationsGroup(ViewSetGroup):
    """Locations, their hours and their partnerships in the admin menu."""

    menu_label = _("Places")
    menu_icon = "site"
    menu_order = 130
    items = (
        TodayViewSet,
        LocationViewSet,
        ClosedDaysViewSet,
        AdjustedDaysViewSet,
        HolidaysViewSet,
        HoursHistoryViewSet,
        StopViewSet,
        BrochuresViewSet,
        PartnershipViewSet,
        PartnerViewSet,
        ServiceViewSet,
        AssignmentViewSet,
    )


hooks.register("register_admin_viewset", LocationsGroup)

autodiscover_subjects("wagtail_hooks", app="locations")
