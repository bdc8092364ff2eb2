"""Devices kept for one person."""

from django.db import transaction
from django.utils import timezone

from lending.core.states import State
from lending.devices.models import DeviceEvent
from lending.devices.operations.devices import apply_transition, lock_device
from lending.loans.errors import NotFree
from lending.loans.models import Reservation
from locations.opening_hours.loading import load_calendars

HOLD_DAYS = 5  # opening days: 48 hours is too short for a point that opens once a week.


@transaction.atomic
def set_aside(device, *, borrower, until=None, user=None):
    """Keep the device for one person, until a date or for five opening days."""
    device = lock_device(device)
    if device.state != State.AVAILABLE:
        raise NotFree(device)
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
    """Nobody came for it: back to everyone."""
    device = lock_device(device)
    return apply_transition(device, State.AVAILABLE, user=user, reason=reason)
