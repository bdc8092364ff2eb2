"""The workshops in the menu of the admin, and what its history says about them."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.base import ViewSetGroup

from locations.core.admin.topics import AudienceViewSet, TopicViewSet
from locations.workshops.admin.attendance import AttendanceViewSet
from locations.workshops.admin.referrals import ReferralViewSet
from locations.workshops.admin.runs import WorkshopRunViewSet
from locations.workshops.operations import attendance, runs


class WorkshopGroup(ViewSetGroup):
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


def actions_of_runs(actions):
    actions.register_action(runs.MOVE, _("Move a workshop"), _("The workshop was moved"))
    actions.register_action(
        runs.CANCEL, _("Cancel a workshop"), _("The workshop does not take place")
    )
    actions.register_action(
        runs.REINSTATE,
        _("Take the cancellation of a workshop back"),
        _("The workshop goes ahead after all"),
    )
    actions.register_action(
        runs.COPY, _("Plan a workshop again"), _("Planned after another workshop")
    )
    actions.register_action(
        attendance.NOTE, _("Note who was there"), _("It was noted who was at a lesson")
    )
    actions.register_action(
        attendance.CORRECT,
        _("Correct who was there"),
        _("It was corrected whether somebody was at a lesson"),
    )
