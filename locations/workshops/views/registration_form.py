"""The form of who comes to a workshop: a name, and one way to reach the person."""

from django import forms
from django.utils.translation import gettext_lazy

from home.messages.registry import LANGUAGES
from locations.places.contact_form import PostcodeContactForm


class RegistrationForm(PostcodeContactForm):
    postcode_why = gettext_lazy("So that we know from where people come to us.")
    postcode_required = False

    # What the page said when it was opened: that one gets a turn in line, and no seat.
    waits = forms.BooleanField(
        widget=forms.HiddenInput(attrs={"autocomplete": "off"}), required=False
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

    def now_waits(self):
        """Say on the form that it is about the waiting list; whoever presses again means that."""
        self.data["waits"] = "on"

    def facts(self):
        """What `registrations.register` wants to know."""
        names = ("name", "phone", "email", "postcode", "language", "remark", "request_key")
        return {name: self.cleaned_data[name] for name in names} | {
            "wait": self.cleaned_data["waits"]
        }
