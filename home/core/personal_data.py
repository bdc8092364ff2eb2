"""What may never be stored: national register numbers, refused wherever a person types freely.

Using the number is forbidden without authorisation (law of 8 August 1983, art. 8). So it is not
enough to have no field for it: no free text may hold one either. `FreeTextField` and
`FreeCharField` keep that promise for forms and for every write through the ORM.
"""

import re

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Value
from django.utils.translation import gettext_lazy as _
from phonenumbers import PhoneNumber
from stdnum.be import bis, nn

# Two digits three times, then three, then two: with anything between the parts but a letter or +.
_GAP = r"(?:[^\w+]|_){0,3}"
_CANDIDATE = re.compile(
    rf"(?<!\d)(?=(\d\d{_GAP}\d\d{_GAP}\d\d{_GAP}\d\d\d{_GAP}\d\d)(?!\d))",
)
_WRITTEN_AS_ONE = re.compile(r"\d{2}[.\s]\d{2}[.\s]\d{2}[-\s‐-―−]\d{3}[.\s]?\d{2}")
_LETTERS_BEFORE = re.compile(r"[^\W\d_]+$")
_NAMED_SO = {"rr", "rrn", "rrnr", "nn", "nr", "no", "insz", "niss", "ssin", "bis"}
_CUT = "…"


class NationalNumberRefused(ValidationError):
    """Someone typed what looks like a national register number."""

    def __init__(self):
        super().__init__(
            _(
                "This looks like a national register number. We are not allowed to keep that "
                "number. Leave it out and try again."
            ),
            code="national_number",
        )


def _is_valid(digits):
    """Whether eleven digits are a number that can have been given: date of birth and mod 97 hold.

    A day of zero stands for an unknown day of birth; bis numbers add 20 or 40 to the month.
    """
    return int(digits[4:6]) <= 31 and (nn.is_valid(digits) or bis.is_valid(digits))


def _is_number(text, start, found):
    if _WRITTEN_AS_ONE.fullmatch(found) and not text[:start].endswith("+"):
        return True
    before = _LETTERS_BEFORE.search(text[:start][-30:])
    after = text[start + len(found) :][:1]
    if text[:start].endswith("+") or after.isalpha():
        return False  # a telephone number with its country, a serial number
    if before and before[0].lower() not in _NAMED_SO:
        return False
    return _is_valid("".join(str(int(letter)) for letter in found if letter.isdecimal()))


def _numbers(text):
    """Start and end of every national register number in this text."""
    for match in _CANDIDATE.finditer(text):
        if _is_number(text, match.start(), match[1]):
            yield match.start(), match.end(1)


def holds_national_number(text):
    return next(_numbers(str(text)), None) is not None


def no_national_number(text):
    """Validator: refuse a text that holds a national register number."""
    if isinstance(text, (str, PhoneNumber)) and holds_national_number(text):
        raise NationalNumberRefused


def cut_national_numbers(text):
    """The text without the numbers, to show again what someone typed; never refused itself."""
    while span := next(_numbers(text), None):
        start, end = span
        text = text[:start] + _CUT + text[end:]
    return text


def _texts(value):
    """The plain texts in a value that is about to be stored, also inside an expression."""
    if isinstance(value, (str, PhoneNumber)):
        return [str(value)]
    if hasattr(value, "flatten"):
        return [part.value for part in value.flatten() if isinstance(part, Value)]
    return []


class RefusesNationalNumbers:
    """For a model field: refuse in forms and validation, and once more on the way to the table."""

    default_validators = [no_national_number]

    def get_db_prep_save(self, value, connection):
        for text in _texts(value):
            no_national_number(text)
        return super().get_db_prep_save(value, connection)


class FreeTextField(RefusesNationalNumbers, models.TextField):
    """Text that a person types; holds no national register number, whoever writes it."""


class FreeCharField(RefusesNationalNumbers, models.CharField):
    """A line that a person types; holds no national register number, whoever writes it."""
