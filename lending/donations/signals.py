"""Receivers that issue the attest of a donation."""

from django.dispatch import receiver

from lending.devices.signals import media_sanitized
from lending.donations.operations.attests import issue_attest_of_device


@receiver(media_sanitized, dispatch_uid="issue attest")
def issue_attest_when_complete(sender, *, device, user, **kwargs):
    """Issue the attest if these were the last media of a donation."""
    issue_attest_of_device(device, user=user)
