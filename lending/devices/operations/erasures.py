"""Erasing media: what is recorded by hand, and what follows from it for the device."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from lending.core.errors import (
    ErasureInTheFuture,
    ErasureTooOld,
    ErasureTwice,
    LendingError,
    MediumGone,
    NotErasing,
    NotVerified,
)
from lending.core.states import State
from lending.devices.models import DeviceEvent, Erasure, StorageMedium
from lending.devices.operations.devices import locked, log, shift
from lending.donations.operations import attests

# From these states an erasure may be recorded; the device first becomes "being erased".
ERASABLE = {
    State.RECEIVED,
    State.TRIAGE,
    State.ERASING,
    State.ERASURE_FAILED,
    State.REPAIR,
    State.RETURNED,
}


@transaction.atomic
def record(
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
    device = locked(medium.device)
    medium = StorageMedium.objects.get(pk=medium.pk)
    medium.device = device
    if medium.removed_at:
        raise MediumGone(medium)
    if device.state not in ERASABLE:
        raise NotErasing(device)
    if finished_at > now:
        raise ErasureInTheFuture
    if finished_at < device.last_outside_at:
        raise ErasureTooOld(device)
    if result == Erasure.Result.PASSED and not verification.strip():
        raise NotVerified
    if medium.erasures.filter(finished_at=finished_at).exists():
        raise ErasureTwice(medium)
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
        shift(device, State.ERASING, user=user)
    log(device, DeviceEvent.Kind.ERASED, user=user, erasure=erasure.pk, medium=medium.pk)
    follow(device, user=user)
    return erasure


def follow(device, *, user=None):
    """Where the erasures so far take a locked device that is being erased."""
    latest = [medium.last_erasure for medium in device.media.fitted().with_erasures()]
    recent = [e for e in latest if e and e.finished_at >= device.last_outside_at]
    if any(not erasure.passed for erasure in recent):
        shift(device, State.ERASURE_FAILED, user=user, reason=_("A medium could not be erased."))
        return
    try:
        shift(device, State.INSPECTION, user=user, reason=_("Every medium is erased."))
    except LendingError:
        return  # Another medium is still to come.
    attests.issue_if_complete(device, user=user)
