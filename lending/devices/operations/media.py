"""Storage media in and out of devices."""

from django.db import transaction
from django.utils import timezone

from lending.core.errors import MediumGone, NotOnTheBench, SerialInUse
from lending.core.states import PROMISED_CLEAN, State
from lending.devices.models import DeviceEvent, StorageMedium
from lending.devices.operations.devices import locked, log, shift
from lending.donations.operations import attests


def refuse_serial_in_use(serial):
    """Two devices can not hold the same disk."""
    other = StorageMedium.objects.fitted().filter(serial=serial).select_related("device").first()
    if other:
        raise SerialInUse(serial, other.device)


def refuse_promised(device):
    """A device that others count on is not opened: first it goes back to the workshop."""
    if device.state in PROMISED_CLEAN:
        raise NotOnTheBench(device)


@transaction.atomic
def add_medium(device, *, kind, serial, size_gb=None, unused_reason="", user=None):
    """Put a medium on record that is in the device, or that was just fitted."""
    device = locked(device)
    refuse_promised(device)
    refuse_serial_in_use(serial)
    medium = StorageMedium.objects.create(
        device=device, kind=kind, serial=serial, size_gb=size_gb, unused_reason=unused_reason
    )
    log(device, DeviceEvent.Kind.MEDIUM, user=user, reason=unused_reason, medium=medium.pk)
    return medium


@transaction.atomic
def replace_medium(medium, *, kind, serial, size_gb=None, unused_reason, destroyed_by, user=None):
    """Take a medium out, have it destroyed, and fit another; the old one stays on record."""
    device = locked(medium.device)
    refuse_promised(device)
    medium = StorageMedium.objects.get(pk=medium.pk)
    if medium.removed_at:
        raise MediumGone(medium)
    medium.removed_at = timezone.now()
    medium.destroyed_at, medium.destroyed_by = medium.removed_at, destroyed_by
    medium.save(update_fields=["removed_at", "destroyed_at", "destroyed_by"])
    log(device, DeviceEvent.Kind.MEDIUM, user=user, reason=destroyed_by, removed=medium.pk)
    if device.state == State.ERASURE_FAILED:
        shift(device, State.ERASING, user=user, reason=destroyed_by)
    fresh = add_medium(
        device, kind=kind, serial=serial, size_gb=size_gb, unused_reason=unused_reason, user=user
    )
    attests.issue_if_complete(device, user=user)
    return fresh
