"""What places add to the admin: registrations, nothing else."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.permissions import register_permission_policy

from locations.models import (
    AdjustedDays,
    Assignment,
    ClosedDays,
    HoursVersion,
    Location,
    Partner,
    Partnership,
    Service,
    Stop,
    WorkshopRun,
)
from locations.operations import closing, holidays, stops
from locations.staff import post_office
from locations.staff.calls import CallViewSet
from locations.staff.coverage import CoverageViewSet
from locations.staff.days import AdjustedDaysViewSet, ClosedDaysViewSet
from locations.staff.history import HoursHistoryViewSet
from locations.staff.holidays import HolidaysViewSet
from locations.staff.letters import LetterViewSet
from locations.staff.locations import LocationViewSet
from locations.staff.message_texts import MessageTextViewSet
from locations.staff.messages import MessageViewSet
from locations.staff.network import (
    AssignmentViewSet,
    PartnershipViewSet,
    PartnerViewSet,
    ServiceViewSet,
)
from locations.staff.stop_actions import (
    CancelStopsBulkAction,
    CopyStopsBulkAction,
    ReinstateStopsBulkAction,
)
from locations.staff.stops import StopViewSet
from locations.staff.today import TodayViewSet, add_panel
from locations.staff.workshops import WorkshopRunViewSet

# First, before anything asks for it.
for model in (
    AdjustedDays,
    Assignment,
    ClosedDays,
    HoursVersion,
    Location,
    Partner,
    Partnership,
    Service,
    Stop,
    WorkshopRun,
):
    register_permission_policy(model)


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
        WorkshopRunViewSet,
        PartnershipViewSet,
        PartnerViewSet,
        ServiceViewSet,
        AssignmentViewSet,
    )


class MessageGroup(ViewSetGroup):
    menu_label = _("Messages")
    menu_icon = "mail"
    menu_order = 160
    items = (CallViewSet, LetterViewSet, MessageViewSet, MessageTextViewSet)


hooks.register("register_admin_viewset", PlacesGroup)
hooks.register("register_admin_viewset", MessageGroup)
hooks.register("register_admin_viewset", CoverageViewSet)
hooks.register("construct_homepage_panels", post_office.add_panel)
hooks.register("construct_homepage_panels", add_panel)
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
    actions.register_action(closing.CLOSE, _("Close today"), _("Closed at the door"))
    actions.register_action(closing.REOPEN, _("Open after all"), _("Opened after all"))
    actions.register_action(
        holidays.CONFIRM, _("Confirm a holiday"), _("A holiday was confirmed as closed")
    )
    actions.register_action(
        holidays.TAKE_BACK, _("Take a holiday back"), _("A holiday was taken back")
    )
