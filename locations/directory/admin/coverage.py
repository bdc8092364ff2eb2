"""Coverage report: digipunten per municipality of the user's partnerships."""

import django_filters
from django import forms
from django.db.models import Q
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column

from home.core.admin.base import BaseListingView, SafeExportMixin, ScreenViewSet, StaffViewMixin
from home.pages.site_layout import live_and_public
from locations.core.formatting import format_day
from locations.core.time_zone import BRUSSELS
from locations.directory.coverage import (
    Membership,
    all_municipalities,
    compute_coverage,
    memberships_without_fixed,
    upcoming_stops,
)
from locations.directory.models import LocationPage
from locations.opening_hours.loading import load_calendars
from locations.places.access import locations_for, partnerships_for
from locations.places.models import Location, Municipality, Partnership

WITHOUT_FIXED = "without"


def listed_locations(user):
    """Return the digipunten that `user` works for, and those with a public page."""
    pages = live_and_public(LocationPage.objects.all())
    return (
        Location.objects.digipunten()
        .filter(Q(pk__in=locations_for(user).values("pk")) | Q(page__in=pages))
        .order_by("name")
    )


def managed_partnerships(request):
    """Return the choices of the partnership filter."""
    return partnerships_for(request.user)


class CoverageFilterSet(WagtailFilterSet):
    """Filters on a partnership and on municipalities without a fixed digipunt."""

    partnership = django_filters.ModelChoiceFilter(
        queryset=managed_partnerships,
        label=gettext_lazy("Partnership"),
        empty_label=gettext_lazy("All"),
    )
    fixed = django_filters.ChoiceFilter(
        label=gettext_lazy("Fixed digipunt"),
        choices=[(WITHOUT_FIXED, gettext_lazy("Only municipalities without one"))],
        method="filter_fixed",
        empty_label=gettext_lazy("All"),
        widget=forms.RadioSelect,
    )

    class Meta:
        model = Membership
        fields = ["partnership"]

    def filter_fixed(self, memberships, name, value):
        return memberships_without_fixed(memberships, listed_locations(self.request.user))


class CoverageView(StaffViewMixin, SafeExportMixin, BaseListingView):
    """A row for each municipality of each partnership, in a fixed number of queries."""

    index_url_name = "coverage:index"
    index_results_url_name = "coverage:results"
    results_template_name = "locations/directory/admin/coverage/results.html"
    page_title = gettext_lazy("Coverage")
    filterset_class = CoverageFilterSet
    default_ordering = ("partnership__name", "municipality__name")
    paginate_by = 50
    columns = [
        Column("municipality", label=gettext_lazy("Municipality")),
        Column("partnership", label=gettext_lazy("Partnership"), classname="from-tablet"),
        Column("postcodes", label=gettext_lazy("Postcodes"), classname="from-tablet"),
        Column("fixed", label=gettext_lazy("Fixed digipunten")),
        Column("moving", label=gettext_lazy("Mobile and bus, coming 90 days")),
        Column("nearest", label=gettext_lazy("Nearest fixed digipunt")),
    ]
    columns[3].cell_template_name = "locations/directory/admin/coverage/fixed_cell.html"
    list_export = [
        *("partnership", "municipality", "postcodes", "number", "fixed", "mobile", "stops"),
        *("first_stop", "nearest_name", "kilometres"),
    ]
    export_headings = {
        "partnership": gettext_lazy("Partnership"),
        "municipality": gettext_lazy("Municipality"),
        "postcodes": gettext_lazy("Postcodes"),
        "number": gettext_lazy("Number of fixed digipunten"),
        "fixed": gettext_lazy("Fixed digipunten"),
        "mobile": gettext_lazy("Mobile digipunten"),
        "stops": gettext_lazy("Stops in the coming 90 days"),
        "first_stop": gettext_lazy("First stop"),
        "nearest_name": gettext_lazy("Nearest fixed digipunt"),
        "kilometres": gettext_lazy("Kilometres"),
    }
    export_filename = "dekking"

    def get_base_queryset(self):
        return Membership.objects.filter(
            partnership__in=partnerships_for(self.request.user)
        ).select_related("partnership", "municipality")

    def paginate_queryset(self, queryset, page_size):
        pagination = super().paginate_queryset(queryset, page_size)
        paginator, _page, memberships, _is_paginated = pagination
        paginator.model = Municipality  # the rows are counted as municipalities
        self.add_coverage(memberships)
        return pagination

    def render_to_response(self, context, **kwargs):
        if self.is_export:
            self.add_coverage(context["object_list"])
            return self.as_spreadsheet(context["object_list"], self.request.GET["export"])
        return super().render_to_response(context, **kwargs)

    def add_coverage(self, memberships):
        """Set the values of the columns on each membership."""
        now, locations = timezone.now(), list(listed_locations(self.request.user))
        moving = [location for location in locations if location.kind in Location.MOVING_KINDS]
        stops = upcoming_stops(moving, load_calendars(moving), now)
        names = {row.municipality_id: row.municipality.name for row in memberships}
        coverages = compute_coverage(names, all_municipalities(names), locations, stops)
        for membership in memberships:
            for name, value in _cells(coverages[membership.municipality_id]).items():
                setattr(membership, name, value)


def _cells(coverage):
    """Return the values that a row shows and exports."""
    first_stop = _format_stop(coverage.stops[0]) if coverage.stops else ""
    mobile = ", ".join(location.name for location in coverage.mobile)
    kilometres = None if coverage.kilometres is None else round(coverage.kilometres, 1)
    nearest = coverage.nearest.name if coverage.nearest else ""
    moving = [mobile, _format_stops(len(coverage.stops), first_stop)]
    return {
        "postcodes": ", ".join(coverage.postcodes),
        "number": len(coverage.fixed),
        "fixed": ", ".join(location.name for location in coverage.fixed),
        "mobile": mobile,
        "stops": len(coverage.stops),
        "first_stop": first_stop,
        "moving": "; ".join(filter(None, moving)) or "–",
        "nearest_name": nearest,
        "kilometres": kilometres,
        "nearest": _("%(name)s, %(km)s km") % {"name": nearest, "km": kilometres}
        if nearest
        else "–",
    }


def _format_stop(stop):
    day = stop.starts_at.astimezone(BRUSSELS).date()
    return f"{stop.location.name}, {stop.place}, {format_day(day, timezone.localdate())}"


def _format_stops(number, first_stop):
    if not number:
        return ""
    return _("%(number)s × stop, first %(first)s") % {"number": number, "first": first_stop}


class CoverageViewSet(ScreenViewSet):
    """The coverage report, for everyone with permission to view partnerships."""

    model = Partnership
    permission_required = "view"
    name = "coverage"
    url_prefix = "dekking"
    icon = "site"
    menu_label = gettext_lazy("Coverage")
    menu_hook = "register_reports_menu_item"
    menu_order = 100

    def get_urlpatterns(self):
        return [
            path("", self.construct_view(CoverageView), name="index"),
            path("results/", self.construct_view(CoverageView, results_only=True), name="results"),
        ]
