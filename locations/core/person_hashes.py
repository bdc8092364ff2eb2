"""Keyed hashes that recognise the same person without storing a name.

A person is a name together with a telephone number or an e-mail address, as a family often shares
one of these; or the code on a visitor's card. The key is the site's own secret, so that a hash
means nothing elsewhere.
"""

import re
import unicodedata

from django.utils.crypto import salted_hmac

from home.core.phone import dial_string


def normalize_person_name(name):
    """Return a name without accents, capitals and punctuation: "José  De Smet", "jose de smet"."""
    decomposed = unicodedata.normalize("NFKD", name)
    letters = "".join(char for char in decomposed if not unicodedata.combining(char))
    return " ".join(re.sub(r"[^\w]+", " ", letters.casefold()).split())


def hash_person(name="", *, phone="", email=""):
    """Return 64 hexadecimal digits, or an empty string without telephone number and e-mail.

    The telephone number takes precedence: people change their e-mail address more often.
    """
    contact = (phone and dial_string(phone)) or email.strip().casefold()
    return _hash("person", normalize_person_name(name), contact) if contact else ""


def hash_card(code):
    """Return the hash of the code on a visitor's card, however it is typed."""
    letters = re.sub(r"[\W_]+", "", code).casefold()
    return _hash("card", letters) if letters else ""


def _hash(kind, *parts):
    return salted_hmac(f"locations.people.{kind}", "\n".join(parts), algorithm="sha256").hexdigest()
