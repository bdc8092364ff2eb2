"""Public form to ask for help, which also chooses the digipunt that answers."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from locations.core.models import Topic
from locations.helpdesk.models import HelpRequest
from locations.places.contact_form import PostcodeContactForm
from locations.places.geocoding import rank_locations
from locations.places.models import Location

Kind = HelpRequest.Kind
MAX_CHOICES = 8
PARTS_OF_DAY = [
    ("morning", gettext_lazy("In the morning")),
    ("noon", gettext_lazy("In the afternoon")),
]
DEVICES = [
    ("laptop", gettext_lazy("Laptop")),
    ("desktop", gettext_lazy("Desktop computer")),
    ("tablet", gettext_lazy("Tablet")),
    ("smartphone", gettext_lazy("Smartphone")),
]


class HelpRequestForm(PostcodeContactForm):
    """A help request of a visitor, who may choose a digipunt near their postcode."""

    postcode_why = gettext_lazy("So that we know which digipunt helps you.")
    field_order = (
        *("request_key", "kind", "topic", "question", "address", "part", "device", "name"),
        *("postcode", "location", "phone", "email"),
    )

    kind = forms.ChoiceField(
        label=gettext_lazy("What can we help you with?"),
        choices=[
            (Kind.QUESTION, gettext_lazy("I have a question")),
            (Kind.HOME_VISIT, gettext_lazy("Can somebody come to my home?")),
            (Kind.OWN_DEVICE, gettext_lazy("My own device is slow or broken")),
        ],
        widget=forms.RadioSelect,
        initial=Kind.QUESTION,
    )
    topic = forms.ModelChoiceField(
        label=gettext_lazy("What is it about?"),
        queryset=Topic.objects.none(),
        required=False,
        empty_label=gettext_lazy("I do not know"),
    )
    question = forms.CharField(
        label=gettext_lazy("Tell it in your own words"),
        help_text=gettext_lazy(
            "For example: I cannot open my mail on my phone. Do not write passwords, PIN codes or "
            "your national register number."
        ),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": gettext_lazy("Tell what your question is.")},
    )
    address = forms.CharField(
        label=gettext_lazy("Your street and number"),
        help_text=gettext_lazy("We use this only to come to you."),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
        error_messages={"required": gettext_lazy("Fill in your street and number.")},
    )
    part = forms.MultipleChoiceField(
        label=gettext_lazy("When does it suit you?"),
        choices=PARTS_OF_DAY,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    device = forms.ChoiceField(
        label=gettext_lazy("Which device?"),
        choices=DEVICES,
        required=False,
        widget=forms.RadioSelect,
    )
    location = forms.ModelChoiceField(
        label=gettext_lazy("Which digipunt suits you?"),
        queryset=Location.objects.none(),
        required=False,
        empty_label=None,
        widget=forms.RadioSelect,
    )

    def __init__(self, data=None, *args, location_code=None, **kwargs):
        """`location_code` is the code of the digipunt whose page linked to the form."""
        super().__init__(data, *args, **kwargs)
        self.fields["topic"].queryset = Topic.objects.offered()
        self.digipunten = Location.objects.digipunten().not_withdrawn()
        self.fields["location"].queryset = self.digipunten
        self.offered = []
        if self.is_bound:
            self.fields["address"].required = self.data.get("kind") == Kind.HOME_VISIT
            self._offer(self._submitted_location())
            if not self.offered:  # withdrawn in the meantime: use the postcode
                self.data["location"] = ""
        elif location_code and "\0" not in location_code:
            self._offer(list(self.digipunten.filter(code=location_code)))

    def _submitted_location(self):
        key = self.data.get("location", "")
        is_key = key.isascii() and key.isdecimal() and len(key) < 19
        return list(self.digipunten.filter(pk=int(key))) if is_key else []

    def _offer(self, locations):
        """Offer locations as choices, with the first one selected."""
        self.offered = locations[:MAX_CHOICES]
        field = self.fields["location"]
        field.choices = [(location.pk, location.name) for location in self.offered]
        if self.offered:
            field.initial = self.offered[0].pk
            field.required = True

    def clean_location(self):
        """Return the chosen or the nearest location; offer those of the municipality if several."""
        if location := self.cleaned_data["location"]:
            return location
        if self.origin is None:
            return None
        nearest = rank_locations(self._answering_locations(), self.origin)
        if not nearest:
            raise ValidationError(_("We cannot take questions here now. Call us: we help you."))
        same_municipality = [row.location for row in nearest if row.in_municipality]
        if len(same_municipality) < 2 or self.cleaned_data.get("kind") == Kind.HOME_VISIT:
            return nearest[0].location
        self._offer(same_municipality)
        self.data["location"] = str(same_municipality[0].pk)
        raise ValidationError(
            _("There are several digipunten near you. Choose one, and press again."), code="choose"
        )

    def _answering_locations(self):
        """Return the digipunten without the bus, which moves, unless there is nothing else."""
        digipunten = list(self.digipunten)
        fixed = [location for location in digipunten if location.kind != Location.Kind.BUS]
        return fixed or digipunten

    def help_request_fields(self):
        """Return the arguments of `create_help_request`."""
        data = self.cleaned_data
        names = ("kind", "topic", "question", "name", "phone", "email", "postcode", "location")
        return {name: data[name] for name in (*names, "address", "request_key")} | {
            "wishes": self._wishes()
        }

    def _wishes(self):
        data, wishes = self.cleaned_data, []
        if data["kind"] == Kind.HOME_VISIT and data["part"]:
            parts = [str(label) for value, label in PARTS_OF_DAY if value in data["part"]]
            wishes.append(_("Suits best: %(when)s.") % {"when": ", ".join(parts).lower()})
        if data["kind"] == Kind.OWN_DEVICE and data["device"]:
            wishes.append(_("Device: %(device)s.") % {"device": dict(DEVICES)[data["device"]]})
        return " ".join(wishes)
