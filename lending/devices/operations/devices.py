"""Operations on devices: create them and move them from state to state and to other locations."""

from dataclasses import dataclass

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
from lending.devices.models import Device, DeviceEvent, DeviceModel, StorageMedium
from lending.devices.operations.serial_numbers import refuse_fitted_serials
from lending.devices.signals import device_transitioned

NUMBER_PREFIX = "DP"
DESK_STATES = {State.ON_LOAN, State.SET_ASIDE}
GRADED_STATES = {State.READY, State.AVAILABLE, State.SET_ASIDE, State.ON_LOAN}


@dataclass(frozen=True)
class DeviceDetails:
    """A device as it comes in; `media` holds a dict of kind, serial and size_gb per medium."""

    model: DeviceModel
    serial: str = ""
    accessories: str = ""
    media: tuple[dict, ...] | list[dict] = ()


def lock_device(device):
    """Return the device as it is now, locked for this transaction."""
    return (
        Device.objects.select_for_update(of=("self",))
        .select_related("location", "model__type")
        .get(pk=device.pk)
    )


def log_event(device, kind, *, user=None, reason="", **data):
    """Add an event to the timeline; `data` holds primary keys, never names of people."""
    return DeviceEvent.objects.create(
        device=device, kind=kind, state=device.state, user=user, reason=reason[:200], data=data
    )


def unmet_requirement(device, state):
    """Return the error that says why an allowed transition cannot happen yet, or None."""
    if state in REQUIRES_SANITIZED_MEDIA and device.has_storage:
        media = list(device.media.fitted().with_erasures())
        if not media:
            return NoStorageMedium(device)
        if not all(medium.is_sanitized(device.last_outside_at) for medium in media):
            return DeviceNotSanitized(device)
    if state in GRADED_STATES and not device.grade:
        return NotGraded(device)
    return None


def apply_transition(device, state, *, kind=DeviceEvent.Kind.MOVED, user=None, reason="", **data):
    """Move a locked device to another state, save it and log it; no other code sets the state.

    Raise IllegalTransition, ReasonRequired or the error of an unmet requirement.
    """
    state, source = State(state), State(device.state)
    if state not in TRANSITIONS[source]:
        raise IllegalTransition(device, state)
    transition = next(item for item in transitions_from(source) if item.target == state)
    if transition.is_irreversible and not reason.strip():
        raise ReasonRequired
    if error := unmet_requirement(device, state):
        raise error
    device.state, device.since = state, timezone.now()
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
    """Move a device to another state.

    Raise IllegalTransition also for what involves a borrower: lending, setting aside and taking
    back are operations on loans.
    """
    device, state = lock_device(device), State(state)
    if state in DESK_STATES or device.state == State.ON_LOAN:
        raise IllegalTransition(device, state)
    if state == State.AVAILABLE and not device.location.is_lending_point:
        raise NotALendingPoint(device.location)
    return apply_transition(device, state, user=user, reason=reason)


@transaction.atomic
def move_to_location(device, location, *, state, user=None, reason=""):
    """Make a device available at a lending point, or send it to any location."""
    if state == State.AVAILABLE and not location.is_lending_point:
        raise NotALendingPoint(location)
    device = lock_device(device)
    before = device.location_id
    device.location = location
    return apply_transition(
        device, state, user=user, reason=reason, from_location=before, to_location=location.pk
    )


def create_device(details, *, location, donation_line=None, unused_reason=""):
    """Create a device with its media and the next inventory number; the caller logs the event.

    It comes in at the moment of the decision on its donation line, or now if it was bought.
    """
    now = donation_line.decided_at if donation_line else timezone.now()
    device = Device.objects.create(
        number=f"{NUMBER_PREFIX}-{NumberSeries.take(NUMBER_PREFIX):05d}",
        model=details.model,
        serial=details.serial,
        location=location,
        source=Device.Source.DONATION if donation_line else Device.Source.PURCHASE,
        donation_line=donation_line,
        has_storage=details.model.type.has_storage,
        accessories=details.accessories,
        last_outside_at=now,
        since=now,
        created_at=now,
    )
    refuse_fitted_serials(medium["serial"] for medium in details.media)
    StorageMedium.objects.bulk_create(
        StorageMedium(device=device, fitted_at=now, unused_reason=unused_reason, **medium)
        for medium in details.media
    )
    return device


@transaction.atomic
def receive_purchase(details, *, location, unused_reason="", user=None):
    """Create a bought device; with an `unused_reason` its media need no erasure."""
    device = create_device(details, location=location, unused_reason=unused_reason)
    log_event(device, DeviceEvent.Kind.RECEIVED, user=user, reason=unused_reason)
    return device
