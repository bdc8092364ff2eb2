"""Receivers that keep reservations in step with the state of a device."""

from django.dispatch import receiver
from django.utils import timezone

from lending.core.states import State
from lending.devices.signals import device_transitioned


@receiver(device_transitioned, dispatch_uid="end reservation")
def end_reservation(sender, *, device, source, **kwargs):
    """End the reservation of a device that is no longer set aside."""
    if source == State.SET_ASIDE:
        device.reservations.open().update(ended_at=timezone.now())
