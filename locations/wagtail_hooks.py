"""What places add to the admin: registrations, nothing else."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.permissions import register_permission_policy

from locations.models import (
    AdjustedDays,
    Assignment,
    ClosedDays,
    Location,
    Partner,
    Partnership,
    Service,
    WorkshopRun,
)
from locations.staff.days import AdjustedDaysViewSet, ClosedDaysViewSet
from locations.staff.locations import LocationViewSet
from locations.staff.messages import MessageGroup
from locations.staff.network import (
    AssignmentViewSet,
    PartnershipViewSet,
    PartnerViewSet,
    ServiceViewSet,
)
from locations.staff.workshops import WorkshopRunViewSet

# First, before anything asks for it.
for model in (
    AdjustedDays,
    Assignment,
    ClosedDays,
    Location,
    Partner,
    Partnership,
    Service,
    WorkshopRun,
):
    register_permission_policy(model)


class PlacesGroup(ViewSetGroup):
    menu_label = _("Places")
    menu_icon = "site"
    menu_order = 130
    items = (
        LocationViewSet,
        ClosedDaysViewSet,
        AdjustedDaysViewSet,
        WorkshopRunViewSet,
        PartnershipViewSet,
        PartnerViewSet,
        ServiceViewSet,
        AssignmentViewSet,
    )


hooks.register("register_admin_viewset", PlacesGroup)
hooks.register("register_admin_viewset", MessageGroup)
