"""Visits and questions in the menu, and how their deeds are named in the history."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.base import ViewSetGroup

from locations.helpdesk.admin.help_requests import HelpRequestViewSet
from locations.helpdesk.admin.record_visit import NoteVisitViewSet
from locations.helpdesk.admin.visits import VisitViewSet
from locations.helpdesk.operations import help_requests, visits
from locations.helpdesk.transitions import Move


class HelpGroup(ViewSetGroup):
    menu_label = _("Visitors")
    menu_icon = "help"
    menu_order = 125
    items = (NoteVisitViewSet, HelpRequestViewSet, VisitViewSet)


def actions_of_help(actions):
    actions.register_action(visits.NOTE, _("Note a visit"), _("A visit was noted"))
    actions.register_action(visits.UNDO, _("Undo a visit"), _("A visit was taken back"))
    actions.register_action(help_requests.ASK, _("Ask for help"), _("Somebody asked for help"))
    actions.register_action(
        help_requests.ERASE, _("Remove a name"), _("The name and the question were removed")
    )
    for move in Move:
        actions.register_action(help_requests.LOGGED[move], move.label, move.label)
