"""The public registration form: a name, and one way to reach the person."""

from django import forms
from django.utils.translation import gettext_lazy

from home.messages.registry import LANGUAGES
from locations.places.contact_form import PostcodeContactForm
from locations.workshops.applicants import Applicant, Origin


class RegistrationForm(PostcodeContactForm):
    """The person, and whether the page offered a seat or the waiting list."""

    postcode_why = gettext_lazy("It shows us where our visitors come from.")
    postcode_required = False

    # Whether the page offered the waiting list, and not a seat, when it was rendered.
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

    def offer_waiting_list(self):
        """Make the form about the waiting list, for when it is sent again."""
        self.data["waits"] = "on"

    def applicant(self):
        """Return the person as an `Applicant`."""
        names = ("name", "phone", "email", "postcode", "language", "remark")
        return Applicant(**{name: self.cleaned_data[name] for name in names})

    def registration_origin(self):
        """Return the `Origin` of a registration through the site."""
        return Origin(request_key=self.cleaned_data["request_key"])
