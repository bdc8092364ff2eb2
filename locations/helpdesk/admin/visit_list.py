"""Admin list of visits, with filters and an anonymous export."""

from datetime import date, datetime, time, timedelta

import django_filters
from django import forms
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from wagtail.admin.ui.tables import Column

from home.core.admin.base import (
    BaseListingView,
    HeaderButton,
    SafeExportMixin,
    ScreenViewSet,
    StaffViewMixin,
)
from locations.core.models import Topic
from locations.helpdesk.models import Visit
from locations.opening_hours.models.opening_rule import FIRST_YEAR, LAST_YEAR
from locations.places.admin.filters import LocationFilterSet

EARLIEST, LATEST = date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)
DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class MomentColumn(Column):
    """Date and time of a visit."""

    cell_template_name = "locations/helpdesk/admin/moment_cell.html"


class VisitFilterSet(LocationFilterSet):
    """Filters of the list of visits."""

    first_day = django_filters.DateFilter(
        label=gettext_lazy("From"), widget=DAY, method="filter_first_day"
    )
    last_day = django_filters.DateFilter(
        label=gettext_lazy("Up to and including"), widget=DAY, method="filter_last_day"
    )
    topics = django_filters.ModelMultipleChoiceFilter(
        label=gettext_lazy("Topics"),
        queryset=Topic.objects.all(),
        widget=forms.CheckboxSelectMultiple,
    )
    outcome = django_filters.MultipleChoiceFilter(
        label=gettext_lazy("Outcome"),
        choices=Visit.Outcome,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Visit
        fields = ["location", "first_day", "last_day", "topics", "outcome"]

    def filter_first_day(self, visits, name, day):
        """Keep visits from this day on."""
        return visits.filter(visited_at__gte=_midnight(day))

    def filter_last_day(self, visits, name, day):
        """Keep visits up to and including this day."""
        return visits.filter(visited_at__lt=_midnight(day, days=1))


def _midnight(day, days=0):
    """Return the start of a day or of some days later, within the years that visits may have."""
    day = max(EARLIEST, min(day, LATEST)) + timedelta(days=days)
    return timezone.make_aware(datetime.combine(day, time.min))


class VisitListView(StaffViewMixin, SafeExportMixin, BaseListingView):
    """List of visits, also as a spreadsheet."""

    index_url_name = "visits:index"
    index_results_url_name = "visits:results"
    results_template_name = "locations/helpdesk/admin/visit_results.html"
    page_title = gettext_lazy("Visits")
    filterset_class = VisitFilterSet
    paginate_by = 50
    columns = [
        MomentColumn("visited_at", label=gettext_lazy("When"), sort_key="visited_at"),
        Column("location", label=gettext_lazy("Place")),
        Column("minutes", label=gettext_lazy("Minutes"), sort_key="minutes"),
        Column("about", label=pgettext_lazy("visit", "About")),
        Column("get_outcome_display", label=gettext_lazy("Outcome")),
        Column("audience", label=gettext_lazy("Target group"), classname="from-tablet"),
    ]
    list_export = ["visited_at", "location", "minutes", "about", "get_outcome_display", "audience"]
    export_headings = {
        "about": pgettext_lazy("visit", "About"),
        "get_outcome_display": gettext_lazy("Outcome"),
    }
    export_filename = "bezoeken"
    default_ordering = ("-visited_at", "-pk")

    def get_base_queryset(self):
        visits = Visit.objects.visible_to(self.request.user)
        visits = visits.select_related("location", "audience").prefetch_related("topics")
        return visits.defer("person", "request_key")

    @property
    def header_buttons(self):
        if not self.user_has_permission("add"):
            return []
        url = reverse("record_visit:index")
        return [HeaderButton(_("Note a visit"), url=url, icon_name="plus")]

    def render_to_response(self, context, **kwargs):
        if self.is_export:
            return self.as_spreadsheet(context["object_list"], self.request.GET["export"])
        return super().render_to_response(context, **kwargs)


class VisitViewSet(ScreenViewSet):
    """URLs and menu item of the list of visits."""

    model = Visit
    permission_required = "view"
    name = "visits"
    url_prefix = "bezoeken"
    icon = "group"
    menu_label = gettext_lazy("Visits")

    def get_urlpatterns(self):
        listing = self.construct_view(VisitListView, results_only=True)
        return [
            path("", self.construct_view(VisitListView), name="index"),
            path("results/", listing, name="results"),
        ]
