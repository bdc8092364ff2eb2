"""What can be done with a help request: one table, by the state that it is in."""

from django.db import models
from django.utils.translation import pgettext_lazy

from locations.helpdesk.models import HelpRequest

State = HelpRequest.State


class Move(models.TextChoices):
    TAKE = "take", pgettext_lazy("help request", "I take it up")
    ASSIGN = "assign", pgettext_lazy("help request", "Give to a colleague")
    NOTE = "note", pgettext_lazy("help request", "Add a note")
    APPOINT = "appoint", pgettext_lazy("help request", "Make an appointment")
    REFER = "refer", pgettext_lazy("help request", "Refer to a workshop")
    HAND_OVER = "hand_over", pgettext_lazy("help request", "Give to another place")
    CLOSE = "close", pgettext_lazy("help request", "Finish")
    WITHDRAW = "withdraw", pgettext_lazy("help request", "Withdraw")
    REOPEN = "reopen", pgettext_lazy("help request", "Open again")


_WHILE_OPEN = {
    Move.APPOINT: State.APPOINTMENT,
    Move.REFER: State.DONE,
    Move.HAND_OVER: State.NEW,
    Move.CLOSE: State.DONE,
    Move.WITHDRAW: State.WITHDRAWN,
}

# What can be done, and the state that comes of it.
TRANSITIONS = {
    State.NEW: {
        Move.TAKE: State.IN_PROGRESS,
        Move.ASSIGN: State.IN_PROGRESS,
        Move.NOTE: State.NEW,
        **_WHILE_OPEN,
    },
    State.IN_PROGRESS: {
        Move.TAKE: State.IN_PROGRESS,
        Move.ASSIGN: State.IN_PROGRESS,
        Move.NOTE: State.IN_PROGRESS,
        **_WHILE_OPEN,
    },
    State.APPOINTMENT: {
        Move.TAKE: State.APPOINTMENT,
        Move.ASSIGN: State.APPOINTMENT,
        Move.NOTE: State.APPOINTMENT,
        **_WHILE_OPEN,
    },
    State.DONE: {Move.NOTE: State.DONE, Move.REOPEN: State.IN_PROGRESS},
    State.WITHDRAWN: {Move.NOTE: State.WITHDRAWN, Move.REOPEN: State.IN_PROGRESS},
}


def moves(request):
    """What can be done with it now, in the order of the buttons.

    What somebody has taken up nobody else takes: it is given, with Move.ASSIGN. Of a person whose
    name is removed there is nothing left to follow up.
    """
    if request.erased_at:
        return []
    found = [move for move in Move if move in TRANSITIONS[State(request.state)]]
    return [move for move in found if move != Move.TAKE or not request.assignee_id]
