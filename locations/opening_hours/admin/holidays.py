"""Holidays of a year beside one's own places: what is ticked is closed, and nothing else."""

from dataclasses import dataclass
from datetime import timedelta

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView, View
from wagtail.admin import messages

from home.core.admin.base import ScreenViewSet, StaffViewMixin
from locations.opening_hours.engine.hours_text import format_blocks, format_closure
from locations.opening_hours.loading import load_calendars
from locations.opening_hours.models import ClosedDays
from locations.opening_hours.operations import holidays
from locations.places.access import locations_for, partnerships_for
from locations.places.models import Partnership

PER_PAGE = 20
YEARS_AHEAD = 3
PUBLIC, SCHOOL = "", "school"


@dataclass(frozen=True)
class Choice:
    """One place or partnership on one holiday: a box to tick, or why there is none."""

    value: str
    name: str
    words: str
    ticked: bool = False
    opens: bool = False
    locked: bool = False
    matters: bool = True


def key_of(row):
    return f"{'s' if isinstance(row, Partnership) else 'p'}{row.pk}"


class HolidaysView(StaffViewMixin, TemplateView):
    """GET shows what the rules say on each holiday; POST closes or opens what was changed."""

    template_name = "locations/opening_hours/admin/holidays/holidays.html"

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.today = timezone.localdate()
        self.year = kwargs["year"]

    def get_page_title(self):
        return _("Holidays in %(year)s") % {"year": self.year}

    def dispatch(self, request, *args, **kwargs):
        if not self.today.year <= self.year < self.today.year + YEARS_AHEAD:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def kind(self):
        return SCHOOL if self.request.GET.get("soort") == SCHOOL else PUBLIC

    @cached_property
    def found(self):
        """What is still to come; a day that is over changes nothing for anybody."""
        found = (holidays.school_holidays if self.kind else holidays.public_holidays)(self.year)
        return [one for one in found if one.last_day >= self.today]

    @cached_property
    def page(self):
        own = locations_for(self.request.user).public().select_related("partnership")
        own = own.order_by("partnership__name", "name", "pk")
        return Paginator(own, PER_PAGE).get_page(self.request.GET.get("p"))

    @cached_property
    def partnerships(self):
        """Those of the places on this page that this person may close as a whole."""
        keys = {place.partnership_id for place in self.page if place.partnership_id}
        own = partnerships_for(self.request.user).filter(pk__in=keys)
        return list(own.order_by("name"))

    def get_context_data(self, **kwargs):
        confirmed = holidays.confirmed_closures(self.found, self.page, self.partnerships)
        of_place = load_calendars(self.page)
        query = self.query()
        return super().get_context_data(**kwargs) | {
            "year": self.year,
            "years": range(self.today.year, self.today.year + YEARS_AHEAD),
            "kind": self.kind,
            "holidays": [
                self.proposal(one, list(self.choices(one, confirmed, of_place)))
                for one in self.found
            ],
            "page_obj": self.page,
            "query": f"?{query}" if query else "",
        }

    @staticmethod
    def proposal(holiday, choices):
        """What would be open stands first; the rest is there for who asks."""
        return {
            "holiday": holiday,
            "choices": [choice for choice in choices if choice.matters],
            "others": [choice for choice in choices if not choice.matters],
        }

    def query(self):
        asked = {"soort": self.kind, "p": self.request.GET.get("p", "")}
        return urlencode({name: value for name, value in asked.items() if value})

    def choices(self, holiday, confirmed, of_place):
        for partnership in self.partnerships:
            opens = [
                place
                for place in self.page
                if place.partnership_id == partnership.pk
                and days_open(of_place[place.pk].without_closures, holiday)
            ]
            ticked = (holiday.key, partnership) in confirmed
            yield Choice(
                f"{holiday.key}|{key_of(partnership)}",
                _("All of %(name)s") % {"name": partnership.name},
                ngettext(
                    "%(count)s place on this page would be open",
                    "%(count)s places on this page would be open",
                    len(opens),
                )
                % {"count": len(opens)},
                ticked,
                matters=ticked or bool(opens),
            )
        for place in self.page:
            yield self.choice(holiday, place, confirmed, of_place[place.pk])

    def choice(self, holiday, place, confirmed, calendar):
        value = f"{holiday.key}|{key_of(place)}"
        opened = days_open(calendar.without_closures, holiday)
        said = in_words(calendar.without_closures, holiday, opened)
        if (holiday.key, place) in confirmed:
            return Choice(value, place.name, said, ticked=True)
        closures = [calendar.closure(day) for day in holiday.days]
        if all(closures):
            return Choice(value, place.name, format_closure(closures[0]), locked=True)
        return Choice(value, place.name, said, opens=bool(opened), matters=bool(opened))

    def post(self, request, *args, **kwargs):
        was, ticked = set(request.POST.getlist("was")), set(request.POST.getlist("close"))
        taken_back = was - ticked if self.user_has_permission("delete") else set()
        closed, opened = holidays.apply_decisions(
            self.pairs(ticked - was), self.pairs(taken_back), user=request.user
        )
        messages.success(request, " ".join(self.sentences(closed, opened)))
        query = self.query()
        url = reverse("holidays:year", args=[self.year])
        return redirect(f"{url}?{query}" if query else url)

    def pairs(self, values):
        """The holidays and places that these boxes stand for; what is not one's own is none."""
        by_key = {one.key: one for one in self.found}
        rows = {key_of(row): row for row in (*self.page, *self.partnerships)}
        found = []
        for value in sorted(values):
            holiday, _bar, row = value.partition("|")
            if holiday in by_key and row in rows:
                found.append((by_key[holiday], rows[row]))
        return found

    def sentences(self, closed, opened):
        if closed:
            yield ngettext(
                "Confirmed: %(count)s time closed.", "Confirmed: %(count)s times closed.", closed
            ) % {"count": closed}
        if opened:
            yield ngettext(
                "Taken back: %(count)s time the usual hours again.",
                "Taken back: %(count)s times the usual hours again.",
                opened,
            ) % {"count": opened}
        if not closed and not opened:
            yield _("Nothing was changed.")


def days_open(calendar, holiday):
    """On which days of the holiday the rules would open the door."""
    found = calendar.openings(holiday.first_day, holiday.last_day)
    return sorted({opening.day for opening in found})


def in_words(calendar, holiday, opened):
    if not opened:
        return _("not open by the rules")
    if holiday.first_day == holiday.last_day:
        return _("would be open: %(hours)s") % {
            "hours": format_blocks(calendar.blocks(holiday.first_day))
        }
    return ngettext(
        "would be open on %(count)s day", "would be open on %(count)s days", len(opened)
    ) % {"count": len(opened)}


class ThisYearView(StaffViewMixin, View):
    """The year in which most is still to be confirmed: the next one from November on."""

    def get(self, request):
        return redirect("holidays:year", (timezone.localdate() + timedelta(days=61)).year)


class HolidaysViewSet(ScreenViewSet):
    model = ClosedDays
    permission_required = "add"
    name = "holidays"
    url_prefix = "feestdagen"
    icon = "calendar-check"
    menu_label = gettext_lazy("Holidays")

    def get_urlpatterns(self):
        return [
            path("", self.construct_view(ThisYearView), name="index"),
            path("<int:year>/", self.construct_view(HolidaysView), name="year"),
        ]
