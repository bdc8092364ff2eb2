"""The questions of one's places: the list, and the panel on the dashboard."""

import django_filters
from django import forms
from django.db.models import F
from django.urls import path, reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.permissions import policy_registry

from home.core.admin.base import BaseListingView, HeaderButton, ScreenViewSet, StaffViewMixin
from locations.helpdesk.admin.add import AddView
from locations.helpdesk.admin.help_request import (
    TONES,
    AppointmentView,
    HelpRequestView,
    MoveView,
    State,
)
from locations.helpdesk.colleagues import colleagues_of
from locations.helpdesk.models import HelpRequest, Visit
from locations.places.admin.filters import LocationFilterSet

ON_DASHBOARD = 5
QUICK = {
    "open": pgettext_lazy("help request", "Open"),
    "late": pgettext_lazy("help request", "Late"),
    "mine": pgettext_lazy("help request", "Mine"),
    "nobody": pgettext_lazy("help request", "Nobody's yet"),
}


def quick(rows, name, user, today):
    """One of the questions of QUICK."""
    return {
        "open": lambda: rows.open(),
        "late": lambda: rows.late(today),
        "mine": lambda: rows.open().filter(assignee=user),
        "nobody": lambda: rows.open().filter(assignee=None),
    }[name]()


class HelpFilterSet(LocationFilterSet):
    quick = django_filters.ChoiceFilter(
        label=gettext_lazy("List"),
        choices=list(QUICK.items()),
        widget=forms.RadioSelect,
        empty_label=gettext_lazy("All"),
        method="quickly",
    )
    kind = django_filters.MultipleChoiceFilter(
        label=gettext_lazy("Kind"),
        choices=HelpRequest.Kind,
        widget=forms.CheckboxSelectMultiple,
    )
    state = django_filters.MultipleChoiceFilter(
        label=gettext_lazy("State"),
        choices=HelpRequest.State,
        widget=forms.CheckboxSelectMultiple,
    )
    assignee = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Who follows it up"),
        queryset=lambda request: colleagues_of(request.user),
        empty_label=gettext_lazy("All"),
    )

    class Meta:
        model = HelpRequest
        fields = ["quick", "location", "kind", "state", "assignee"]

    def quickly(self, rows, name, value):
        return rows.filter(
            pk__in=quick(rows, value, self.request.user, timezone.localdate()).values("pk")
        )


class StateColumn(Column):
    cell_template_name = "locations/helpdesk/admin/state_cell.html"

    def get_cell_context_data(self, instance, parent_context):
        context = super().get_cell_context_data(instance, parent_context)
        return context | {
            "tone": TONES[State(instance.state)],
            "is_late": instance.is_late(timezone.localdate()),
        }


class HelpListView(StaffViewMixin, BaseListingView):
    """What is open comes first, by the day by which it has to be answered."""

    index_url_name = "help_requests:index"
    index_results_url_name = "help_requests:results"
    results_template_name = "locations/helpdesk/admin/request_results.html"
    page_title = gettext_lazy("Help requests")
    filterset_class = HelpFilterSet
    is_searchable = True
    search_backend_name = None
    search_fields = ["number", "name", "phone", "question"]
    paginate_by = 50
    columns = [
        TitleColumn(
            "number",
            label=gettext_lazy("Number"),
            get_url=lambda row: reverse("help_requests:inspect", args=[row.pk]),
        ),
        StateColumn("state", label=gettext_lazy("State")),
        Column(
            "question",
            label=gettext_lazy("Question"),
            accessor=lambda row: Truncator(row.question).chars(70) or "–",
        ),
        Column("due_on", label=gettext_lazy("Answer by"), sort_key="due_on"),
        Column("get_kind_display", label=gettext_lazy("Kind"), classname="from-tablet"),
        Column("location", label=gettext_lazy("Place"), classname="from-tablet"),
        Column(
            "assignee",
            label=gettext_lazy("Who follows it up"),
            accessor=lambda row: (
                row.assignee.get_full_name() or row.assignee.username if row.assignee else "–"
            ),
        ),
    ]

    def get_base_queryset(self):
        mine = HelpRequest.objects.visible_to(self.request.user)
        return mine.select_related("location", "assignee")

    def order_queryset(self, queryset):
        if self.is_explicitly_ordered:
            return super().order_queryset(queryset)
        return queryset.order_by(F("closed_at").desc(nulls_first=True), "due_on", "pk")

    @property
    def header_buttons(self):
        if not self.user_has_permission("add"):
            return []
        url = reverse("help_requests:add")
        return [HeaderButton(_("Write a question down"), url=url, icon_name="plus")]

    def get_context_data(self, **kwargs):
        rows = HelpRequest.objects.visible_to(self.request.user)
        user, today = self.request.user, timezone.localdate()
        return super().get_context_data(**kwargs) | {
            "quick": [
                {"value": name, "label": label, "count": quick(rows, name, user, today).count()}
                for name, label in QUICK.items()
            ],
            "chosen": self.request.GET.get("quick", ""),
        }


class HelpPanel(Component):
    """On the dashboard: the open questions of one's places, what is late first."""

    order = 12
    template_name = "locations/helpdesk/admin/panel.html"

    def get_context_data(self, parent_context):
        user, today = parent_context["request"].user, timezone.localdate()
        rows = HelpRequest.objects.visible_to(user)
        shown = rows.open().select_related("location", "assignee")[: ON_DASHBOARD + 1]
        found = [{"asked": one, "is_late": one.is_late(today)} for one in shown]
        return {
            "questions": found[:ON_DASHBOARD],
            "open": rows.open().count() if len(found) > ON_DASHBOARD else len(found),
            "late": rows.late(today).count(),
            "may_note": policy_registry.get_by_type(Visit).user_has_permission(user, "add"),
        }


def add_panel(request, panels):
    if policy_registry.get_by_type(HelpRequest).user_has_permission(request.user, "view"):
        panels.append(HelpPanel())


class HelpRequestViewSet(ScreenViewSet):
    model = HelpRequest
    permission_required = "view"
    name = "help_requests"
    url_prefix = "hulpvragen"
    icon = "help"
    menu_label = gettext_lazy("Help requests")

    def get_urlpatterns(self):
        listing = self.construct_view(HelpListView, results_only=True)
        add = self.construct_view(AddView, permission_required="add")
        move = self.construct_view(MoveView, permission_required="change")
        calendar = self.construct_view(AppointmentView)
        return [
            path("", self.construct_view(HelpListView), name="index"),
            path("results/", listing, name="results"),
            path("nieuw/", add, name="add"),
            path("<int:pk>/", self.construct_view(HelpRequestView), name="inspect"),
            path("<int:pk>/stap/", move, name="move"),
            path("<int:pk>/afspraak.ics", calendar, name="appointment"),
        ]
