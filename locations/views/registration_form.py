"""The form of who comes to a workshop: a name, and one way to reach the person."""

import uuid

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from home.message_kinds import LANGUAGES
from home.phone import PhoneField
from home.public_forms import HumanForm
from locations.models import Postcode


class RegistrationForm(HumanForm):
    request_key = forms.UUIDField(
        widget=forms.HiddenInput(attrs={"autocomplete": "off"}), required=False
    )
    # What the page said when it was opened: that one gets a turn in line, and no seat.
    waits = forms.BooleanField(
        widget=forms.HiddenInput(attrs={"autocomplete": "off"}), required=False
    )
    name = forms.CharField(
        label=gettext_lazy("Your first name and name"),
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
        help_text=gettext_lazy("So that we know from where people come to us."),
        max_length=4,
        required=False,
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "postal-code", "class": "w-s"}
        ),
        error_messages={"max_length": gettext_lazy("A postcode has 4 figures, for example 9300.")},
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Which language do you speak best?"),
        choices=[("", gettext_lazy("Choose one")), *LANGUAGES.items()],
        required=False,
    )
    remark = forms.CharField(
        label=gettext_lazy("Is there something we should know?"),
        help_text=gettext_lazy("For example: I come in a wheelchair. Nothing medical."),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, data=None, *args, **kwargs):
        super().__init__(data, *args, **kwargs)
        self.fields["request_key"].initial = uuid.uuid4
        if self.is_bound:
            self.fields["phone"].required = not self.data.get("email")

    def now_waits(self):
        """Say on the form that it is about the waiting list; whoever presses again means that."""
        self.data["waits"] = "on"

    def clean_name(self):
        name = self.cleaned_data["name"]
        if not any(letter.isalpha() for letter in name):
            raise ValidationError(self.fields["name"].error_messages["required"])
        return name

    def clean_postcode(self):
        code = self.cleaned_data["postcode"].strip()
        if code and not Postcode.objects.filter(code=code).exists():
            raise ValidationError(
                _("We do not know this postcode. It has 4 figures, for example 9300.")
            )
        return code

    def facts(self):
        """What `registrations.register` wants to know."""
        names = ("name", "phone", "email", "postcode", "language", "remark", "request_key")
        return {name: self.cleaned_data[name] for name in names} | {
            "wait": self.cleaned_data["waits"]
        }
