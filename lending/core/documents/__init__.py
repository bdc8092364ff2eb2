"""What the lending service prints: data of our rows in the shapes that the templates ask."""

from django.utils import timezone
from django.utils.formats import date_format


def issuer(location):
    """Who speaks on a document: the place, with how to reach it."""
    return {
        "name": location.name,
        "address": location.address,
        "phone": location.phone,
        "mail": location.email,
    }


def in_words(day):
    """'maandag 27 november 2028' of a date, or of a moment in local time."""
    if hasattr(day, "hour"):
        day = timezone.localtime(day)
    return date_format(day, "l j F Y")
