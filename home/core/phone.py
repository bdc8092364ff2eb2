"""Telephone numbers: stored in E.164, shown the way people write them.

A field accepts any writing. It stores a valid number as +32470123456, so that equal numbers are
equal, and any other text, such as a number of four digits, as it was typed.
"""

import re

import phonenumbers
from django import forms
from django.conf import settings
from django.db.models.lookups import IContains, Lookup
from django.utils.translation import gettext_lazy as _
from phonenumber_field import formfields, modelfields, phonenumber

from home.core.personal_data import NationalNumberFieldMixin


class PhoneNumber(phonenumber.PhoneNumber):
    """A number that prints in national format here, and with its country code elsewhere."""

    def __str__(self):
        if not self.is_valid():
            return self.raw_input
        is_local = phonenumbers.region_code_for_number(self) == settings.PHONENUMBER_DEFAULT_REGION
        return self.as_national if is_local else self.as_international

    @property
    def storable(self):
        """The text in the database: E.164, or the text as shown if that would lose something."""
        return self.as_e164 if self.is_valid() and not self.extension else str(self)


def to_phone_number(value):
    """Return a text or a number as a PhoneNumber, and an empty value as it is.

    Text with letters, such as a number with an extension, is not a valid number.
    """
    if isinstance(value, PhoneNumber):
        return value
    if isinstance(value, str):
        value = value.strip()
        if re.search(r"[^\W\d_]", value):
            return PhoneNumber(raw_input=value)
    number = phonenumber.to_python(value)
    if not isinstance(number, phonenumbers.PhoneNumber):
        return number
    own_number = PhoneNumber()
    own_number.merge_from(number)
    return own_number


def last_digits(number, count=2):
    """Return the last digits of a number, which remind people of it without showing it."""
    return re.sub(r"\D", "", str(number))[-count:]


def dial_string(number):
    """Return a number, or its text, as a `tel:` link needs it, for example "+3220000000"."""
    text = str(number)
    parsed = phonenumber.to_python(text)
    if parsed and phonenumbers.is_possible_number(parsed):
        return parsed.as_e164
    return re.sub(r"[^\d+]", "", text)


class PhoneNumberDescriptor(modelfields.PhoneNumberDescriptor):
    """Attribute of a model that turns what it is given into a PhoneNumber."""

    def __set__(self, instance, value):
        instance.__dict__[self.field.name] = to_phone_number(value)


class PhoneNumberField(NationalNumberFieldMixin, modelfields.PhoneNumberField):
    """A telephone number in E.164, or a text that is not a valid number; see PhoneField."""

    descriptor_class = PhoneNumberDescriptor

    def to_python(self, value):
        return to_phone_number(value)

    def from_db_value(self, value, expression, connection):
        return to_phone_number(value)

    def get_prep_value(self, value):
        number = to_phone_number(value)
        return number.storable if isinstance(number, PhoneNumber) else number

    def formfield(self, **kwargs):
        # A text field: what staff type about a location may be more than a number.
        return super(modelfields.PhoneNumberField, self).formfield(**kwargs)


@PhoneNumberField.register_lookup
class PhoneNumberContains(Lookup):
    """Search in numbers as people write them: "0470 12" is in +32470123456."""

    lookup_name = "icontains"
    prepare_rhs = False

    def as_sql(self, compiler, connection):
        text = str(self.rhs)
        searches = [IContains(self.lhs, text)]
        digits = re.sub(r"\D", "", text).lstrip("0")
        if len(digits) >= 3 and re.fullmatch(r"[\d\s()+/.-]+", text):
            searches.append(IContains(self.lhs, digits))
        compiled = [search.as_sql(compiler, connection) for search in searches]
        sql = " OR ".join(part for part, _params in compiled)
        return f"({sql})", [param for _part, params in compiled for param in params]


class PhoneField(formfields.PhoneNumberField):
    """Form field for a telephone number, Belgian or with its country code."""

    widget = forms.TextInput(
        attrs={"type": "tel", "inputmode": "tel", "autocomplete": "tel", "class": "w-m"}
    )
    default_error_messages = {
        "invalid": _("This is not a telephone number. Look at it again, for example 0470 12 34 56.")
    }

    def __init__(self, *, widget=None, **kwargs):
        super().__init__(max_length=30, widget=widget or self.widget, **kwargs)

    def to_python(self, value):
        return to_phone_number(super().to_python(value))
