"""Which municipalities of own partnerships have no fixed digipunt, and how far the next is."""

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
    all_towns,
    compute_coverage,
    stops_ahead,
    without_fixed,
)
from locations.directory.models import LocationPage
from locations.opening_hours.loading import load_calendars
from locations.places.access import locations_for, partnerships_for
from locations.places.models import Location, Municipality, Partnership

WITHOUT = "without"


def known_to(user):
    """Digipunten of one's own, and those of others that every visitor may read of."""
    pages = live_and_public(LocationPage.objects.all())
    return (
        Location.objects.digipunten()
        .filter(Q(pk__in=locations_for(user).values("pk")) | Q(page__in=pages))
        .order_by("name")
    )


def own_partnerships(request):
    return partnerships_for(request.user)


class CoverageFilterSet(WagtailFilterSet):
    partnership = django_filters.ModelChoiceFilter(
        queryset=own_partnerships,
        label=gettext_lazy("Partnership"),
        empty_label=gettext_lazy("All"),
    )
    fixed = django_filters.ChoiceFilter(
        label=gettext_lazy("Fixed digipunt"),
        choices=[(WITHOUT, gettext_lazy("Only municipalities without one"))],
        method="only_without",
        empty_label=gettext_lazy("All"),
        widget=forms.RadioSelect,
    )

    class Meta:
        model = Membership
        fields = ["partnership"]

    def only_without(self, memberships, name, value):
        return without_fixed(memberships, known_to(self.request.user))


class CoverageView(StaffViewMixin, SafeExportMixin, BaseListingView):
    """A line for each municipality of each partnership; always the same number of queries."""

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
        found = super().paginate_queryset(queryset, page_size)
        found[0].model = Municipality  # what the lines are counted as
        self.fill_in(found[2])
        return found

    def render_to_response(self, context, **kwargs):
        if self.is_export:
            self.fill_in(context["object_list"])
            return self.as_spreadsheet(context["object_list"], self.request.GET["export"])
        return super().render_to_response(context, **kwargs)

    def fill_in(self, memberships):
        """Say on each line what its municipality has."""
        now, known = timezone.now(), list(known_to(self.request.user))
        moving = [place for place in known if place.kind in Location.MOVING_KINDS]
        stops = stops_ahead(moving, load_calendars(moving), now)
        keys = {line.municipality_id: line.municipality.name for line in memberships}
        towns = all_towns(keys)
        found = compute_coverage(keys, towns, known, stops)
        for line in memberships:
            for name, value in _cells(found[line.municipality_id]).items():
                setattr(line, name, value)


def _cells(one):
    """What a line shows and exports of the coverage of its municipality."""
    first = _first(one.stops[0]) if one.stops else ""
    mobile = ", ".join(place.name for place in one.mobile)
    kilometres = None if one.kilometres is None else round(one.kilometres, 1)
    nearest = one.nearest.name if one.nearest else ""
    return {
        "postcodes": ", ".join(one.postcodes),
        "number": len(one.fixed),
        "fixed": ", ".join(place.name for place in one.fixed),
        "mobile": mobile,
        "stops": len(one.stops),
        "first_stop": first,
        "moving": "; ".join(filter(None, [mobile, _stops(len(one.stops), first)])) or "–",
        "nearest_name": nearest,
        "kilometres": kilometres,
        "nearest": _("%(name)s, %(km)s km") % {"name": nearest, "km": kilometres}
        if nearest
        else "–",
    }


def _first(stop):
    day = stop.starts_at.astimezone(BRUSSELS).date()
    return f"{stop.location.name}, {stop.place}, {format_day(day, timezone.localdate())}"


def _stops(number, first):
    if not number:
        return ""
    return _("%(number)s × stop, first %(first)s") % {"number": number, "first": first}


class CoverageViewSet(ScreenViewSet):
    """For coordinators: who sees partnerships sees how they cover their municipalities."""

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
