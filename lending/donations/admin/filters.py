"""Filters of the listing of donations."""

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet

from lending.core.admin.filters import CheckboxFilter, LocationFilter, QuickListFilter
from lending.donations.models import Donation

DONATION_LISTS = {
    "open": (_("To be received"), lambda donations: donations.open()),
    "received": (
        _("To be processed"),
        lambda donations: donations.filter(state=Donation.State.RECEIVED),
    ),
}


class DonationFilterSet(WagtailFilterSet):
    """Filters of the listing of donations."""

    quick = QuickListFilter(DONATION_LISTS)
    state = CheckboxFilter(_("State"), Donation.State, "state")
    collection_point = LocationFilter("collection_point")
    wants_attest = django_filters.BooleanFilter(
        label=_("Wants an attest"), method="asks_attest", widget=forms.CheckboxInput
    )

    class Meta:
        model = Donation
        fields = ["quick", "state", "collection_point", "wants_attest"]

    def asks_attest(self, donations, name, value):
        return donations.filter(wants_attest=True) if value else donations
