"""What every form for visitors does: keep what was typed, but no national register number, and
stop robots without a puzzle.
"""

import time

from django import forms
from django.core.signing import BadSignature, TimestampSigner
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from home.core.personal_data import (
    NationalNumberRefused,
    cut_national_numbers,
    holds_national_number,
)

QUICKEST = 1  # seconds from opening to sending, for a person
OLDEST = 7 * 24 * 3600
_signer = TimestampSigner(salt="home.public_forms")


class PublicForm(forms.Form):
    """A form whose answers come back without national register numbers, with the reason."""

    use_required_attribute = False  # the browser's own bubbles hide our sentences

    def __init__(self, data=None, *args, **kwargs):
        self._held_numbers = set()
        prefix = kwargs.get("prefix") or ""
        if data is not None:
            data = data.copy()
            for name, values in list(data.lists()):
                if name.startswith(prefix) and any(
                    holds_national_number(value) for value in values
                ):
                    self._held_numbers.add(name)
                    data.setlist(name, [cut_national_numbers(value) for value in values])
        super().__init__(data, *args, **kwargs)

    def full_clean(self):
        super().full_clean()
        if not self.is_bound:
            return
        for name in self.fields:
            if self.add_prefix(name) in self._held_numbers:
                self._errors.pop(name, None)
                self.add_error(name, NationalNumberRefused())

    @property
    def held_number(self):
        """Whether a national register number was cut out of the answers."""
        return bool(self._held_numbers)

    def as_typed(self):
        """What was typed, to show it again on a form that is not judged yet."""
        return {name: self[name].data for name in self.fields}


class HumanForm(PublicForm):
    """For forms that write something: a field that only robots fill in, and a stamp of the time.

    Nobody loses what they typed: whoever is stopped gets the form back, with a fresh stamp.
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
        self.fields["opened"].initial = stamp
        if self.is_bound:
            self._judge()

    def _judge(self):
        """Why a person has to press the button once more; the form itself is put right."""
        self.stopped = ""
        opened, trap = self.add_prefix("opened"), self.add_prefix("website")
        age = _age(self.data.get(opened, ""))
        if self.data.get(trap):
            self.data[trap] = ""
            self.stopped = _("Something was filled in for you. We emptied it. Press again.")
        elif age is None or age > OLDEST:
            self.stopped = _(
                "This page stood open for a long time. Look whether everything is still right, "
                "and press again."
            )
        elif age < QUICKEST:
            self.stopped = _("That went very fast. Press again.")
        if age is None or age > OLDEST:
            self.data[opened] = stamp()

    def clean(self):
        if self.stopped:
            self.add_error(None, self.stopped)
        return super().clean()


def stamp():
    return _signer.sign(f"{int(time.time())}")


def _age(signed):
    """Seconds since a form was opened, or None when the stamp is not ours."""
    try:
        return time.time() - int(_signer.unsign(signed))
    except (BadSignature, ValueError):
        return None
