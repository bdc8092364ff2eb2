"""State machine of a help request: one table of transitions by state."""

from django.db import models
from django.utils.translation import pgettext_lazy

from locations.helpdesk.models import HelpRequest

State = HelpRequest.State


class Transition(models.TextChoices):
    """What staff can do with a help request, in the order of the buttons."""

    TAKE = "take", pgettext_lazy("help request", "I take it up")
    ASSIGN = "assign", pgettext_lazy("help request", "Give to a colleague")
    NOTE = "note", pgettext_lazy("help request", "Add a note")
    APPOINT = "appoint", pgettext_lazy("help request", "Make an appointment")
    REFER = "refer", pgettext_lazy("help request", "Refer to a workshop")
    HAND_OVER = "hand_over", pgettext_lazy("help request", "Give to another place")
    CLOSE = "close", pgettext_lazy("help request", "Finish")
    WITHDRAW = "withdraw", pgettext_lazy("help request", "Withdraw")
    REOPEN = "reopen", pgettext_lazy("help request", "Open again")


_FROM_ANY_OPEN_STATE = {
    Transition.APPOINT: State.APPOINTMENT,
    Transition.REFER: State.DONE,
    Transition.HAND_OVER: State.NEW,
    Transition.CLOSE: State.DONE,
    Transition.WITHDRAW: State.WITHDRAWN,
}

TRANSITIONS = {
    State.NEW: {
        Transition.TAKE: State.IN_PROGRESS,
        Transition.ASSIGN: State.IN_PROGRESS,
        Transition.NOTE: State.NEW,
        **_FROM_ANY_OPEN_STATE,
    },
    State.IN_PROGRESS: {
        Transition.TAKE: State.IN_PROGRESS,
        Transition.ASSIGN: State.IN_PROGRESS,
        Transition.NOTE: State.IN_PROGRESS,
        **_FROM_ANY_OPEN_STATE,
    },
    State.APPOINTMENT: {
        Transition.TAKE: State.APPOINTMENT,
        Transition.ASSIGN: State.APPOINTMENT,
        Transition.NOTE: State.APPOINTMENT,
        **_FROM_ANY_OPEN_STATE,
    },
    State.DONE: {Transition.NOTE: State.DONE, Transition.REOPEN: State.IN_PROGRESS},
    State.WITHDRAWN: {Transition.NOTE: State.WITHDRAWN, Transition.REOPEN: State.IN_PROGRESS},
}
"""The state after each transition that a state allows."""


def available_transitions(help_request):
    """Return the transitions of a help request, in the order of the buttons.

    A request with an assignee cannot be taken, only assigned. An erased request allows nothing.
    """
    if help_request.erased_at:
        return []
    allowed = TRANSITIONS[State(help_request.state)]
    return [
        transition
        for transition in Transition
        if transition in allowed
        and not (transition == Transition.TAKE and help_request.assignee_id)
    ]
