"""Reach: whom the digipunten of a coordinator reached in a period, to read, print and export."""

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
from locations.reach.counting import VISITORS, Reach
from locations.reach.periods import Period, quarter_of, whole_months
from locations.reach.report import Number, goals, quarter_name, report
from locations.reach.suppression import shown

YEARS = 5
"""So many years back, this one counted, can be asked for."""
LONGEST = 36  # months
KEEP = 300  # seconds, on the dashboard


def month_choices(today):
    """Every month that can be asked for, the last one first."""
    for year in range(today.year, today.year - YEARS, -1):
        last = today.month if year == today.year else 12
        for month in range(last, 0, -1):
            yield f"{year}-{month:02d}", capfirst(date_format(date(year, month, 1), "F Y"))


def as_day(month):
    return date.fromisoformat(f"{month}-01")


class PeriodForm(forms.Form):
    """From which month to which, and of which partnership."""

    first = forms.ChoiceField(label=gettext_lazy("From"))
    last = forms.ChoiceField(label=gettext_lazy("Up to and including"))
    partnership = forms.ModelChoiceField(
        queryset=None,
        required=False,
        label=gettext_lazy("Partnership"),
        empty_label=gettext_lazy("All"),
        error_messages={"invalid_choice": gettext_lazy("You do not work for this partnership.")},
    )

    def __init__(self, asked, *, user, today):
        self.months = list(month_choices(today))
        asked = asked.copy()
        asked.setdefault("first", f"{today.year}-01")
        asked.setdefault("last", f"{today.year}-{today.month:02d}")
        super().__init__(asked)
        for name in ("first", "last"):
            field = self.fields[name]
            field.choices = self.months
            field.error_messages["invalid_choice"] = _(
                "Choose a month of the last %(n)s years."
            ) % {"n": YEARS}
        self.fields["partnership"].queryset = Partnership.objects.filter(
            pk__in=locations_for(user).order_by().values("partnership")
        )

    def clean(self):
        cleaned = super().clean()
        if "first" in cleaned and "last" in cleaned:
            first, last = as_day(cleaned["first"]), as_day(cleaned["last"])
            if last < first:
                self.add_error("last", _("The last month comes before the first."))
            elif whole_months(first, last).months > LONGEST:
                error = _("Ask for %(n)s months at most.") % {"n": LONGEST}
                self.add_error("last", ValidationError(error))
            else:
                cleaned["days"] = whole_months(first, last)
        return cleaned


@dataclass(frozen=True)
class ExportLine:
    """A line of a spreadsheet: numbers that may be shown, and nothing else."""

    part: str
    name: str
    people: object = ""
    visitors: object = ""
    loans: object = ""


def export_lines(found):
    """Everything in the report, table after table, each with its name in front."""
    whole = _("The whole period")
    yield ExportLine(whole, _("Together"), found.people.cell, found.visitors.cell)
    yield ExportLine(whole, _("Visits without a card"), visitors=found.without_card.cell)
    for goal in found.goals:
        said = _("Reached") if goal.is_reached else _("%(n)s to go") % {"n": goal.to_go}
        name = _("Number to reach: %(n)s") % {"n": goal.people}
        yield ExportLine(_("Numbers to reach"), f"{name} {goal.meaning}".strip(), said)
    for table in found.tables:
        if table.withheld:
            yield ExportLine(table.title, _("Too few people to show"))
        for line in (*table.lines, *filter(None, [table.total])):
            cells = [number.cell for number in line.numbers]
            yield ExportLine(table.title, line.name, **dict(zip(table.columns, cells, strict=True)))


class ReachView(StaffViewMixin, SafeExportMixin, TemplateView):
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
        """None for a question that makes no sense: then there are no numbers either."""
        if not self.form.is_valid():
            return None
        mine = locations_for(self.request.user)
        if partnership := self.form.cleaned_data["partnership"]:
            mine = mine.filter(partnership=partnership)
        return report(Reach(mine, self.form.cleaned_data["days"]))

    def get(self, request, *args, **kwargs):
        if self.is_export and self.report:
            return self.as_spreadsheet(export_lines(self.report), request.GET["export"])
        return super().get(request, *args, **kwargs)

    def get_filename(self):
        days = self.form.cleaned_data["days"]
        return f"bereik-{days.first:%Y-%m}-{days.last:%Y-%m}"

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "form": self.form,
            "report": self.report,
            "partnership": self.form.is_valid() and self.form.cleaned_data["partnership"],
            "periods": list(self.periods()),
            "downloads": [(kind, self.address(export=kind)) for kind in self.FORMATS],
            "now": timezone.now(),
        }

    def periods(self):
        """Periods that are often asked for, with their addresses."""
        today = timezone.localdate()
        this, year = quarter_of(today), date(today.year, 1, 1)
        last_year = Period(date(today.year - 1, 1, 1), date(today.year - 1, 12, 31))
        for name, days in (
            (_("This quarter"), Period(this.first, today)),
            (_("This year"), Period(year, today)),
            (str(last_year.first.year), last_year),
        ):
            yield name, self.address(first=f"{days.first:%Y-%m}", last=f"{days.last:%Y-%m}")

    def address(self, **changed):
        """This question with something else in it."""
        asked = self.request.GET.copy()
        asked.pop("export", None)
        for name, value in changed.items():
            asked[name] = value
        return f"?{asked.urlencode()}"


def may_see(user):
    policy = policy_registry.get_by_type(Partnership)
    return policy.user_has_permission(user, ReachViewSet.permission_required)


@dataclass(frozen=True)
class Now:
    """This quarter in one line, and this year against the next number to reach."""

    quarter: str
    people: Number
    visitors: Number
    of_year: Number
    goal: object


class ReachPanel(Component):
    """On the dashboard: this quarter's reach in one line."""

    order = 30
    template_name = "locations/reach/admin/panel.html"

    def get_context_data(self, parent_context):
        today = timezone.localdate()
        people, visitors, of_year = numbers_now(
            locations_for(parent_context["request"].user), today
        )
        return {
            "now": Now(
                quarter_name(quarter_of(today)),
                shown(people),
                shown(visitors),
                shown(of_year),
                next((goal for goal in goals(of_year) if not goal.is_reached), None),
            ),
            "address": reverse("reach:index"),
        }


def numbers_now(places, today):
    """Exactly: the people and the visitors of this quarter, and the people of this year.

    The same for KEEP seconds: who opens the dashboard all day does not go through the year each
    time.
    """
    year = Reach(places, whole_months(date(today.year, 1, 1), today))
    of = hashlib.sha256(repr(sorted(year.places)).encode()).hexdigest()
    key = f"locations.reach:{today}:{of}"
    if (found := cache.get(key)) is None:
        last = len(year.days.quarters) - 1
        found = (
            year.people_by_quarter[last],
            year.count(*VISITORS, quarter=last),
            year.people,
        )
        cache.set(key, found, KEEP)
    return found


def add_panel(request, panels):
    if may_see(request.user):
        panels.append(ReachPanel())


class ReachViewSet(ScreenViewSet):
    """For coordinators: who sees partnerships sees whom they reach."""

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
