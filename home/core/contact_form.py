"""The contact details that all forms for visitors ask for."""

import uuid

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy

from home.core.phone import PhoneField
from home.core.public_forms import SpamProtectedForm


class ContactForm(SpamProtectedForm):
    """Name, phone number or e-mail address, and postcode.

    `postcode_why` is the help text of the postcode. The `request_key` identifies a submission, so
    that a form that is sent twice is stored once.
    """

    postcode_why = ""
    postcode_required = True

    request_key = forms.CharField(
        widget=forms.HiddenInput(attrs={"autocomplete": "off"}), required=False
    )
    name = forms.CharField(
        label=gettext_lazy("Your first and last name"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": gettext_lazy("Fill in your name.")},
    )
    phone = PhoneField(
        label=gettext_lazy("Your telephone number"),
        help_text=gettext_lazy("Or fill in your e-mail below. One of the two is enough."),
        error_messages={
            "required": gettext_lazy("Fill in your telephone number or your e-mail address.")
        },
    )
    email = forms.EmailField(
        label=gettext_lazy("Your e-mail address"),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "invalid": gettext_lazy(
                "This is not an e-mail address. Look at it again, for example an@mail.be."
            )
        },
    )
    postcode = forms.CharField(
        label=gettext_lazy("Your postcode"),
        max_length=4,
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "postal-code", "class": "w-s"}
        ),
        error_messages={
            "required": gettext_lazy("Fill in your postcode."),
            "max_length": gettext_lazy("A postcode has 4 digits, for example 9300."),
        },
    )

    def __init__(self, data=None, *args, **kwargs):
        super().__init__(data, *args, **kwargs)
        self.fields["request_key"].initial = uuid.uuid4
        self.fields["postcode"].help_text = self.postcode_why
        self.fields["postcode"].required = self.postcode_required
        if self.is_bound:
            self.fields["phone"].required = not self.data.get(self.add_prefix("email"))

    def clean_request_key(self):
        """Replace an invalid key, as people cannot correct a hidden field."""
        try:
            return uuid.UUID(self.cleaned_data["request_key"])
        except ValueError:
            return uuid.uuid4()

    def clean_name(self):
        name = self.cleaned_data["name"]
        if not any(letter.isalpha() for letter in name):
            raise ValidationError(self.fields["name"].error_messages["required"])
        return name
