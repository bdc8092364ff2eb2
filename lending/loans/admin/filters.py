"""Filters of the listings of loans, borrowers and loan policies."""

from datetime import timedelta

import django_filters
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet

from lending.core.admin.filters import CheckboxFilter, LocationFilter, QuickListFilter
from lending.devices.admin.filters import DeviceTypeFilter
from lending.loans.models import Borrower, Loan, LoanPolicy


def due_this_week(loans):
    today = timezone.localdate()
    return loans.open().filter(due_on__range=(today, today + timedelta(days=7)))


LOAN_LISTS = {
    "open": (_("Open loans"), lambda loans: loans.open()),
    "overdue": (_("Overdue"), lambda loans: loans.overdue()),
    "due": (_("Due within a week"), due_this_week),
}


class LoanFilterSet(WagtailFilterSet):
    quick = QuickListFilter(LOAN_LISTS)
    location = LocationFilter("device__location")
    type = DeviceTypeFilter("device__model__type")
    outcome = CheckboxFilter(_("Outcome"), Loan.Outcome, "outcome")

    class Meta:
        model = Loan
        fields = ["quick", "location", "type", "outcome"]


class BorrowerFilterSet(WagtailFilterSet):
    location = LocationFilter("location")
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


class LoanPolicyFilterSet(WagtailFilterSet):
    location = LocationFilter("location")

    class Meta:
        model = LoanPolicy
        fields = ["location"]
