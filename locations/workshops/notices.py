"""Which notices a registered person gets when something happens, as pure functions."""

from dataclasses import dataclass
from enum import StrEnum


class RegistrationEvent(StrEnum):
    """What happened to a registration; each has a message type `registration_<event>`."""

    CONFIRMED = "confirmed"
    WAITING = "waiting"
    OFFERED = "offered"
    OFFER_EXPIRED = "offer_expired"
    CANCELLED = "cancelled"
    MOVED = "moved"
    RUN_CANCELLED = "run_cancelled"
    RUN_MOVED = "run_moved"
    RUN_REINSTATED = "run_reinstated"
    REMINDER = "reminder"

    @property
    def message_type(self):
        """Return the name of the message type."""
        return f"registration_{self}"


BY_MAIL_ONLY = {RegistrationEvent.CONFIRMED, RegistrationEvent.WAITING, RegistrationEvent.CANCELLED}
"""People without e-mail know this from the page, or from the colleague who called."""
OFFER = (RegistrationEvent.OFFERED, RegistrationEvent.REMINDER)
"""Obsolete once the offer is accepted."""
CHANGES = (
    RegistrationEvent.MOVED,
    RegistrationEvent.RUN_MOVED,
    RegistrationEvent.RUN_CANCELLED,
    RegistrationEvent.RUN_REINSTATED,
)
"""Each replaces undelivered earlier ones: only the last is still true."""
ABOUT_A_SEAT = (
    *OFFER,
    RegistrationEvent.MOVED,
    RegistrationEvent.RUN_MOVED,
    RegistrationEvent.RUN_REINSTATED,
)
"""Obsolete once the registration ends."""


@dataclass(frozen=True)
class Notice:
    """A message to queue; `before` is the time that the person still has in mind, as text."""

    event: RegistrationEvent
    before: str = ""
    is_repeated: bool = False


@dataclass(frozen=True)
class Replaced:
    """A message that was not delivered yet and that a new one replaces."""

    event: RegistrationEvent
    before: str = ""


def decide_notices(event, *, by_mail, by_phone, when="", before="", replaced=()):
    """Return the notices for an event, in the order in which to queue them.

    `when` is the current start and `before` the start before this event, as text; `replaced` are
    `Replaced` messages, oldest first. A person who never heard of a cancellation does not hear of
    its withdrawal, and an undelivered offer is repeated after a move.
    """
    if not (by_mail or by_phone) or (event in BY_MAIL_ONLY and not by_mail):
        return []
    last_known = next((message.before for message in replaced if message.before), "") or before
    events = {message.event for message in replaced}
    if event == RegistrationEvent.RUN_REINSTATED and RegistrationEvent.RUN_CANCELLED in events:
        if not last_known:
            return []
        event = RegistrationEvent.RUN_MOVED
    notices = []
    if event == RegistrationEvent.RUN_MOVED and RegistrationEvent.OFFERED in events:
        notices.append(
            Notice(RegistrationEvent.OFFERED, _unless_same(before, when), is_repeated=True)
        )
    notices.append(Notice(event, _unless_same(last_known, when)))
    return notices


def _unless_same(before, when):
    return "" if before == when else before
