"""What places add to the admin: registrations, nothing else."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.permissions import register_permission_policy

from home.core.autodiscover import autodiscover_subjects
from locations.brochures.admin import BrochuresViewSet
from locations.brochures.models import BrochureEdition
from locations.core.models import Audience, Topic
from locations.directory.admin.coverage import CoverageViewSet
from locations.directory.admin.locations import LocationViewSet
from locations.helpdesk.models import HelpRequest, HelpRequestEvent, Visit
from locations.messages.admin import outage
from locations.messages.admin.calls import CallViewSet
from locations.messages.admin.letters import LetterViewSet
from locations.messages.admin.messages import MessageViewSet
from locations.messages.admin.texts import MessageTextViewSet
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
from locations.places.models import Assignment, Location, Partner, Partnership, Service

# First, before anything asks for it.
for model in (
    Assignment,
    Audience,
    BrochureEdition,
    HelpRequest,
    HelpRequestEvent,
    Location,
    Partner,
    Partnership,
    Service,
    Topic,
    Visit,
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
hooks.register("register_admin_viewset", MessageGroup)
hooks.register("register_admin_viewset", CoverageViewSet)
hooks.register("construct_homepage_panels", outage.add_panel)


autodiscover_subjects("wagtail_hooks")
