"""Loan policies in the admin."""

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import BooleanColumn, Column, TitleColumn

from lending.core.admin.viewsets import QuickListView, StaffModelViewSet
from lending.loans.admin.filters import LoanPolicyFilterSet
from lending.loans.models import LoanPolicy


class LoanPolicyIndexView(QuickListView):
    default_ordering = "name"

    def get_base_queryset(self):
        return super().get_base_queryset().select_related("location")

    @cached_property
    def columns(self):
        return [
            TitleColumn(
                "name", label=gettext_lazy("Name"), get_url=self.get_inspect_url, sort_key="name"
            ),
            Column("location", label=gettext_lazy("Place"), sort_key="location__name"),
            Column(
                "duration",
                label=gettext_lazy("How long"),
                accessor=lambda policy: f"{policy.duration} {policy.get_duration_unit_display()}",
            ),
            Column("renewals", label=gettext_lazy("Renewals")),
            BooleanColumn("active", label=gettext_lazy("In use"), sort_key="active"),
        ]


class LoanPolicyViewSet(StaffModelViewSet):
    model = LoanPolicy
    icon = "calendar-alt"
    menu_label = gettext_lazy("Loan policies")
    url_prefix = "uitleenregels"
    form_fields = [
        "location",
        "name",
        "duration",
        "duration_unit",
        "renewals",
        "deposit",
        "training_required",
        "minimum_age",
        "ok_card",
        "terms_version",
        "active",
    ]
    inspect_view_fields = form_fields
    index_view_class = LoanPolicyIndexView
    filterset_class = LoanPolicyFilterSet
    search_fields = ["name", "location__name"]
    list_export = [
        "location",
        "name",
        "duration",
        "get_duration_unit_display",
        "renewals",
        "deposit",
        "active",
    ]
    export_headings = {"get_duration_unit_display": gettext_lazy("in")}
    export_filename = "uitleenregels"
