"""Telephone numbers, in any writing that people use."""

import phonenumbers
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

COUNTRY = "BE"


def read(text):
    """'0470/12.34.56' and '0032 470123456' are both 0470 12 34 56. Raises ValidationError.

    A Belgian number comes back as one dials it here, another one with its country.
    """
    try:
        number = phonenumbers.parse(text, COUNTRY)
    except phonenumbers.NumberParseException:
        number = None
    if number is None or not phonenumbers.is_valid_number(number):
        raise ValidationError(
            _("This is not a telephone number. Look at it again, for example 0470 12 34 56."),
            code="phone",
        )
    here = phonenumbers.region_code_for_number(number) == COUNTRY
    form = phonenumbers.PhoneNumberFormat
    return phonenumbers.format_number(number, form.NATIONAL if here else form.INTERNATIONAL)


class PhoneField(forms.CharField):
    """A telephone number, cleaned to one way of writing."""

    widget = forms.TextInput(
        attrs={"type": "tel", "inputmode": "tel", "autocomplete": "tel", "class": "w-m"}
    )

    def __init__(self, **kwargs):
        super().__init__(max_length=30, **kwargs)

    def clean(self, value):
        value = super().clean(value)
        return read(value) if value else value


def dial_string(text):
    """Return a telephone number as a `tel:` link needs it, for example "+3220000000"."""
    digits = "".join(letter for letter in str(text) if letter.isdigit() or letter == "+")
    return f"+32{digits[1:]}" if digits.startswith("0") and digits[:2] != "00" else digits
