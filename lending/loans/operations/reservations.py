"""Reserve devices for one borrower."""

from django.db import transaction
from django.utils import timezone

from lending.core.states import State
from lending.devices.models import DeviceEvent
from lending.devices.operations.devices import apply_transition, lock_device
from lending.loans.errors import DeviceNotAvailable
from lending.loans.models import Reservation
from locations.opening_hours.loading import load_calendars

HOLD_DAYS = 5  # lending days; in hours it would be too short where a location opens once a week


@transaction.atomic
def reserve(device, *, borrower, until=None, user=None):
    """Set the device aside for a borrower, until a date or for five lending days."""
    device = lock_device(device)
    if device.state != State.AVAILABLE:
        raise DeviceNotAvailable(device)
    if until is None:
        calendar = load_calendars([device.location])[device.location_id]
        days = calendar.lending_days(timezone.localdate(), HOLD_DAYS)
        until = days[-1] if days else timezone.localdate() + timezone.timedelta(days=HOLD_DAYS)
    reservation = Reservation.objects.create(device=device, borrower=borrower, until=until)
    apply_transition(
        device,
        State.SET_ASIDE,
        kind=DeviceEvent.Kind.RESERVED,
        user=user,
        reservation=reservation.pk,
    )
    return reservation


@transaction.atomic
def release(device, *, user=None, reason=""):
    """End the reservation and make the device available again."""
    device = lock_device(device)
    return apply_transition(device, State.AVAILABLE, user=user, reason=reason)
