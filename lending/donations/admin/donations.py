"""Listing of donations, and the page and documents of a donation."""

from django.contrib.admin.utils import quote
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, TitleColumn

from home.core.admin.base import Button, ScopedInspectView, StaffViewMixin
from lending.core.admin.columns import WIDE, DateTimeColumn
from lending.core.admin.printing import pdf_response
from lending.core.admin.viewsets import QuickListView, StaffModelViewSet
from lending.core.errors import LendingError
from lending.devices.documents.label import label_pdf
from lending.devices.models import Device
from lending.donations.admin.filters import DONATION_LISTS, DonationFilterSet
from lending.donations.documents.attest import attest_pdf
from lending.donations.documents.receipt import receipt_pdf
from lending.donations.models import Attest, Donation
from lending.donations.operations import attests

TONES = {
    Donation.State.REGISTERED: "wait",
    Donation.State.IN_PROGRESS: "busy",
    Donation.State.RECEIVED: "busy",
    Donation.State.REFUSED: "gone",
    Donation.State.PROCESSED: "good",
}


class DonationStateColumn(Column):
    """The state of a donation as a badge."""

    cell_template_name = "lending/donations/admin/includes/donation_state_cell.html"

    def get_cell_context_data(self, instance, parent_context):
        context = super().get_cell_context_data(instance, parent_context)
        return context | {"tone": TONES.get(instance.state, "plain")}


class DonationIndexView(QuickListView):
    """Listing of donations."""

    default_ordering = "-registered_at"
    quick_lists = DONATION_LISTS

    def get_base_queryset(self):
        donations = super().get_base_queryset().select_related("donor", "collection_point")
        return donations.with_counts()

    @cached_property
    def columns(self):
        return [
            TitleColumn(
                "number",
                label=gettext_lazy("Number"),
                get_url=lambda donation: reverse("donation:inspect", args=[quote(donation.pk)]),
                sort_key="number",
            ),
            DonationStateColumn("state", label=gettext_lazy("State"), sort_key="state"),
            Column("donor", label=gettext_lazy("Donor"), accessor="donor.display_name"),
            Column("offered", label=gettext_lazy("Devices"), sort_key="offered"),
            Column("collection_point", label=gettext_lazy("Place"), classname=WIDE),
            DateTimeColumn(
                "registered_at", label=gettext_lazy("Registered"), sort_key="registered_at"
            ),
        ]


class DonationInspectView(ScopedInspectView):
    """Page of a donation."""

    page_title = gettext_lazy("Donation")

    def get_object(self, queryset=None):
        donations = Donation.objects.visible_to(self.request.user).with_counts()
        donations = donations.select_related("donor", "collection_point")
        return get_object_or_404(donations, pk=self.pk)

    def get_fields_context(self):
        return []

    @cached_property
    def header_more_buttons(self):
        pk = self.object.pk
        buttons = []
        if self.user_has_permission("receive"):
            url = reverse("reception:donation", args=[pk])
            buttons.append(Button(_("Receive"), url=url, icon_name="download", priority=5))
        url = reverse("donation:receipt", args=[pk])
        buttons.append(Button(_("Print receipt"), url=url, icon_name="doc-full", priority=10))
        return buttons

    def get_context_data(self, **kwargs):
        lines = self.object.lines.select_related("type", "device__location").order_by("position")
        return super().get_context_data(**kwargs) | {
            "donation": self.object,
            "tone": TONES.get(self.object.state, "plain"),
            "lines": lines[:200],
            "attest": Attest.objects.filter(donation=self.object).first(),
            "may_issue": self.user_has_any_permission(["receive", "change"]),
        }


class DonationDocumentView(StaffViewMixin, View):
    """A document about a donation that the user may see."""

    model = Donation
    any_permission_required = ["view", "receive"]

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        donations = Donation.objects.visible_to(request.user)
        donations = donations.select_related("donor", "collection_point")
        self.donation = get_object_or_404(donations, pk=kwargs["pk"])


class ReceiptView(DonationDocumentView):
    """The receipt of a donation."""

    def get(self, request, pk):
        return pdf_response(receipt_pdf(self.donation), f"ontvangstbewijs-{self.donation.number}")


class LabelsView(DonationDocumentView):
    """The labels of all accepted devices."""

    def get(self, request, pk):
        devices = Device.objects.visible_to(request.user).with_model()
        devices = list(devices.filter(donation_line__donation=self.donation)[:500])
        if not devices:
            messages.error(request, _("No device of this donation is accepted yet."))
            return redirect("donation:inspect", pk)
        return pdf_response(label_pdf(devices), f"labels-{self.donation.number}")


class AttestView(DonationDocumentView):
    """GET shows the issued attest; POST issues it."""

    def get(self, request, pk):
        attest = get_object_or_404(Attest, donation=self.donation)
        return pdf_response(attest_pdf(attest), f"attest-{attest.number}")

    def post(self, request, pk):
        if not self.user_has_any_permission(["receive", "change"]):
            messages.error(request, _("You may not do this step."))
            return redirect("donation:inspect", pk)
        try:
            attest = attests.issue_attest(self.donation, user=request.user)
            messages.success(request, _("Attest %(number)s is issued.") % {"number": attest.number})
        except LendingError as error:
            messages.error(request, str(error))
        return redirect("donation:inspect", pk)


class DonationViewSet(StaffModelViewSet):
    """Screens of donations."""

    model = Donation
    icon = "download"
    menu_label = gettext_lazy("Donations")
    url_prefix = "schenkingen"
    enabled_views = ("index", "index_results", "inspect")
    index_view_class = DonationIndexView
    inspect_view_class = DonationInspectView
    inspect_template_name = "lending/donations/admin/donation_inspect.html"
    filterset_class = DonationFilterSet
    search_fields = ["number", "donor__name", "donor__organisation"]
    list_export = [
        "number",
        "get_state_display",
        "donor.display_name",
        "donor.get_kind_display",
        "collection_point",
        "offered",
        "accepted",
        "refused",
        "wants_attest",
        "registered_at",
        "received_at",
    ]
    export_headings = {
        "get_state_display": gettext_lazy("state"),
        "donor.display_name": gettext_lazy("donor"),
        "donor.get_kind_display": gettext_lazy("kind of donor"),
        "offered": gettext_lazy("offered"),
        "accepted": gettext_lazy("accepted"),
        "refused": gettext_lazy("refused"),
    }
    export_filename = "schenkingen"

    def get_urlpatterns(self):
        views = {"receipt": ReceiptView, "labels": LabelsView, "attest": AttestView}
        return [
            *super().get_urlpatterns(),
            *(
                path(f"{name}/<int:pk>/", self.construct_view(view), name=name)
                for name, view in views.items()
            ),
        ]
