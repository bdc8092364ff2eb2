"""Report of reach for coordinators: on screen, on paper, as a spreadsheet and on the dashboard."""

import hashlib
from dataclasses import dataclass
from datetime import date

from django import forms
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.urls import path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.ui.components import Component
from wagtail.permissions import policy_registry

from home.core.admin.base import SafeExportMixin, ScreenViewSet, StaffViewMixin
from locations.places.access import locations_for
from locations.places.models import Partnership
from locations.reach.counting import VISITORS, ReachCount
from locations.reach.periods import Period, quarter_of, whole_months
from locations.reach.report import GoalProgress, build_report, goal_progress, quarter_name
from locations.reach.suppression import PublishedNumber, publish

YEARS = 5
"""The number of years, this one included, from which a month can be chosen."""
MAX_MONTHS = 36
CACHE_SECONDS = 300


def month_choices(today):
    """Yield every month that can be chosen, the last one first."""
    for year in range(today.year, today.year - YEARS, -1):
        last = today.month if year == today.year else 12
        for month in range(last, 0, -1):
            yield f"{year}-{month:02d}", capfirst(date_format(date(year, month, 1), "F Y"))


def first_day(month):
    """Return the first day of a month such as "2026-11"."""
    return date.fromisoformat(f"{month}-01")


class PeriodForm(forms.Form):
    """The first and the last month of a period, and a partnership."""

    first = forms.ChoiceField(label=gettext_lazy("From"))
    last = forms.ChoiceField(label=gettext_lazy("Up to and including"))
    partnership = forms.ModelChoiceField(
        queryset=None,
        required=False,
        label=gettext_lazy("Partnership"),
        empty_label=gettext_lazy("All"),
        error_messages={"invalid_choice": gettext_lazy("You do not work for this partnership.")},
    )

    def __init__(self, query, *, user, today):
        query = query.copy()
        query.setdefault("first", f"{today.year}-01")
        query.setdefault("last", f"{today.year}-{today.month:02d}")
        super().__init__(query)
        months = list(month_choices(today))
        for name in ("first", "last"):
            field = self.fields[name]
            field.choices = months
            field.error_messages["invalid_choice"] = _(
                "Choose a month of the last %(n)s years."
            ) % {"n": YEARS}
        self.fields["partnership"].queryset = Partnership.objects.filter(
            pk__in=locations_for(user).order_by().values("partnership")
        )

    def clean(self):
        cleaned = super().clean()
        if "first" in cleaned and "last" in cleaned:
            first, last = first_day(cleaned["first"]), first_day(cleaned["last"])
            if last < first:
                self.add_error("last", _("The last month comes before the first."))
            elif whole_months(first, last).months > MAX_MONTHS:
                error = _("Ask for %(n)s months at most.") % {"n": MAX_MONTHS}
                self.add_error("last", ValidationError(error))
            else:
                cleaned["period"] = whole_months(first, last)
        return cleaned


@dataclass(frozen=True)
class ExportRow:
    """A row of the spreadsheet, with numbers that may be published only."""

    part: str
    name: str
    people: object = ""
    visitors: object = ""
    loans: object = ""


def export_rows(report):
    """Yield the rows of every table of a report, with the title of the table in each."""
    whole = _("The whole period")
    yield ExportRow(whole, _("Together"), report.people.cell, report.visitors.cell)
    yield ExportRow(whole, _("Visits without a card"), visitors=report.without_card.cell)
    for goal in report.goals:
        progress = _("Reached") if goal.is_reached else _("%(n)s to go") % {"n": goal.to_go}
        name = _("Number to reach: %(n)s") % {"n": goal.people}
        yield ExportRow(_("Numbers to reach"), f"{name} {goal.meaning}".strip(), progress)
    for table in report.tables:
        if table.withheld:
            yield ExportRow(table.title, _("Too few people to show"))
        for row in (*table.rows, *filter(None, [table.total])):
            cells = [number.cell for number in row.numbers]
            yield ExportRow(table.title, row.name, **dict(zip(table.columns, cells, strict=True)))


