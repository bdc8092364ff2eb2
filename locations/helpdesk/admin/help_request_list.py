"""Admin list of help requests, and the dashboard panel with the open ones."""

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
from locations.helpdesk.admin.create_help_request import CreateHelpRequestView
from locations.helpdesk.admin.help_request_detail import (
    TONES,
    AppointmentICalView,
    HelpRequestView,
    State,
    TransitionView,
)
from locations.helpdesk.assignees import assignees_visible_to
from locations.helpdesk.models import HelpRequest, Visit
from locations.places.admin.filters import LocationFilterSet

PANEL_SIZE = 5
QUICK_FILTERS = {
    "open": pgettext_lazy("help request", "Open"),
    "late": pgettext_lazy("help request", "Late"),
    "mine": pgettext_lazy("help request", "Mine"),
    "nobody": pgettext_lazy("help request", "Nobody's yet"),
}


def apply_quick_filter(queryset, name, user, today):
    """Return the rows of one of the QUICK_FILTERS."""
    return {
        "open": lambda: queryset.open(),
        "late": lambda: queryset.late(today),
        "mine": lambda: queryset.open().filter(assignee=user),
        "nobody": lambda: queryset.open().filter(assignee=None),
    }[name]()


class HelpRequestFilterSet(LocationFilterSet):
    """Filters of the list of help requests."""

    quick = django_filters.ChoiceFilter(
        label=gettext_lazy("List"),
        choices=list(QUICK_FILTERS.items()),
        widget=forms.RadioSelect,
        empty_label=gettext_lazy("All"),
        method="filter_quick",
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
        queryset=lambda request: assignees_visible_to(request.user),
        empty_label=gettext_lazy("All"),
    )

    class Meta:
        model = HelpRequest
        fields = ["quick", "location", "kind", "state", "assignee"]

    def filter_quick(self, queryset, name, value):
        """Apply a quick filter without its ordering."""
        rows = apply_quick_filter(queryset, value, self.request.user, timezone.localdate())
        return queryset.filter(pk__in=rows.values("pk"))


class HelpRequestStateColumn(Column):
    """State of a help request, and whether it is late."""

    cell_template_name = "locations/helpdesk/admin/state_cell.html"

    def get_cell_context_data(self, instance, parent_context):
        context = super().get_cell_context_data(instance, parent_context)
        return context | {
            "tone": TONES[State(instance.state)],
            "is_late": instance.is_late(timezone.localdate()),
        }


class HelpRequestListView(StaffViewMixin, BaseListingView):
    """List of help requests: open ones first, by their due day."""

    index_url_name = "help_requests:index"
    index_results_url_name = "help_requests:results"
    results_template_name = "locations/helpdesk/admin/help_request_results.html"
    page_title = gettext_lazy("Help requests")
    filterset_class = HelpRequestFilterSet
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
        HelpRequestStateColumn("state", label=gettext_lazy("State")),
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
        help_requests = HelpRequest.objects.visible_to(self.request.user)
        return help_requests.select_related("location", "assignee")

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
        user, today = self.request.user, timezone.localdate()
        help_requests = HelpRequest.objects.visible_to(user)
        return super().get_context_data(**kwargs) | {
            "quick_filters": [
                {
                    "value": name,
                    "label": label,
                    "count": apply_quick_filter(help_requests, name, user, today).count(),
                }
                for name, label in QUICK_FILTERS.items()
            ],
            "selected": self.request.GET.get("quick", ""),
        }


class HelpRequestPanel(Component):
    """Dashboard panel with the open help requests that are due first."""

    order = 12
    template_name = "locations/helpdesk/admin/panel.html"

    def get_context_data(self, parent_context):
        user, today = parent_context["request"].user, timezone.localdate()
        help_requests = HelpRequest.objects.visible_to(user)
        first = help_requests.open().select_related("location", "assignee")[: PANEL_SIZE + 1]
        rows = [
            {"help_request": help_request, "is_late": help_request.is_late(today)}
            for help_request in first
        ]
        return {
            "rows": rows[:PANEL_SIZE],
            "open": help_requests.open().count() if len(rows) > PANEL_SIZE else len(rows),
            "late": help_requests.late(today).count(),
            "may_record_visit": policy_registry.get_by_type(Visit).user_has_permission(user, "add"),
        }


def add_help_request_panel(request, panels):
    """Add the panel to the dashboard of users who may view help requests."""
    if policy_registry.get_by_type(HelpRequest).user_has_permission(request.user, "view"):
        panels.append(HelpRequestPanel())


class HelpRequestViewSet(ScreenViewSet):
    """URLs and menu item of help requests."""

    model = HelpRequest
    permission_required = "view"
    name = "help_requests"
    url_prefix = "hulpvragen"
    icon = "help"
    menu_label = gettext_lazy("Help requests")

    def get_urlpatterns(self):
        listing = self.construct_view(HelpRequestListView, results_only=True)
        create = self.construct_view(CreateHelpRequestView, permission_required="add")
        transition = self.construct_view(TransitionView, permission_required="change")
        appointment = self.construct_view(AppointmentICalView)
        return [
            path("", self.construct_view(HelpRequestListView), name="index"),
            path("results/", listing, name="results"),
            path("nieuw/", create, name="add"),
            path("<int:pk>/", self.construct_view(HelpRequestView), name="inspect"),
            path("<int:pk>/stap/", transition, name="transition"),
            path("<int:pk>/afspraak.ics", appointment, name="appointment"),
        ]
