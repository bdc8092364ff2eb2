"""Filters of the listings; a quick list is an ordinary filter with a link to it."""

from datetime import timedelta

import django_filters
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet

from lending.core.states import State
from lending.devices.models import Device, DeviceModel, DeviceType, Erasure
from lending.donations.models import Donation
from lending.loans.models import Borrower, Loan, LoanPolicy
from locations.places.access import locations_for


def places_of(request):
    return locations_for(request.user)


def due_this_week(loans):
    today = timezone.localdate()
    return loans.open().filter(due_on__range=(today, today + timedelta(days=7)))


DEVICES = {
    "overdue": (_("Overdue"), lambda devices: devices.overdue()),
    "to_collect": (_("To be collected"), lambda devices: devices.filter(state=State.SET_ASIDE)),
    "to_erase": (_("To be erased"), lambda devices: devices.to_erase()),
    "available": (_("Available"), lambda devices: devices.available()),
    "under_way": (_("In transit"), lambda devices: devices.filter(state=State.IN_TRANSIT)),
}
LOANS = {
    "open": (_("Open loans"), lambda loans: loans.open()),
    "overdue": (_("Overdue"), lambda loans: loans.overdue()),
    "due": (_("Due within a week"), due_this_week),
}
DONATIONS = {
    "open": (_("To be received"), lambda donations: donations.open()),
    "received": (
        _("To be processed"),
        lambda donations: donations.filter(state=Donation.State.RECEIVED),
    ),
}

SEARCHED = ["number", "serial", "model__brand", "model__name"]
"""What the search box of the list of devices looks at."""


class QuickFilter(django_filters.ChoiceFilter):
    """One of the questions of a table like DEVICES."""

    def __init__(self, questions, **kwargs):
        self.questions = questions
        super().__init__(
            label=_("List"),
            choices=[(name, label) for name, (label, _question) in questions.items()],
            widget=forms.RadioSelect,
            empty_label=_("All"),
            **kwargs,
        )

    def filter(self, rows, value):
        return self.questions[value][1](rows) if value else rows


def many(label, choices, field=None):
    return django_filters.MultipleChoiceFilter(
        label=label, choices=choices, field_name=field, widget=forms.CheckboxSelectMultiple
    )


class SafeChoices(django_filters.fields.ModelMultipleChoiceField):
    """A number that no database can hold is simply not one of the choices."""

    def _check_values(self, value):
        if any(len(str(one)) > 18 for one in value):
            raise forms.ValidationError(self.error_messages["invalid_pk_value"] % {"pk": "…"})
        return super()._check_values(value)


class ModelChoicesFilter(django_filters.ModelMultipleChoiceFilter):
    field_class = SafeChoices


def many_places(field):
    return ModelChoicesFilter(
        label=_("Place"),
        field_name=field,
        queryset=places_of,
        widget=forms.CheckboxSelectMultiple,
    )


def many_types(field):
    return ModelChoicesFilter(
        label=_("Type"),
        field_name=field,
        queryset=lambda request: DeviceType.objects.all(),
        widget=forms.CheckboxSelectMultiple,
    )


class PlaceAndTypeFilterSet(WagtailFilterSet):
    type = many_types("model__type")
    location = many_places("location")

    class Meta:
        model = Device
        fields = ["type", "location"]


class DeviceFilterSet(PlaceAndTypeFilterSet):
    quick = QuickFilter(DEVICES)
    state = many(_("State"), State, "state")
    grade = many(_("Grade"), Device.Grade, "grade")
    source = many(_("Source"), Device.Source, "source")

    class Meta:
        model = Device
        fields = ["quick", "state", "type", "location", "grade", "source"]


class LoanFilterSet(WagtailFilterSet):
    quick = QuickFilter(LOANS)
    location = many_places("device__location")
    type = many_types("device__model__type")
    outcome = many(_("Outcome"), Loan.Outcome, "outcome")

    class Meta:
        model = Loan
        fields = ["quick", "location", "type", "outcome"]


class BorrowerFilterSet(WagtailFilterSet):
    location = many_places("location")
    with_device = django_filters.BooleanFilter(
        label=_("Has a device now"), method="has_device", widget=forms.CheckboxInput
    )

    class Meta:
        model = Borrower
        fields = ["location", "with_device"]

    def has_device(self, borrowers, name, value):
        return (
            borrowers.filter(pk__in=Loan.objects.open().values("borrower")) if value else borrowers
        )


class DonationFilterSet(WagtailFilterSet):
    quick = QuickFilter(DONATIONS)
    state = many(_("State"), Donation.State, "state")
    collection_point = many_places("collection_point")
    wants_attest = django_filters.BooleanFilter(
        label=_("Wants an attest"), method="asks_attest", widget=forms.CheckboxInput
    )

    class Meta:
        model = Donation
        fields = ["quick", "state", "collection_point", "wants_attest"]

    def asks_attest(self, donations, name, value):
        return donations.filter(wants_attest=True) if value else donations


class ErasureFilterSet(WagtailFilterSet):
    result = many(_("Result"), Erasure.Result, "result")
    method = many(_("Method"), Erasure.Method, "method")
    location = many_places("medium__device__location")

    class Meta:
        model = Erasure
        fields = ["result", "method", "location"]


class LoanPolicyFilterSet(WagtailFilterSet):
    location = many_places("location")

    class Meta:
        model = LoanPolicy
        fields = ["location"]


class DeviceModelFilterSet(WagtailFilterSet):
    type = many_types("type")

    class Meta:
        model = DeviceModel
        fields = ["type"]