class ReachView(StaffViewMixin, SafeExportMixin, TemplateView):
    """The report of a period, on screen or as a spreadsheet."""

    template_name = "locations/reach/admin/reach.html"
    page_title = gettext_lazy("Reach")
    list_export = ["part", "name", "people", "visitors", "loans"]
    export_headings = {
        "part": gettext_lazy("Part"),
        "name": gettext_lazy("Name"),
        "people": gettext_lazy("Different people"),
        "visitors": gettext_lazy("Visitors"),
        "loans": gettext_lazy("Devices lent"),
    }

    @cached_property
    def form(self):
        today = timezone.localdate()
        return PeriodForm(self.request.GET, user=self.request.user, today=today)

    @cached_property
    def report(self):
        """The report, or None if the form is not valid."""
        if not self.form.is_valid():
            return None
        locations = locations_for(self.request.user)
        if partnership := self.form.cleaned_data["partnership"]:
            locations = locations.filter(partnership=partnership)
        return build_report(ReachCount(locations, self.form.cleaned_data["period"]))

    def get(self, request, *args, **kwargs):
        if self.is_export and self.report:
            return self.as_spreadsheet(export_rows(self.report), request.GET["export"])
        return super().get(request, *args, **kwargs)

    def get_filename(self):
        period = self.form.cleaned_data["period"]
        return f"bereik-{period.first:%Y-%m}-{period.last:%Y-%m}"

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "form": self.form,
            "report": self.report,
            "partnership": self.form.is_valid() and self.form.cleaned_data["partnership"],
            "periods": list(self.periods()),
            "downloads": [(name, self.url_with(export=name)) for name in self.FORMATS],
            "now": timezone.now(),
        }

    def periods(self):
        """Yield the name and the URL of some common periods."""
        today = timezone.localdate()
        last_year = today.year - 1
        for name, period in (
            (_("This quarter"), Period(quarter_of(today).first, today)),
            (_("This year"), Period(date(today.year, 1, 1), today)),
            (str(last_year), Period(date(last_year, 1, 1), date(last_year, 12, 31))),
        ):
            yield name, self.url_with(first=f"{period.first:%Y-%m}", last=f"{period.last:%Y-%m}")

    def url_with(self, **changes):
        """Return the URL of this report with some changes to its query string."""
        query = self.request.GET.copy()
        query.pop("export", None)
        for name, value in changes.items():
            query[name] = value
        return f"?{query.urlencode()}"


def can_view_reach(user):
    """Return whether a user may open the report."""
    policy = policy_registry.get_by_type(Partnership)
    return policy.user_has_permission(user, ReachViewSet.permission_required)


@dataclass(frozen=True)
class ReachSummary:
    """The figures of this quarter, and those of this year with the next goal."""

    quarter: str
    people: PublishedNumber
    visitors: PublishedNumber
    people_this_year: PublishedNumber
    goal: GoalProgress | None


class ReachPanel(Component):
    """Dashboard panel with the reach of this quarter in one line."""

    order = 30
    template_name = "locations/reach/admin/panel.html"

    def get_context_data(self, parent_context):
        today = timezone.localdate()
        locations = locations_for(parent_context["request"].user)
        people, visitors, people_this_year = current_counts(locations, today)
        goals = goal_progress(people_this_year)
        return {
            "summary": ReachSummary(
                quarter_name(quarter_of(today)),
                publish(people),
                publish(visitors),
                publish(people_this_year),
                next((goal for goal in goals if not goal.is_reached), None),
            ),
            "url": reverse("reach:index"),
        }


def current_counts(locations, today):
    """Return the exact people and visitors of this quarter and the people of this year.

    They are cached for five minutes, because the dashboard is opened often.
    """
    year = ReachCount(locations, whole_months(date(today.year, 1, 1), today))
    digest = hashlib.sha256(repr(sorted(year.locations)).encode()).hexdigest()
    key = f"locations.reach:{today}:{digest}"
    if (counts := cache.get(key)) is None:
        quarter = len(year.period.quarters) - 1
        counts = (
            year.people_by_quarter[quarter],
            year.count(*VISITORS, quarter=quarter),
            year.people,
        )
        cache.set(key, counts, CACHE_SECONDS)
    return counts


def add_reach_panel(request, panels):
    """Add the panel to the dashboard of users who may open the report."""
    if can_view_reach(request.user):
        panels.append(ReachPanel())


class ReachViewSet(ScreenViewSet):
    """URL and menu item of the report, for users who may view partnerships."""

    model = Partnership
    permission_required = "view"
    name = "reach"
    url_prefix = "bereik"
    icon = "group"
    menu_label = gettext_lazy("Reach")
    menu_hook = "register_reports_menu_item"
    menu_order = 90

    def get_urlpatterns(self):
        return [path("", self.construct_view(ReachView), name="index")]
