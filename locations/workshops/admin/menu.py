"""The group of workshops in the menu of the admin."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.base import ViewSetGroup

from locations.core.admin.topics import AudienceViewSet, TopicViewSet
from locations.workshops.admin.attendance import AttendanceViewSet
from locations.workshops.admin.referrals import ReferralViewSet
from locations.workshops.admin.runs import WorkshopRunViewSet


class WorkshopGroup(ViewSetGroup):
    """Screens about workshops."""

    menu_label = _("Workshops")
    menu_name = "workshops"
    menu_icon = "date"
    menu_order = 140
    items = (
        AttendanceViewSet,
        WorkshopRunViewSet,
        ReferralViewSet,
        TopicViewSet,
        AudienceViewSet,
    )
