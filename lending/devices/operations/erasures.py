"""Operations that record erasures and move the device accordingly."""

from dataclasses import dataclass, replace
from datetime import datetime

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
from lending.devices.models import Device, DeviceEvent, Erasure, ErasureLog, StorageMedium
from lending.devices.operations.devices import apply_transition, lock_device, log_event
from lending.devices.signals import media_sanitized

# An erasure may be recorded in these states; the device first becomes "being erased".
ERASABLE_STATES = {
    State.RECEIVED,
    State.TRIAGE,
    State.ERASING,
    State.ERASURE_FAILED,
    State.REPAIR,
    State.RETURNED,
}


@dataclass(frozen=True)
class ErasureRecord:
    """One attempt to erase one medium; moments are aware, `finished_at` is now if None.

    `result`, `level` and `method` are values of the choices of Erasure.
    """

    result: str
    level: str
    method: str
    tool: str
    verification: str = ""
    method_detail: str = ""
    started_at: datetime | None = None
    finished_at: datetime | None = None
    log: ErasureLog | None = None


def check_erasure(medium, record, *, now):
    """Raise the error that says why this record cannot count for a medium of a locked device."""
    device = medium.device
    if medium.removed_at:
        raise MediumRemoved(medium)
    if device.state not in ERASABLE_STATES:
        raise NotErasable(device)
    if record.finished_at > now:
        raise ErasureInFuture
    if record.finished_at < device.last_outside_at:
        raise ErasureBeforeIntake(device)
    if record.result == Erasure.Result.PASSED and not record.verification.strip():
        raise ErasureNotVerified
    if medium.erasures.filter(finished_at=record.finished_at).exists():
        raise DuplicateErasure(medium)


@transaction.atomic
def record_erasure(medium, record, *, user=None):
    """Store an ErasureRecord for a medium, move its device on, and return the erasure.

    A device goes to inspection when all its media are erased, and to "erasure failed" as soon as
    one of them failed.
    """
    now = timezone.now()
    record = replace(record, finished_at=record.finished_at or now)
    device = lock_device(medium.device)
    medium = StorageMedium.objects.get(pk=medium.pk)
    medium.device = device
    check_erasure(medium, record, now=now)
    erasure = Erasure.objects.create(medium=medium, operator=user, **vars(record))
    if device.state != State.ERASING:
        apply_transition(device, State.ERASING, user=user)
    log_event(device, DeviceEvent.Kind.ERASED, user=user, erasure=erasure.pk, medium=medium.pk)
    advance_device(device, user=user)
    return erasure


def advance_device(device, *, user=None):
    """Move a locked device that is being erased on, as far as its erasures allow."""
    latest = [medium.last_erasure for medium in device.media.fitted().with_erasures()]
    recent = [
        erasure for erasure in latest if erasure and erasure.finished_at >= device.last_outside_at
    ]
    if not all(erasure.passed for erasure in recent):
        apply_transition(
            device, State.ERASURE_FAILED, user=user, reason=_("A medium could not be erased.")
        )
        return
    try:
        apply_transition(device, State.INSPECTION, user=user, reason=_("Every medium is erased."))
    except LendingError:
        return  # Another medium has to be erased first.
    media_sanitized.send(Device, device=device, user=user)
