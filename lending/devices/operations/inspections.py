"""Operation that records the inspection of a device."""

from django.db import transaction

from lending.core.states import State
from lending.devices.models import DeviceEvent, Inspection
from lending.devices.operations.devices import apply_transition, lock_device


@transaction.atomic
def record_inspection(device, *, grade, tests, notes="", user=None):
    """Grade a device, mark it as ready and return the inspection.

    `tests` maps the code of a test to whether the device passed it.
    """
    device = lock_device(device)
    device.grade = grade
    apply_transition(device, State.READY, kind=DeviceEvent.Kind.INSPECTED, user=user, reason=notes)
    return Inspection.objects.create(
        device=device, user=user, grade=grade, tests=tests, notes=notes
    )
