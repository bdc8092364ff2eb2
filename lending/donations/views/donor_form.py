"""Form about the donor: contact details, declarations and collection point."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from stdnum.be import vat
from stdnum.exceptions import InvalidChecksum
from stdnum.exceptions import ValidationError as NotANumber

from lending.donations.models import Donor
from locations.places.contact_form import PostcodeContactForm
from locations.places.models import Location

DONOR_FIELDS = ("kind", "organisation", "enterprise_number", "name", "phone", "email", "postcode")
DECLARATION_FIELDS = ("is_owner", "gives_up_ownership", "privacy_read", "wants_attest")
PERSON, COMPANY = Donor.Kind.PERSON, Donor.Kind.COMPANY


def format_enterprise_number(text):
    """Return 'BE 0200 123 470' as 0200.123.470, or raise ValidationError."""
    try:
        number = vat.validate(text)
    except InvalidChecksum as error:
        raise ValidationError(_("This number is not correct. Check the last 2 digits.")) from error
    except NotANumber as error:
        raise ValidationError(
            _("An enterprise number has 10 digits and starts with 0 or 1.")
        ) from error
    return f"{number[:4]}.{number[4:7]}.{number[7:]}"


def declaration_field(label, error):
    """Return a required checkbox with its own error."""
    return forms.BooleanField(label=label, error_messages={"required": error})


class DonorForm(PostcodeContactForm):
    """The donor, the declarations and the collection point of a donation."""

    postcode_why = gettext_lazy("So that we know which collection point is near.")
    field_order = ("request_key", "kind", "organisation", "enterprise_number")

    kind = forms.ChoiceField(
        label=gettext_lazy("I give as"),
        choices=Donor.Kind.choices,
        widget=forms.RadioSelect,
        initial=PERSON,
    )
    organisation = forms.CharField(
        label=gettext_lazy("Name of the company or organisation"),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
        error_messages={"required": gettext_lazy("Fill in the name of the company.")},
    )
    enterprise_number = forms.CharField(
        label=gettext_lazy("Enterprise number"),
        help_text=gettext_lazy("10 digits, starting with 0 or 1."),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "w-m"}),
        error_messages={"required": gettext_lazy("Fill in the enterprise number.")},
    )
    collection_point = forms.ModelChoiceField(
        label=gettext_lazy("Where will you bring it?"),
        queryset=None,
        required=False,
        empty_label=gettext_lazy("To the nearest collection point"),
        error_messages={
            "invalid_choice": gettext_lazy("This is no longer a collection point. Choose again.")
        },
    )
    message = forms.CharField(
        label=gettext_lazy("Do you want to tell us something?"),
        help_text=gettext_lazy("About the devices. Please leave out the names of other people."),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    is_owner = declaration_field(
        gettext_lazy("The devices belong to me or to my company"),
        gettext_lazy("Tick that the devices are yours."),
    )
    gives_up_ownership = declaration_field(
        gettext_lazy("I give them away. I do not get them back."),
        gettext_lazy("Tick that you give the devices away."),
    )
    privacy_read = declaration_field(
        gettext_lazy("I have read what you do with my data"),
        gettext_lazy("Read what we do with your data, and tick it."),
    )
    wants_attest = forms.BooleanField(
        label=gettext_lazy("I want an attest that my data was erased"),
        help_text=gettext_lazy("Optional. You get it once everything is erased."),
        required=False,
    )

    def __init__(self, data=None, *args, kinds=None, **kwargs):
        super().__init__(data, *args, **kwargs)
        self.collection_points = list(Location.objects.collection_points().order_by("name"))
        field = self.fields["collection_point"]
        field.queryset = Location.objects.collection_points()
        field.choices = [
            ("", field.empty_label),
            *((point.pk, point.name) for point in self.collection_points),
        ]
        if kinds:
            self.fields["kind"].choices = [(kind, kind.label) for kind in kinds]
            self.fields["kind"].initial = kinds[0]
        if self.is_bound:
            kind = self.data.get(self.add_prefix("kind"))
            self.fields["organisation"].required = kind != PERSON
            self.fields["enterprise_number"].required = kind == COMPANY

    def clean_organisation(self):
        return "" if self.cleaned_data.get("kind") == PERSON else self.cleaned_data["organisation"]

    def clean_enterprise_number(self):
        number = self.cleaned_data["enterprise_number"]
        if not number or self.cleaned_data.get("kind") == PERSON:
            return ""
        return format_enterprise_number(number)

    def clean(self):
        if not self.collection_points:
            raise ValidationError(
                _("At the moment we cannot take devices anywhere. Call us and we will find a way.")
            )
        return super().clean()

    def donor_fields(self):
        """Return the fields of a Donor."""
        return {name: self.cleaned_data[name] for name in DONOR_FIELDS}

    def declarations(self):
        """Return whether each declaration was made."""
        return {name: self.cleaned_data[name] for name in DECLARATION_FIELDS}

    def chosen_collection_point(self):
        """Return the chosen collection point, or else the one nearest to the postcode."""
        if collection_point := self.cleaned_data["collection_point"]:
            return collection_point
        located = [point for point in self.collection_points if point.lat is not None]
        return min(
            located or self.collection_points[:1],
            key=lambda point: self.origin.distance_to(point.lat, point.lon) if located else 0,
        )
