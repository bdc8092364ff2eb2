"""The form for who asks something: what, who, and which digipunt answers."""

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
MOST_CHOICES = 8
PARTS = [("morning", gettext_lazy("In the morning")), ("noon", gettext_lazy("In the afternoon"))]
DEVICES = [
    ("laptop", gettext_lazy("Laptop")),
    ("desktop", gettext_lazy("Desktop computer")),
    ("tablet", gettext_lazy("Tablet")),
    ("smartphone", gettext_lazy("Smartphone")),
]


class HelpForm(PostcodeContactForm):
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
            "For example: I can not open my mail on my phone. Do not write passwords, PIN codes or "
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
        choices=PARTS,
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

    def __init__(self, data=None, *args, place=None, **kwargs):
        """`place`: the code of the digipunt from whose page somebody comes."""
        super().__init__(data, *args, **kwargs)
        self.fields["topic"].queryset = Topic.objects.offered()
        self.digipunten = Location.objects.digipunten().not_withdrawn()
        self.fields["location"].queryset = self.digipunten
        self.offered = []
        if self.is_bound:
            self.fields["address"].required = self.data.get("kind") == Kind.HOME_VISIT
            self._offer(self._posted_place())
            if not self.offered:  # it closed its doors meanwhile: the postcode says where to
                self.data["location"] = ""
        elif place and "\0" not in place:
            self._offer(list(self.digipunten.filter(code=place)))

    def _posted_place(self):
        key = self.data.get("location", "")
        known = key.isascii() and key.isdecimal() and len(key) < 19
        return list(self.digipunten.filter(pk=int(key))) if known else []

    def _offer(self, places):
        """Show these places as choices, of which the first is chosen already."""
        self.offered = places[:MOST_CHOICES]
        field = self.fields["location"]
        field.choices = [(place.pk, place.name) for place in self.offered]
        if self.offered:
            field.initial = self.offered[0].pk
            field.required = True  # as one is chosen already

    def clean_location(self):
        """The chosen one; else that of the postcode, or the nearest; or a question back."""
        if chosen := self.cleaned_data["location"]:
            return chosen
        if self.origin is None:
            return None
        found = rank_locations(self._who_answers(), self.origin)
        if not found:
            raise ValidationError(_("We can not take questions here now. Call us: we help you."))
        own = [one.location for one in found if one.in_municipality]
        if len(own) < 2 or self.cleaned_data.get("kind") == Kind.HOME_VISIT:
            return found[0].location
        self._offer(own)
        self.data["location"] = str(own[0].pk)
        raise ValidationError(
            _("There are several digipunten near you. Choose one, and press again."), code="choose"
        )

    def _who_answers(self):
        """Not the bus, which is somewhere else tomorrow, unless there is nothing else."""
        every = list(self.digipunten)
        return [place for place in every if place.kind != Location.Kind.BUS] or every

    def facts(self):
        """What `help_requests.ask` keeps of it."""
        data = self.cleaned_data
        plain = ("kind", "topic", "question", "name", "phone", "email", "postcode", "location")
        return {name: data[name] for name in (*plain, "address", "request_key")} | {
            "wishes": self._wishes()
        }

    def _wishes(self):
        data, said = self.cleaned_data, []
        if data["kind"] == Kind.HOME_VISIT and data["part"]:
            parts = [str(label) for value, label in PARTS if value in data["part"]]
            said.append(_("Suits best: %(when)s.") % {"when": ", ".join(parts).lower()})
        if data["kind"] == Kind.OWN_DEVICE and data["device"]:
            said.append(_("Device: %(device)s.") % {"device": dict(DEVICES)[data["device"]]})
        return " ".join(said)
