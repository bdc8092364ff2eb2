"""Operations that add and replace storage media."""

from django.db import transaction
from django.utils import timezone

from lending.core.states import SANITIZED_STATES, State
from lending.devices.errors import MediaChangeNotAllowed, MediumRemoved
from lending.devices.models import Device, DeviceEvent, StorageMedium
from lending.devices.operations.devices import apply_transition, lock_device, log_event
from lending.devices.operations.serial_numbers import refuse_fitted_serials
from lending.devices.signals import media_sanitized


def refuse_media_change(device):
    """Raise MediaChangeNotAllowed if the device must go back to the workshop first."""
    if device.state in SANITIZED_STATES:
        raise MediaChangeNotAllowed(device)


@transaction.atomic
def add_medium(device, *, kind, serial, size_gb=None, unused_reason="", user=None):
    """Record a medium that is in the device or was just fitted, and return it."""
    device = lock_device(device)
    refuse_media_change(device)
    refuse_fitted_serials([serial])
    medium = StorageMedium.objects.create(
        device=device, kind=kind, serial=serial, size_gb=size_gb, unused_reason=unused_reason
    )
    log_event(device, DeviceEvent.Kind.MEDIUM, user=user, reason=unused_reason, medium=medium.pk)
    return medium


@transaction.atomic
def replace_medium(medium, *, destroyed_by, user=None, **replacement):
    """Record that a medium was removed and destroyed, and add its replacement.

    `replacement` holds the arguments of `add_medium`. Raise MediumRemoved if the medium is no
    longer in its device.
    """
    device = lock_device(medium.device)
    refuse_media_change(device)
    medium = StorageMedium.objects.get(pk=medium.pk)
    if medium.removed_at:
        raise MediumRemoved(medium)
    medium.removed_at = medium.destroyed_at = timezone.now()
    medium.destroyed_by = destroyed_by
    medium.save(update_fields=["removed_at", "destroyed_at", "destroyed_by"])
    log_event(device, DeviceEvent.Kind.MEDIUM, user=user, reason=destroyed_by, removed=medium.pk)
    if device.state == State.ERASURE_FAILED:
        apply_transition(device, State.ERASING, user=user, reason=destroyed_by)
    new_medium = add_medium(device, user=user, **replacement)
    media_sanitized.send(Device, device=device, user=user)
    return new_medium
