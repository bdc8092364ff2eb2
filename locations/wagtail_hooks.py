"""What places add to the admin: registrations, nothing else."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSetGroup

from locations.brochures import operations
from locations.brochures.admin import BrochuresViewSet
from locations.directory.admin.coverage import CoverageViewSet
from locations.directory.admin.locations import LocationViewSet
from locations.helpdesk.admin.help_requests import add_panel as add_questions_panel
from locations.helpdesk.admin.menu import HelpGroup, actions_of_help
from locations.opening_hours.admin.closures import AdjustedDaysViewSet, ClosedDaysViewSet
from locations.opening_hours.admin.history import HoursHistoryViewSet
from locations.opening_hours.admin.holidays import HolidaysViewSet
from locations.opening_hours.admin.stop_bulk_actions import (
    CancelStopsBulkAction,
    CopyStopsBulkAction,
    ReinstateStopsBulkAction,
)
from locations.opening_hours.admin.stops import StopViewSet
from locations.opening_hours.admin.today import TodayViewSet, add_panel
from locations.opening_hours.operations import closing, holidays, stops
from locations.places.admin.partnerships import (
    AssignmentViewSet,
    PartnershipViewSet,
    PartnerViewSet,
    ServiceViewSet,
)
from locations.reach.admin import ReachViewSet
from locations.reach.admin import add_panel as add_reach_panel
from locations.workshops.admin.attendance import add_panel as add_lessons_panel
from locations.workshops.admin.log_actions import actions_of_registrations
from locations.workshops.admin.menu import WorkshopGroup, actions_of_runs


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
hooks.register("register_admin_viewset", HelpGroup)
hooks.register("register_admin_viewset", WorkshopGroup)
hooks.register("register_admin_viewset", CoverageViewSet)
hooks.register("register_admin_viewset", ReachViewSet)
hooks.register("construct_homepage_panels", add_panel)
hooks.register("construct_homepage_panels", add_questions_panel)
hooks.register("construct_homepage_panels", add_lessons_panel)
hooks.register("construct_homepage_panels", add_reach_panel)
hooks.register("register_log_actions", actions_of_runs)
hooks.register("register_log_actions", actions_of_help)
hooks.register("register_log_actions", actions_of_registrations)
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
    actions.register_action(operations.MAKE, _("Keep an edition"), _("An edition was kept"))
    actions.register_action(closing.CLOSE, _("Close today"), _("Closed at the door"))
    actions.register_action(closing.REOPEN, _("Open after all"), _("Opened after all"))
    actions.register_action(
        holidays.CONFIRM, _("Confirm a holiday"), _("A holiday was confirmed as closed")
    )
    actions.register_action(
        holidays.TAKE_BACK, _("Take a holiday back"), _("A holiday was taken back")
    )
