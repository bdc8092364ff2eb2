"""Name and contact details at the top of a letter or call list."""

from dataclasses import dataclass

from django.conf import settings


@dataclass(frozen=True)
class Letterhead:
    """The sender of a document."""

    name: str
    address: str
    phone: str = ""
    email: str = ""

    def as_data(self):
        """Return the values that the document templates expect, with the site's phone number."""
        return {
            "name": self.name,
            "address": self.address,
            "phone": str(self.phone or settings.HELP_PHONE),
            "mail": self.email,
        }


_registry = {}


def register_letterheads(function):
    """Register `function(codes)`, which returns a dict of location code to Letterhead."""
    _registry["locations"] = function


def letterheads_of(messages):
    """Return a dict of location code to Letterhead, for the locations of `messages`. One query."""
    codes = {message.location_code for message in messages if message.location_code}
    return _registry["locations"](codes)


def site_letterhead():
    """Return the letterhead for messages without a location."""
    name, _comma, address = settings.MESSAGE_SENDER.partition(", ")
    return Letterhead(name, address)
