"""Base classes of forms for visitors: no national register numbers, and no spam."""

import time

from django import forms
from django.core.signing import BadSignature, TimestampSigner
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from home.core.personal_data import (
    NationalNumberRefused,
    contains_national_number,
    remove_national_numbers,
)

MIN_AGE = 1  # seconds between opening and sending a form
MAX_AGE = 7 * 24 * 3600
_signer = TimestampSigner(salt="home.public_forms")


class PublicForm(forms.Form):
    """A form that removes national register numbers from its data, with an error at the field."""

    use_required_attribute = False  # the messages of the browser would hide ours

    def __init__(self, data=None, *args, **kwargs):
        self._fields_with_numbers = set()
        prefix = kwargs.get("prefix") or ""
        if data is not None:
            data = data.copy()
            for name, values in list(data.lists()):
                if name.startswith(prefix) and any(
                    contains_national_number(value) for value in values
                ):
                    self._fields_with_numbers.add(name)
                    data.setlist(name, [remove_national_numbers(value) for value in values])
        super().__init__(data, *args, **kwargs)

    def full_clean(self):
        super().full_clean()
        if not self.is_bound:
            return
        for name in self.fields:
            if self.add_prefix(name) in self._fields_with_numbers:
                self._errors.pop(name, None)
                self.add_error(name, NationalNumberRefused())

    @property
    def had_national_number(self):
        """Whether a national register number was removed from the data."""
        return bool(self._fields_with_numbers)

    def as_typed(self):
        """Return the data, to use as initial values of a form that is not validated yet."""
        return {name: self[name].data for name in self.fields}


class SpamProtectedForm(PublicForm):
    """A form that writes data, with a honeypot field and a signed timestamp.

    A form that is refused keeps its data and gets a new timestamp.
    """

    website = forms.CharField(
        label=gettext_lazy("Leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    opened = forms.CharField(
        required=False, widget=forms.HiddenInput(attrs={"autocomplete": "off"})
    )

    def __init__(self, data=None, *args, **kwargs):
        super().__init__(data, *args, **kwargs)
        self.fields["opened"].initial = timestamp
        if self.is_bound:
            self._check_for_spam()

    def _check_for_spam(self):
        """Set the error that asks a person to send the form again, and repair its data."""
        self.spam_error = ""
        opened, honeypot = self.add_prefix("opened"), self.add_prefix("website")
        age = _age(self.data.get(opened, ""))
        if self.data.get(honeypot):
            self.data[honeypot] = ""
            self.spam_error = _(
                "Something filled in a hidden field. We emptied it. Please send the form again."
            )
        elif age is None or age > MAX_AGE:
            self.spam_error = _(
                "This page was open for a long time. Check that everything is still right, and "
                "send it again."
            )
        elif age < MIN_AGE:
            self.spam_error = _("That was very fast. Please send the form again.")
        if age is None or age > MAX_AGE:
            self.data[opened] = timestamp()

    def clean(self):
        if self.spam_error:
            self.add_error(None, self.spam_error)
        return super().clean()


def timestamp():
    """Return the current time in seconds, signed."""
    return _signer.sign(f"{int(time.time())}")


def _age(signed):
    """Return the seconds since a form was opened, or None for an invalid timestamp."""
    try:
        return time.time() - int(_signer.unsign(signed))
    except (BadSignature, ValueError):
        return None
