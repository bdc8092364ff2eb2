"""Erasing media: what is recorded by hand, and what follows from it for the device."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lending.core.errors import LendingError
from lending.core.states import State
from lending.devices.errors import (
    DuplicateErasure,
    ErasureBeforeIntake,
    ErasureInFuture,
    ErasureNotVerified,
    MediumRemoved,
    NotErasable,
)
from lending.devices.models import Device, DeviceEvent, Erasure, StorageMedium
from lending.devices.operations.devices import apply_transition, lock_device, log_event
from lending.devices.signals import media_sanitized

# From these states an erasure may be recorded; the device first becomes "being erased".
ERASABLE_STATES = {
    State.RECEIVED,
    State.TRIAGE,
    State.ERASING,
    State.ERASURE_FAILED,
    State.REPAIR,
    State.RETURNED,
}


@transaction.atomic
def record_erasure(
    medium,
    *,
    result,
    level,
    method,
    tool,
    verification="",
    method_detail="",
    started_at=None,
    finished_at=None,
    log_file=None,
    user=None,
):
    """Record one attempt to erase one medium, and move its device accordingly.

    All media passed: on to inspection, and the donor's attest if that was all there was to erase.
    One failed or interrupted: erasure failed, whatever the others did. Moments are aware.
    """
    now = timezone.now()
    finished_at = finished_at or now
    device = lock_device(medium.device)
    medium = StorageMedium.objects.get(pk=medium.pk)
    medium.device = device
    if medium.removed_at:
        raise MediumRemoved(medium)
    if device.state not in ERASABLE_STATES:
        raise NotErasable(device)
    if finished_at > now:
        raise ErasureInFuture
    if finished_at < device.last_outside_at:
        raise ErasureBeforeIntake(device)
    if result == Erasure.Result.PASSED and not verification.strip():
        raise ErasureNotVerified
    if medium.erasures.filter(finished_at=finished_at).exists():
        raise DuplicateErasure(medium)
    erasure = Erasure.objects.create(
        medium=medium,
        result=result,
        level=level,
        method=method,
        method_detail=method_detail,
        tool=tool,
        verification=verification,
        started_at=started_at,
        finished_at=finished_at,
        operator=user,
        log=log_file,
    )
    if device.state != State.ERASING:
        apply_transition(device, State.ERASING, user=user)
    log_event(device, DeviceEvent.Kind.ERASED, user=user, erasure=erasure.pk, medium=medium.pk)
    advance_device(device, user=user)
    return erasure


def advance_device(device, *, user=None):
    """Where the erasures so far take a locked device that is being erased."""
    latest = [medium.last_erasure for medium in device.media.fitted().with_erasures()]
    recent = [e for e in latest if e and e.finished_at >= device.last_outside_at]
    if any(not erasure.passed for erasure in recent):
        apply_transition(
            device, State.ERASURE_FAILED, user=user, reason=_("A medium could not be erased.")
        )
        return
    try:
        apply_transition(device, State.INSPECTION, user=user, reason=_("Every medium is erased."))
    except LendingError:
        return  # Another medium is still to come.
    media_sanitized.send(Device, device=device, user=user)
