"""The states of a device, the moves between them, and how both are shown."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class State(models.TextChoices):
    RECEIVED = "received", _("Received")
    TRIAGE = "triage", _("In triage")
    ERASING = "erasing", _("Being erased")
    ERASURE_FAILED = "erasure_failed", _("Erasure failed")
    INSPECTION = "inspection", _("Under inspection")
    REPAIR = "repair", _("In repair")
    DEFECT = "defect", _("Defective")
    READY = "ready", _("Ready (in store)")
    IN_TRANSIT = "in_transit", _("In transit")
    AVAILABLE = "available", _("Available")
    SET_ASIDE = "set_aside", pgettext_lazy("state", "Set aside")
    ON_LOAN = "on_loan", pgettext_lazy("state", "On loan")
    RETURNED = "returned", _("Back, to be checked")
    LOST = "lost", _("Lost")
    STOLEN = "stolen", _("Stolen")
    GIFTED = "gifted", _("Given away")
    TRANSFERRED = "transferred", _("Transferred to a partner")
    RETURNED_TO_DONOR = "returned_to_donor", _("Back to the donor")
    RECYCLED = "recycled", _("Recycled")


TRANSITIONS = {
    State.RECEIVED: [State.TRIAGE, State.ERASING, State.RETURNED_TO_DONOR],
    State.TRIAGE: [State.ERASING, State.REPAIR, State.RETURNED_TO_DONOR, State.RECYCLED],
    State.ERASING: [State.INSPECTION, State.ERASURE_FAILED],
    State.ERASURE_FAILED: [State.ERASING, State.RECYCLED],
    State.INSPECTION: [State.READY, State.REPAIR, State.RECYCLED],
    State.REPAIR: [State.ERASING, State.INSPECTION, State.RECYCLED],
    State.DEFECT: [State.REPAIR, State.RECYCLED],
    State.READY: [
        State.AVAILABLE,
        State.IN_TRANSIT,
        State.REPAIR,
        State.GIFTED,
        State.TRANSFERRED,
    ],
    State.IN_TRANSIT: [State.READY, State.DEFECT, State.LOST],
    State.AVAILABLE: [
        State.ON_LOAN,
        State.SET_ASIDE,
        State.IN_TRANSIT,
        State.DEFECT,
        State.GIFTED,
        State.TRANSFERRED,
    ],
    State.SET_ASIDE: [State.ON_LOAN, State.AVAILABLE, State.DEFECT],
    State.ON_LOAN: [State.RETURNED, State.LOST, State.STOLEN],
    State.RETURNED: [State.ERASING, State.DEFECT],
    State.LOST: [State.RETURNED],
    State.STOLEN: [State.RETURNED],
    State.GIFTED: [],
    State.TRANSFERRED: [],
    State.RETURNED_TO_DONOR: [],
    State.RECYCLED: [],
}

# Through one of these a device leaves the stock; lost and stolen can be found again.
EXIT_STATES = [
    State.LOST,
    State.STOLEN,
    State.GIFTED,
    State.TRANSFERRED,
    State.RETURNED_TO_DONOR,
    State.RECYCLED,
]

# Nobody else's data may be on a device from here on; the database checks those of the first list.
SANITIZED_STATES = [
    State.READY,
    State.AVAILABLE,
    State.SET_ASIDE,
    State.ON_LOAN,
    State.GIFTED,
    State.TRANSFERRED,
]
REQUIRES_SANITIZED_MEDIA = {State.INSPECTION, *SANITIZED_STATES}

# The columns of the workbench, from the door to the shelf, with the short words of their headings.
WORKBENCH_STATES = {
    State.RECEIVED: pgettext_lazy("workbench", "Received"),
    State.TRIAGE: _("Triage"),
    State.ERASING: _("Erasing"),
    State.INSPECTION: _("Inspection"),
    State.REPAIR: _("Repair"),
    State.READY: _("Ready"),
}

# A badge has one of five tones; the word says the same, so colour is never alone.
TONES = {
    State.AVAILABLE: "good",
    State.READY: "good",
    State.SET_ASIDE: "wait",
    State.IN_TRANSIT: "wait",
    State.ON_LOAN: "busy",
    State.ERASURE_FAILED: "bad",
    State.DEFECT: "bad",
    State.LOST: "bad",
    State.STOLEN: "bad",
    State.GIFTED: "gone",
    State.TRANSFERRED: "gone",
    State.RETURNED_TO_DONOR: "gone",
    State.RECYCLED: "gone",
}


@dataclass(frozen=True)
class Transition:
    """One legal next step, as a button says it.

    `needs` names a screen that asks for more than a reason: the desk, an inspection with its
    grade, a place to go to.
    """

    target: State
    label: str
    icon: str
    permission: str
    irreversible: bool = False
    needs: str = ""
    setback: bool = False  # Never the button that stands out.


TRANSITIONS_BY_TARGET = {
    move.target: move
    for move in [
        Transition(State.TRIAGE, _("Start triage"), "search", "process"),
        Transition(State.ERASING, _("Send to erasure"), "rotate", "process"),
        Transition(State.ERASURE_FAILED, _("Erasure failed"), "warning", "process", setback=True),
        Transition(State.INSPECTION, _("To inspection"), "tasks", "process"),
        Transition(State.REPAIR, _("To repair"), "cogs", "process", setback=True),
        Transition(State.DEFECT, _("Report a defect"), "warning", "process", setback=True),
        Transition(State.READY, _("Mark as ready"), "check", "process", needs="inspection"),
        Transition(
            State.IN_TRANSIT, _("Send to another place"), "arrow-right", "process", needs="place"
        ),
        Transition(State.AVAILABLE, _("Make available"), "success", "process", needs="place"),
        Transition(State.SET_ASIDE, _("Set aside"), "thumbtack", "lend", needs="desk"),
        Transition(State.ON_LOAN, _("Lend"), "arrow-right", "lend", needs="desk"),
        Transition(State.RETURNED, _("Take back"), "arrow-left", "lend"),
        Transition(
            State.LOST, _("Report as lost"), "warning", "lend", irreversible=True, setback=True
        ),
        Transition(
            State.STOLEN, _("Report as stolen"), "warning", "lend", irreversible=True, setback=True
        ),
        Transition(
            State.GIFTED, _("Give away"), "user", "recycle", irreversible=True, setback=True
        ),
        Transition(
            State.TRANSFERRED,
            _("Transfer to a partner"),
            "group",
            "recycle",
            irreversible=True,
            setback=True,
        ),
        Transition(
            State.RETURNED_TO_DONOR,
            _("Give back to the donor"),
            "undo",
            "recycle",
            irreversible=True,
            setback=True,
        ),
        Transition(State.RECYCLED, _("Recycle"), "bin", "recycle", irreversible=True, setback=True),
    ]
}

# The same target, by another road, is another button.
TRANSITION_VARIANTS = {
    (State.SET_ASIDE, State.AVAILABLE): Transition(State.AVAILABLE, _("Release"), "undo", "lend"),
    (State.IN_TRANSIT, State.READY): Transition(
        State.READY, _("It has arrived"), "check", "process"
    ),
    (State.LOST, State.RETURNED): Transition(State.RETURNED, _("It is found"), "success", "lend"),
    (State.STOLEN, State.RETURNED): Transition(State.RETURNED, _("It is found"), "success", "lend"),
}


def transitions_from(state):
    """The legal next steps from a state, in the order in which they are usual."""
    source = State(state)
    return [
        TRANSITION_VARIANTS.get((source, target), TRANSITIONS_BY_TARGET[target])
        for target in TRANSITIONS[source]
    ]
