"""Menu group and log actions of the helpdesk."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.base import ViewSetGroup

from locations.helpdesk.admin.help_request_list import HelpRequestViewSet
from locations.helpdesk.admin.record_visit import RecordVisitViewSet
from locations.helpdesk.admin.visit_list import VisitViewSet
from locations.helpdesk.operations import help_requests, transitions, visits
from locations.helpdesk.state_machine import Transition


class HelpdeskGroup(ViewSetGroup):
    """Menu group of visits and help requests."""

    menu_label = _("Visitors")
    menu_icon = "help"
    menu_order = 125
    items = (RecordVisitViewSet, HelpRequestViewSet, VisitViewSet)


def register_helpdesk_log_actions(actions):
    """Register the names of the log entries of visits and help requests."""
    actions.register_action(visits.RECORD, _("Note a visit"), _("A visit was noted"))
    actions.register_action(visits.UNDO, _("Undo a visit"), _("A visit was taken back"))
    actions.register_action(help_requests.CREATE, _("Ask for help"), _("Somebody asked for help"))
    actions.register_action(
        help_requests.ERASE, _("Remove a name"), _("The name and the question were removed")
    )
    for transition in Transition:
        action = transitions.LOG_ACTIONS[transition]
        actions.register_action(action, transition.label, transition.label)
