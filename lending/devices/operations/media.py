"""Storage media in and out of devices."""

from django.db import transaction
from django.utils import timezone

from lending.core.states import SANITIZED_STATES, State
from lending.devices.errors import MediaChangeNotAllowed, MediumRemoved, SerialNumberInUse
from lending.devices.models import Device, DeviceEvent, StorageMedium
from lending.devices.operations.devices import apply_transition, lock_device, log_event
from lending.devices.signals import media_sanitized


def refuse_serial_in_use(serial):
    """Two devices can not hold the same disk."""
    other = StorageMedium.objects.fitted().filter(serial=serial).select_related("device").first()
    if other:
        raise SerialNumberInUse(serial, other.device)


def refuse_media_change(device):
    """A device that others count on is not opened: first it goes back to the workshop."""
    if device.state in SANITIZED_STATES:
        raise MediaChangeNotAllowed(device)


@transaction.atomic
def add_medium(device, *, kind, serial, size_gb=None, unused_reason="", user=None):
    """Put a medium on record that is in the device, or that was just fitted."""
    device = lock_device(device)
    refuse_media_change(device)
    refuse_serial_in_use(serial)
    medium = StorageMedium.objects.create(
        device=device, kind=kind, serial=serial, size_gb=size_gb, unused_reason=unused_reason
    )
    log_event(device, DeviceEvent.Kind.MEDIUM, user=user, reason=unused_reason, medium=medium.pk)
    return medium


@transaction.atomic
def replace_medium(medium, *, kind, serial, size_gb=None, unused_reason, destroyed_by, user=None):
    """Take a medium out, have it destroyed, and fit another; the old one stays on record."""
    device = lock_device(medium.device)
    refuse_media_change(device)
    medium = StorageMedium.objects.get(pk=medium.pk)
    if medium.removed_at:
        raise MediumRemoved(medium)
    medium.removed_at = timezone.now()
    medium.destroyed_at, medium.destroyed_by = medium.removed_at, destroyed_by
    medium.save(update_fields=["removed_at", "destroyed_at", "destroyed_by"])
    log_event(device, DeviceEvent.Kind.MEDIUM, user=user, reason=destroyed_by, removed=medium.pk)
    if device.state == State.ERASURE_FAILED:
        apply_transition(device, State.ERASING, user=user, reason=destroyed_by)
    fresh = add_medium(
        device, kind=kind, serial=serial, size_gb=size_gb, unused_reason=unused_reason, user=user
    )
    media_sanitized.send(Device, device=device, user=user)
    return fresh
