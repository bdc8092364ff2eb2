"""Data that several printed documents share, in the shape of their templates."""

from django.utils import timezone
from django.utils.formats import date_format


def issuer(location):
    """Return the location that issues a document, with its contact details."""
    return {
        "name": location.name,
        "address": location.address,
        "phone": str(location.phone),
        "mail": location.email,
    }


def format_long_date(day):
    """Return a date, or the local date of a moment, as 'maandag 27 november 2028'."""
    if hasattr(day, "hour"):
        day = timezone.localtime(day)
    return date_format(day, "l j F Y")
