"""What places add to the admin: registrations, nothing else."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSetGroup

from home.core.autodiscover import autodiscover_subjects
from locations.brochures.admin import BrochuresViewSet
from locations.directory.admin.locations import LocationViewSet
from locations.opening_hours.admin.closure_today import TodayViewSet, add_today_panel
from locations.opening_hours.admin.exceptional_days import AdjustedDaysViewSet, ClosedDaysViewSet
from locations.opening_hours.admin.history import HoursHistoryViewSet
from locations.opening_hours.admin.holidays import HolidaysViewSet
from locations.opening_hours.admin.stop_bulk_actions import (
    CancelStopsBulkAction,
    CopyStopsBulkAction,
    ReinstateStopsBulkAction,
)
from locations.opening_hours.admin.stops import StopViewSet
from locations.opening_hours.operations import closure_today, holidays, stops
from locations.places.admin.partnerships import (
    AssignmentViewSet,
    PartnershipViewSet,
    PartnerViewSet,
    ServiceViewSet,
)


class PlacesGroup(ViewSetGroup):
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


hooks.register("register_admin_viewset", PlacesGroup)
hooks.register("construct_homepage_panels", add_today_panel)
hooks.register("register_bulk_action", CancelStopsBulkAction)
hooks.register("register_bulk_action", ReinstateStopsBulkAction)
hooks.register("register_bulk_action", CopyStopsBulkAction)


@hooks.register("register_log_actions")
def actions_of_days(actions):
    actions.register_action(stops.CANCEL, _("Cancel a stop"), _("The stop does not take place"))
    actions.register_action(
        stops.REINSTATE, _("Take a cancellation back"), _("The stop goes ahead after all")
    )
    actions.register_action(stops.COPY, _("Plan a stop again"), _("Planned after another stop"))
    actions.register_action(closure_today.CLOSE, _("Close today"), _("Closed at the door"))
    actions.register_action(closure_today.REOPEN, _("Open after all"), _("Opened after all"))
    actions.register_action(
        holidays.CONFIRM, _("Confirm a holiday"), _("A holiday was confirmed as closed")
    )
    actions.register_action(
        holidays.TAKE_BACK, _("Take a holiday back"), _("A holiday was taken back")
    )


autodiscover_subjects("wagtail_hooks", app="locations")
