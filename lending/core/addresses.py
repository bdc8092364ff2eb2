"""Addresses of the lending service that are printed, mailed or scanned."""

from django.conf import settings
from django.urls import reverse


def absolute(path):
    return settings.WAGTAILADMIN_BASE_URL.rstrip("/") + path


def follow_url(donation):
    """Where the donor follows a donation; whoever has the address may look."""
    return absolute(reverse("lending:follow", args=[donation.secret]))


def device_url(number):
    """What the QR code on a label says: who owns the device and whom to call."""
    return absolute(reverse("lending:found", args=[number]))


def attest_url():
    return absolute(reverse("lending:attest_check"))
