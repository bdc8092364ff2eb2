"""Devices from state to state and from place to place: lock, check, change, log."""

from django.db import transaction
from django.utils import timezone

from home.core.models import NumberSeries
from lending.core.states import (
    EXIT_STATES,
    REQUIRES_SANITIZED_MEDIA,
    TRANSITIONS,
    State,
    transitions_from,
)
from lending.devices.errors import (
    DeviceNotSanitized,
    IllegalTransition,
    NoStorageMedium,
    NotALendingPoint,
    NotGraded,
    ReasonRequired,
)
from lending.devices.models import Device, DeviceEvent, StorageMedium
from lending.devices.signals import device_transitioned

NUMBER_PREFIX = "DP"
DESK_STATES = {State.ON_LOAN, State.SET_ASIDE}
GRADED_STATES = {State.READY, State.AVAILABLE, State.SET_ASIDE, State.ON_LOAN}


def lock_device(device):
    """The device as it is now, kept for this transaction."""
    return (
        Device.objects.select_for_update(of=("self",))
        .select_related("location", "model__type")
        .get(pk=device.pk)
    )


def log_event(device, kind, *, user=None, reason="", **data):
    """One line on the timeline. Data holds keys of rows, never names."""
    return DeviceEvent.objects.create(
        device=device, kind=kind, state=device.state, user=user, reason=reason[:200], data=data
    )


def unmet_requirement(device, state):
    """Why a move that the table allows can not happen yet, or None."""
    if state in REQUIRES_SANITIZED_MEDIA and device.has_storage:
        media = list(device.media.fitted().with_erasures())
        if not media:
            return NoStorageMedium(device)
        if not all(medium.is_clean(device.last_outside_at) for medium in media):
            return DeviceNotSanitized(device)
    if state in GRADED_STATES and not device.grade:
        return NotGraded(device)
    return None


def apply_transition(device, state, *, kind=DeviceEvent.Kind.MOVED, user=None, reason="", **data):
    """Move a locked device: the one place where a state changes. Saves and logs."""
    state = State(state)
    if state not in TRANSITIONS[State(device.state)]:
        raise IllegalTransition(device, state)
    move = next(move for move in transitions_from(device.state) if move.target == state)
    if move.irreversible and not reason.strip():
        raise ReasonRequired
    if waiting := unmet_requirement(device, state):
        raise waiting
    now = timezone.now()
    source, device.state, device.since = State(device.state), state, now
    device.exited_at = device.since if state in EXIT_STATES else None
    if state == State.RETURNED:
        device.last_outside_at = device.since
    device.save(
        update_fields=["state", "since", "exited_at", "last_outside_at", "location", "grade"]
    )
    log_event(device, kind, user=user, reason=reason, **data)
    device_transitioned.send(Device, device=device, source=source, user=user)
    return device


@transaction.atomic
def transition_to(device, state, *, user=None, reason=""):
    """Move a device along the table; its row on the timeline says who and why.

    What goes over the desk (lent, set aside, taken back) has operations of its own, as it is
    about a person too.
    """
    device, state = lock_device(device), State(state)
    if state in DESK_STATES or device.state == State.ON_LOAN:
        raise IllegalTransition(device, state)
    if state == State.AVAILABLE and not device.location.is_lending_point:
        raise NotALendingPoint(device.location)
    return apply_transition(device, state, user=user, reason=reason)


@transaction.atomic
def move_to_location(device, location, *, state, user=None, reason=""):
    """Make the device available at a lending point, or send it on its way to any place."""
    if state == State.AVAILABLE and not location.is_lending_point:
        raise NotALendingPoint(location)
    device = lock_device(device)
    before = device.location_id
    device.location = location
    return apply_transition(
        device, state, user=user, reason=reason, from_place=before, to_place=location.pk
    )


def create_device(model, *, location, source, serial, accessories="", donation_line=None, at=None):
    """A new device with the next inventory number; the caller logs where it came from."""
    at = at or timezone.now()
    return Device.objects.create(
        number=f"{NUMBER_PREFIX}-{NumberSeries.take(NUMBER_PREFIX):05d}",
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
    device = create_device(
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
    log_event(device, DeviceEvent.Kind.RECEIVED, user=user, reason=unused_reason)
    return device
