"""Refuse national register numbers in free text.

Using the number without authorisation is forbidden (law of 8 August 1983, art. 8), so that no free
text may hold one. `FreeTextField` and `FreeCharField` check this in forms and in every write
through the ORM.
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
_FORMATTED = re.compile(r"\d{2}[.\s]\d{2}[.\s]\d{2}[-\s‐-―−]\d{3}[.\s]?\d{2}")
_LETTERS_BEFORE = re.compile(r"[^\W\d_]+$")
_LABELS = {"rr", "rrn", "rrnr", "nn", "nr", "no", "insz", "niss", "ssin", "bis"}
_ELLIPSIS = "…"


class NationalNumberRefused(ValidationError):
    """A text holds something that looks like a national register number."""

    def __init__(self):
        super().__init__(
            _(
                "This looks like a national register number. We are not allowed to keep that "
                "number. Leave it out and try again."
            ),
            code="national_number",
        )


def _is_valid(digits):
    """Whether the date of birth and the check digits of eleven digits are valid.

    A day of zero stands for an unknown day of birth; bis numbers add 20 or 40 to the month.
    """
    return int(digits[4:6]) <= 31 and (nn.is_valid(digits) or bis.is_valid(digits))


def _is_national_number(text, start, candidate):
    if _FORMATTED.fullmatch(candidate) and not text[:start].endswith("+"):
        return True
    before = _LETTERS_BEFORE.search(text[:start][-30:])
    after = text[start + len(candidate) :][:1]
    if text[:start].endswith("+") or after.isalpha():
        return False  # a telephone number with its country, a serial number
    if before and before[0].lower() not in _LABELS:
        return False
    return _is_valid("".join(str(int(letter)) for letter in candidate if letter.isdecimal()))


def _spans(text):
    """Yield the start and end of each national register number."""
    for match in _CANDIDATE.finditer(text):
        if _is_national_number(text, match.start(), match[1]):
            yield match.start(), match.end(1)


def contains_national_number(text):
    """Whether a text holds a national register number."""
    return next(_spans(str(text)), None) is not None


def validate_no_national_number(text):
    """Raise NationalNumberRefused if a text holds a national register number."""
    if isinstance(text, (str, PhoneNumber)) and contains_national_number(text):
        raise NationalNumberRefused


def remove_national_numbers(text):
    """Return the text with an ellipsis instead of each number; it always passes validation."""
    while span := next(_spans(text), None):
        start, end = span
        text = text[:start] + _ELLIPSIS + text[end:]
    return text


def _texts(value):
    """Return the texts in a value to store, also those inside an expression."""
    if isinstance(value, (str, PhoneNumber)):
        return [str(value)]
    if hasattr(value, "flatten"):
        return [part.value for part in value.flatten() if isinstance(part, Value)]
    return []


class NationalNumberFieldMixin:
    """A model field that refuses national register numbers in validation and when saving."""

    default_validators = [validate_no_national_number]

    def get_db_prep_save(self, value, connection):
        for text in _texts(value):
            validate_no_national_number(text)
        return super().get_db_prep_save(value, connection)


class FreeTextField(NationalNumberFieldMixin, models.TextField):
    """A text field for free text; refuses national register numbers."""


class FreeCharField(NationalNumberFieldMixin, models.CharField):
    """A character field for free text; refuses national register numbers."""
