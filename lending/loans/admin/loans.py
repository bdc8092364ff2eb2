"""Loans in the admin: listing, inspect view and agreement."""

from django.db.models import Value
from django.db.models.functions import Coalesce
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View
from wagtail.admin.ui.tables import Column, TitleColumn

from home.core.admin.base import Button, ScopedInspectView, StaffViewMixin
from lending.core.admin.columns import WIDE, DateTimeColumn
from lending.core.admin.printing import pdf_response
from lending.core.admin.viewsets import QuickListView, StaffModelViewSet, has_model_permission
from lending.devices.models import Device
from lending.loans.admin.filters import LOAN_LISTS, LoanFilterSet
from lending.loans.documents import agreement_pdf
from lending.loans.models import Loan


class LoanDueColumn(Column):
    cell_template_name = "lending/loans/admin/includes/loan_due_cell.html"


class LoanIndexView(QuickListView):
    default_ordering = "due_on"
    quick_lists = LOAN_LISTS
    all_label = gettext_lazy("All loans")

    def get_base_queryset(self):
        rows = super().get_base_queryset().select_related("device__model", "borrower", "policy")
        # Annotated, because an export fails on a path through an erased borrower.
        return rows.annotate(
            borrower_name=Coalesce("borrower__name", Value("–")),
            borrower_card=Coalesce("borrower__card", Value("–")),
        )

    @cached_property
    def columns(self):
        return [
            TitleColumn(
                "device",
                label=gettext_lazy("Device"),
                accessor="device.number",
                get_url=lambda loan: reverse("loan:inspect", args=[loan.pk]),
                sort_key="device__number",
            ),
            Column("model", label=gettext_lazy("Model"), accessor="device.model", classname=WIDE),
            Column("borrower", label=gettext_lazy("Borrower"), accessor="borrower_name"),
            LoanDueColumn("due_on", label=gettext_lazy("Back before"), sort_key="due_on"),
            DateTimeColumn(
                "lent_at", label=gettext_lazy("Lent"), sort_key="lent_at", classname=WIDE
            ),
            DateTimeColumn(
                "returned_at",
                label=gettext_lazy("Taken back"),
                sort_key="returned_at",
                classname=WIDE,
            ),
        ]


class LoanInspectView(ScopedInspectView):
    page_title = gettext_lazy("Loan")

    def get_object(self, queryset=None):
        loans = Loan.objects.visible_to(self.request.user)
        loans = loans.select_related("device__model", "device__location", "borrower", "policy")
        return get_object_or_404(loans, pk=self.pk)

    def get_page_subtitle(self):
        return self.object.device.number

    def get_fields_context(self):
        return []

    @cached_property
    def header_more_buttons(self):
        url = reverse("loan:agreement", args=[self.object.pk])
        buttons = [Button(_("Print agreement"), url=url, icon_name="doc-full", priority=5)]
        if has_model_permission(self.request.user, "lend", Device):
            url = f"{reverse('desk:index')}?code={self.object.device.number}"
            buttons.append(Button(_("To the desk"), url=url, icon_name="desk", priority=10))
        return buttons

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"loan": self.object}


class AgreementView(StaffViewMixin, View):
    """Return the agreement as PDF."""

    model = Loan
    permission_required = "view"

    def get(self, request, pk):
        loans = Loan.objects.visible_to(request.user).filter(agreement__isnull=False)
        loans = loans.select_related("agreement", "borrower", "device__location")
        loan = get_object_or_404(loans, pk=pk)
        return pdf_response(agreement_pdf(loan), f"overeenkomst-{loan.device.number}")


class LoanViewSet(StaffModelViewSet):
    model = Loan
    icon = "clipboard-list"
    menu_label = gettext_lazy("Loans")
    url_prefix = "uitleningen"
    enabled_views = ("index", "index_results", "inspect")
    index_view_class = LoanIndexView
    inspect_view_class = LoanInspectView
    inspect_template_name = "lending/loans/admin/loan_inspect.html"
    filterset_class = LoanFilterSet
    search_fields = ["device__number", "borrower__name", "borrower__card"]
    list_export = [
        "device.number",
        "device.model",
        "borrower_card",
        "borrower_name",
        "policy",
        "lent_at",
        "due_on",
        "returned_at",
        "get_outcome_display",
        "renewals",
    ]
    export_headings = {
        "device.number": gettext_lazy("device"),
        "device.model": gettext_lazy("model"),
        "borrower_card": gettext_lazy("card"),
        "borrower_name": gettext_lazy("borrower"),
        "get_outcome_display": gettext_lazy("outcome"),
    }
    export_filename = "uitleningen"

    def get_urlpatterns(self):
        agreement = self.construct_view(AgreementView)
        return [
            *super().get_urlpatterns(),
            path("agreement/<int:pk>/", agreement, name="agreement"),
        ]
