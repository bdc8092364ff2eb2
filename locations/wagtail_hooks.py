"""What places add to the admin: registrations, nothing else."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.permissions import register_permission_policy

from locations.models import (
    AdjustedDays,
    Assignment,
    Audience,
    BrochureEdition,
    ClosedDays,
    HelpRequest,
    HelpRequestEvent,
    HoursVersion,
    Location,
    Partner,
    Partnership,
    Registration,
    Service,
    Stop,
    Topic,
    Visit,
    WorkshopRun,
)
from locations.operations import brochures, closing, holidays, stops
from locations.staff import post_office
from locations.staff.attendance import add_panel as add_lessons_panel
from locations.staff.brochures import BrochuresViewSet
from locations.staff.calls import CallViewSet
from locations.staff.coverage import CoverageViewSet
from locations.staff.days import AdjustedDaysViewSet, ClosedDaysViewSet
from locations.staff.help_group import HelpGroup, actions_of_help
from locations.staff.help_requests import add_panel as add_questions_panel
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
from locations.staff.reach import ReachViewSet
from locations.staff.reach import add_panel as add_reach_panel
from locations.staff.registration_log import actions_of_registrations
from locations.staff.stop_actions import (
    CancelStopsBulkAction,
    CopyStopsBulkAction,
    ReinstateStopsBulkAction,
)
from locations.staff.stops import StopViewSet
from locations.staff.today import TodayViewSet, add_panel
from locations.staff.workshop_group import WorkshopGroup, actions_of_runs

# First, before anything asks for it.
for model in (
    AdjustedDays,
    Assignment,
    Audience,
    BrochureEdition,
    ClosedDays,
    HelpRequest,
    HelpRequestEvent,
    HoursVersion,
    Location,
    Partner,
    Partnership,
    Registration,
    Service,
    Stop,
    Topic,
    Visit,
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
        BrochuresViewSet,
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
hooks.register("register_admin_viewset", HelpGroup)
hooks.register("register_admin_viewset", WorkshopGroup)
hooks.register("register_admin_viewset", MessageGroup)
hooks.register("register_admin_viewset", CoverageViewSet)
hooks.register("register_admin_viewset", ReachViewSet)
hooks.register("construct_homepage_panels", post_office.add_panel)
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
    actions.register_action(brochures.MAKE, _("Keep an edition"), _("An edition was kept"))
    actions.register_action(closing.CLOSE, _("Close today"), _("Closed at the door"))
    actions.register_action(closing.REOPEN, _("Open after all"), _("Opened after all"))
    actions.register_action(
        holidays.CONFIRM, _("Confirm a holiday"), _("A holiday was confirmed as closed")
    )
    actions.register_action(
        holidays.TAKE_BACK, _("Take a holiday back"), _("A holiday was taken back")
    )
