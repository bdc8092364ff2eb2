"""Absolute addresses, for what is printed, mailed or scanned."""

from django.conf import settings
from django.urls import reverse


def absolute_url(name, *args):
    """Return the absolute address of a named URL of this app."""
    path = reverse(f"lending:{name}", args=args)
    return settings.WAGTAILADMIN_BASE_URL.rstrip("/") + path
