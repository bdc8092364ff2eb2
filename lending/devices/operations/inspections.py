"""Testing a device and giving it a grade."""

from django.db import transaction

from lending.core.states import State
from lending.devices.models import DeviceEvent, Inspection
from lending.devices.operations.devices import apply_transition, lock_device


@transaction.atomic
def record_inspection(device, *, grade, tests, notes="", user=None):
    """Record what was tested and mark the device as ready; tests maps a code to true or false."""
    device = lock_device(device)
    device.grade = grade
    apply_transition(device, State.READY, kind=DeviceEvent.Kind.INSPECTED, user=user, reason=notes)
    return Inspection.objects.create(
        device=device, user=user, grade=grade, tests=tests, notes=notes
    )
