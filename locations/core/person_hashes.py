"""The same person seen twice, without a name: keyed hashes that can not be read back.

A person is a name together with a telephone number or an e-mail address, as a family often shares
one of these; or the code on a visitor's card. The key is the site's own, so that a hash from here
says nothing anywhere else.
"""

import re
import unicodedata

from django.utils.crypto import salted_hmac


def plain(name):
    """'José  De Smet' and 'jose de smet' are the same name."""
    letters = unicodedata.normalize("NFKD", name)
    letters = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(re.sub(r"[^\w]+", " ", letters.casefold()).split())


def person(name="", *, phone="", email=""):
    """64 hexadecimal digits, or nothing when there is nothing to go by.

    The telephone number goes first: people change their e-mail address more often.
    """
    contact = re.sub(r"\D", "", phone) or email.strip().casefold()
    return _hash("person", plain(name), contact) if contact else ""


def card(code):
    """The hash of what stands on a visitor's card; how it is typed does not matter."""
    letters = re.sub(r"[\W_]+", "", code).casefold()
    return _hash("card", letters) if letters else ""


def _hash(kind, *parts):
    return salted_hmac(f"locations.people.{kind}", "\n".join(parts), algorithm="sha256").hexdigest()
