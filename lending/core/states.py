"""States of a device, the transitions between them, and how both are shown."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class State(models.TextChoices):
    """States of a device."""

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

# A device in one of these has left the stock; a lost or stolen one may be found again.
EXIT_STATES = [
    State.LOST,
    State.STOLEN,
    State.GIFTED,
    State.TRANSFERRED,
    State.RETURNED_TO_DONOR,
    State.RECYCLED,
]

# Nobody else's data may be on a device in these states: database triggers check SANITIZED_STATES.
SANITIZED_STATES = [
    State.READY,
    State.AVAILABLE,
    State.SET_ASIDE,
    State.ON_LOAN,
    State.GIFTED,
    State.TRANSFERRED,
]
REQUIRES_SANITIZED_MEDIA = {State.INSPECTION, *SANITIZED_STATES}

# Columns of the workbench and their headings, in the order of the work.
WORKBENCH_STATES = {
    State.RECEIVED: pgettext_lazy("workbench", "Received"),
    State.TRIAGE: _("Triage"),
    State.ERASING: _("Erasing"),
    State.INSPECTION: _("Inspection"),
    State.REPAIR: _("Repair"),
    State.READY: _("Ready"),
}

# Tone of the badge of a state; the badge has a text too, as colour alone is not accessible.
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
class DeviceTransition:
    """A transition as an action of the user, with the permission it needs.

    `form` names the screen that asks for more than a reason: desk, inspection or location.
    """

    target: State
    label: str
    icon: str
    permission: str
    is_irreversible: bool = False
    form: str = ""
    is_setback: bool = False  # Shown as a secondary button.


TRANSITIONS_BY_TARGET = {
    transition.target: transition
    for transition in [
        DeviceTransition(State.TRIAGE, _("Start triage"), "search", "process"),
        DeviceTransition(State.ERASING, _("Send to erasure"), "rotate", "process"),
        DeviceTransition(
            State.ERASURE_FAILED, _("Erasure failed"), "warning", "process", is_setback=True
        ),
        DeviceTransition(State.INSPECTION, _("To inspection"), "tasks", "process"),
        DeviceTransition(State.REPAIR, _("To repair"), "cogs", "process", is_setback=True),
        DeviceTransition(State.DEFECT, _("Report a defect"), "warning", "process", is_setback=True),
        DeviceTransition(State.READY, _("Mark as ready"), "check", "process", form="inspection"),
        DeviceTransition(
            State.IN_TRANSIT, _("Send to another place"), "arrow-right", "process", form="location"
        ),
        DeviceTransition(
            State.AVAILABLE, _("Make available"), "success", "process", form="location"
        ),
        DeviceTransition(State.SET_ASIDE, _("Set aside"), "thumbtack", "lend", form="desk"),
        DeviceTransition(State.ON_LOAN, _("Lend"), "arrow-right", "lend", form="desk"),
        DeviceTransition(State.RETURNED, _("Take back"), "arrow-left", "lend"),
        DeviceTransition(
            State.LOST,
            _("Report as lost"),
            "warning",
            "lend",
            is_irreversible=True,
            is_setback=True,
        ),
        DeviceTransition(
            State.STOLEN,
            _("Report as stolen"),
            "warning",
            "lend",
            is_irreversible=True,
            is_setback=True,
        ),
        DeviceTransition(
            State.GIFTED, _("Give away"), "user", "recycle", is_irreversible=True, is_setback=True
        ),
        DeviceTransition(
            State.TRANSFERRED,
            _("Transfer to a partner"),
            "group",
            "recycle",
            is_irreversible=True,
            is_setback=True,
        ),
        DeviceTransition(
            State.RETURNED_TO_DONOR,
            _("Give back to the donor"),
            "undo",
            "recycle",
            is_irreversible=True,
            is_setback=True,
        ),
        DeviceTransition(
            State.RECYCLED, _("Recycle"), "bin", "recycle", is_irreversible=True, is_setback=True
        ),
    ]
}

# Pairs of states whose button differs from the usual one of the target.
TRANSITION_VARIANTS = {
    (State.SET_ASIDE, State.AVAILABLE): DeviceTransition(
        State.AVAILABLE, _("Release"), "undo", "lend"
    ),
    (State.IN_TRANSIT, State.READY): DeviceTransition(
        State.READY, _("It has arrived"), "check", "process"
    ),
    (State.LOST, State.RETURNED): DeviceTransition(
        State.RETURNED, _("It is found"), "success", "lend"
    ),
    (State.STOLEN, State.RETURNED): DeviceTransition(
        State.RETURNED, _("It is found"), "success", "lend"
    ),
}


def transitions_from(state):
    """Return the transitions that a state allows, the most usual first."""
    source = State(state)
    return [
        TRANSITION_VARIANTS.get((source, target), TRANSITIONS_BY_TARGET[target])
        for target in TRANSITIONS[source]
    ]
