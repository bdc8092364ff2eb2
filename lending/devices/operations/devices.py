"""Devices from state to state and from place to place: lock, check, change, log."""

from django.db import transaction
from django.utils import timezone

from home.core.models import NumberSeries
from lending.core.errors import (
    IllegalMove,
    NoMedium,
    NotALendingPoint,
    NotGraded,
    ReasonNeeded,
    StillToBeErased,
)
from lending.core.states import EXITS, NEEDS_CLEAN_MEDIA, TRANSITIONS, State, next_moves
from lending.devices.models import Device, DeviceEvent, StorageMedium

NUMBERS = "DP"
OVER_THE_DESK = {State.ON_LOAN, State.SET_ASIDE}
MUST_BE_GRADED = {State.READY, State.AVAILABLE, State.SET_ASIDE, State.ON_LOAN}


def locked(device):
    """The device as it is now, kept for this transaction."""
    return (
        Device.objects.select_for_update(of=("self",))
        .select_related("location", "model__type")
        .get(pk=device.pk)
    )


def log(device, kind, *, user=None, reason="", **data):
    """One line on the timeline. Data holds keys of rows, never names."""
    return DeviceEvent.objects.create(
        device=device, kind=kind, state=device.state, user=user, reason=reason[:200], data=data
    )


def obstacle(device, state):
    """Why a move that the table allows can not happen yet, or None."""
    if state in NEEDS_CLEAN_MEDIA and device.has_storage:
        media = list(device.media.fitted().with_erasures())
        if not media:
            return NoMedium(device)
        if not all(medium.is_clean(device.last_outside_at) for medium in media):
            return StillToBeErased(device)
    if state in MUST_BE_GRADED and not device.grade:
        return NotGraded(device)
    return None


def shift(device, state, *, kind=DeviceEvent.Kind.MOVED, user=None, reason="", **data):
    """Move a locked device: the one place where a state changes. Saves and logs."""
    state = State(state)
    if state not in TRANSITIONS[State(device.state)]:
        raise IllegalMove(device, state)
    move = next(move for move in next_moves(device.state) if move.target == state)
    if move.irreversible and not reason.strip():
        raise ReasonNeeded
    if waiting := obstacle(device, state):
        raise waiting
    now = timezone.now()
    if device.state == State.SET_ASIDE:
        device.reservations.open().update(ended_at=now)
    device.state, device.since = state, now
    device.exited_at = device.since if state in EXITS else None
    if state == State.RETURNED:
        device.last_outside_at = device.since
    device.save(
        update_fields=["state", "since", "exited_at", "last_outside_at", "location", "grade"]
    )
    log(device, kind, user=user, reason=reason, **data)
    return device


@transaction.atomic
def become(device, state, *, user=None, reason=""):
    """Move a device along the table; its row on the timeline says who and why.

    What goes over the desk (lent, set aside, taken back) has operations of its own, as it is
    about a person too.
    """
    device, state = locked(device), State(state)
    if state in OVER_THE_DESK or device.state == State.ON_LOAN:
        raise IllegalMove(device, state)
    if state == State.AVAILABLE and not device.location.is_lending_point:
        raise NotALendingPoint(device.location)
    return shift(device, state, user=user, reason=reason)


@transaction.atomic
def place(device, location, *, state, user=None, reason=""):
    """Make the device available at a lending point, or send it on its way to any place."""
    if state == State.AVAILABLE and not location.is_lending_point:
        raise NotALendingPoint(location)
    device = locked(device)
    before = device.location_id
    device.location = location
    return shift(device, state, user=user, reason=reason, from_place=before, to_place=location.pk)


def enter(model, *, location, source, serial, accessories="", donation_line=None, at=None):
    """A new device with the next inventory number; the caller logs where it came from."""
    at = at or timezone.now()
    return Device.objects.create(
        number=f"{NUMBERS}-{NumberSeries.take(NUMBERS):05d}",
        model=model,
        serial=serial,
        location=location,
        source=source,
        donation_line=donation_line,
        has_storage=model.type.has_storage,
        accessories=accessories,
        last_outside_at=at,
        since=at,
        created_at=at,
    )


@transaction.atomic
def receive_purchase(
    model, *, serial, location, media=(), accessories="", unused_reason="", user=None
):
    """A bought device comes in. New and unused, with that reason, its media count as clean."""
    device = enter(
        model,
        location=location,
        source=Device.Source.PURCHASE,
        serial=serial,
        accessories=accessories,
    )
    StorageMedium.objects.bulk_create(
        StorageMedium(
            device=device, fitted_at=device.created_at, unused_reason=unused_reason, **medium
        )
        for medium in media
    )
    log(device, DeviceEvent.Kind.RECEIVED, user=user, reason=unused_reason)
    return device
