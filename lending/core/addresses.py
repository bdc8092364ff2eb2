"""Absolute addresses, for what is printed, mailed or scanned."""

from django.urls import reverse

from home.core.signed_links import site_url


def lending_url(name, *args):
    """Return the absolute address of a named URL of this app."""
    return site_url(reverse(f"lending:{name}", args=args))
