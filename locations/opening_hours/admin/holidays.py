"""Screen on which editors confirm on which holidays their locations are closed."""

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
from locations.opening_hours.holidays import public_holidays, school_holidays
from locations.opening_hours.loading import load_calendars
from locations.opening_hours.models import ClosedDays
from locations.opening_hours.operations.holiday_closures import (
    apply_holiday_choices,
    confirmed_closures,
)
from locations.places.access import locations_for, partnerships_for
from locations.places.models import Partnership

PER_PAGE = 20
YEARS_AHEAD = 3
PUBLIC, SCHOOL = "", "school"


@dataclass(frozen=True)
class HolidayChoice:
    """A checkbox for a location or partnership on a holiday, or the reason why there is none.

    Choices that are not relevant, because nothing would be open, are folded away.
    """

    value: str
    name: str
    text: str
    is_confirmed: bool = False
    would_open: bool = False
    is_locked: bool = False
    is_relevant: bool = True


def owner_key(owner):
    """Return a key for a location or a partnership in the form."""
    return f"{'s' if isinstance(owner, Partnership) else 'p'}{owner.pk}"


class HolidaysView(StaffViewMixin, TemplateView):
    """Show the holidays of a year with a checkbox per location; POST applies what was changed."""

    template_name = "locations/opening_hours/admin/holidays/holidays.html"

    def setup(self, request, *args, **kwargs):
        """Store today and the year."""
        super().setup(request, *args, **kwargs)
        self.today = timezone.localdate()
        self.year = kwargs["year"]

    def get_page_title(self):
        """Return the title with the year."""
        return _("Holidays in %(year)s") % {"year": self.year}

    def dispatch(self, request, *args, **kwargs):
        """Refuse years in the past or too far ahead."""
        if not self.today.year <= self.year < self.today.year + YEARS_AHEAD:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def kind(self):
        """Whether public or school holidays are shown."""
        return SCHOOL if self.request.GET.get("soort") == SCHOOL else PUBLIC

    @cached_property
    def holidays(self):
        """The holidays that are not over yet."""
        holidays = (school_holidays if self.kind else public_holidays)(self.year)
        return [holiday for holiday in holidays if holiday.last_day >= self.today]

    @cached_property
    def page(self):
        """A page of the user's locations."""
        locations = locations_for(self.request.user).public().select_related("partnership")
        locations = locations.order_by("partnership__name", "name", "pk")
        return Paginator(locations, PER_PAGE).get_page(self.request.GET.get("p"))

    @cached_property
    def partnerships(self):
        """The partnerships of these locations that the user may close as a whole."""
        keys = {location.partnership_id for location in self.page if location.partnership_id}
        partnerships = partnerships_for(self.request.user).filter(pk__in=keys)
        return list(partnerships.order_by("name"))

    def get_context_data(self, **kwargs):
        """Add the holidays with their choices."""
        confirmed = confirmed_closures(self.holidays, self.page, self.partnerships)
        calendars = load_calendars(self.page)
        query = self.get_query()
        return super().get_context_data(**kwargs) | {
            "year": self.year,
            "years": range(self.today.year, self.today.year + YEARS_AHEAD),
            "kind": self.kind,
            "holidays": [
                self.get_holiday_context(holiday, confirmed, calendars) for holiday in self.holidays
            ],
            "page_obj": self.page,
            "query": f"?{query}" if query else "",
        }

    def get_holiday_context(self, holiday, confirmed, calendars):
        """Return a holiday with its relevant and other choices."""
        choices = [
            *(
                self.get_partnership_choice(holiday, partnership, confirmed, calendars)
                for partnership in self.partnerships
            ),
            *(
                self.get_location_choice(holiday, location, confirmed, calendars[location.pk])
                for location in self.page
            ),
        ]
        return {
            "holiday": holiday,
            "choices": [choice for choice in choices if choice.is_relevant],
            "others": [choice for choice in choices if not choice.is_relevant],
        }

    def get_query(self):
        """Return the query string of this page of holidays."""
        values = {"soort": self.kind, "p": self.request.GET.get("p", "")}
        return urlencode({name: value for name, value in values.items() if value})

    def get_partnership_choice(self, holiday, partnership, confirmed, calendars):
        """Return the choice that closes a whole partnership."""
        count = sum(
            bool(days_open(calendars[location.pk].without_closures, holiday))
            for location in self.page
            if location.partnership_id == partnership.pk
        )
        is_confirmed = (holiday.key, partnership) in confirmed
        return HolidayChoice(
            f"{holiday.key}|{owner_key(partnership)}",
            _("All of %(name)s") % {"name": partnership.name},
            ngettext(
                "%(count)s place on this page would be open",
                "%(count)s places on this page would be open",
                count,
            )
            % {"count": count},
            is_confirmed,
            is_relevant=is_confirmed or bool(count),
        )

    def get_location_choice(self, holiday, location, confirmed, calendar):
        """Return the choice that closes a location; none if it is closed for another reason."""
        value = f"{holiday.key}|{owner_key(location)}"
        days = days_open(calendar.without_closures, holiday)
        text = format_days_open(calendar.without_closures, holiday, days)
        if (holiday.key, location) in confirmed:
            return HolidayChoice(value, location.name, text, is_confirmed=True)
        closures = [calendar.closure(day) for day in holiday.days]
        if all(closures):
            text = format_closure(closures[0])
            return HolidayChoice(value, location.name, text, is_locked=True)
        return HolidayChoice(
            value, location.name, text, would_open=bool(days), is_relevant=bool(days)
        )

    def post(self, request, *args, **kwargs):
        """Close where a box was ticked, and reopen where it was unticked."""
        before, ticked = set(request.POST.getlist("was")), set(request.POST.getlist("close"))
        unticked = before - ticked if self.user_has_permission("delete") else set()
        closed, reopened = apply_holiday_choices(
            self.get_pairs(ticked - before), self.get_pairs(unticked), user=request.user
        )
        messages.success(request, " ".join(self.get_messages(closed, reopened)))
        query = self.get_query()
        url = reverse("holidays:year", args=[self.year])
        return redirect(f"{url}?{query}" if query else url)

    def get_pairs(self, values):
        """Return the holiday and owner of each value, except those that are not on this page."""
        holidays = {holiday.key: holiday for holiday in self.holidays}
        owners = {owner_key(owner): owner for owner in (*self.page, *self.partnerships)}
        pairs = []
        for value in sorted(values):
            holiday, _bar, owner = value.partition("|")
            if holiday in holidays and owner in owners:
                pairs.append((holidays[holiday], owners[owner]))
        return pairs

    def get_messages(self, closed, reopened):
        """Yield a sentence for each number of changes."""
        if closed:
            yield ngettext(
                "Confirmed: %(count)s closure.", "Confirmed: %(count)s closures.", closed
            ) % {"count": closed}
        if reopened:
            yield ngettext(
                "Taken back: the usual hours apply again %(count)s time.",
                "Taken back: the usual hours apply again %(count)s times.",
                reopened,
            ) % {"count": reopened}
        if not closed and not reopened:
            yield _("Nothing was changed.")


def days_open(calendar, holiday):
    """Return the days of a holiday on which the calendar has openings."""
    openings = calendar.openings(holiday.first_day, holiday.last_day)
    return sorted({opening.day for opening in openings})


def format_days_open(calendar, holiday, days):
    """Return what would be open on a holiday."""
    if not days:
        return _("not open by the rules")
    if holiday.first_day == holiday.last_day:
        return _("would be open: %(hours)s") % {
            "hours": format_blocks(calendar.blocks(holiday.first_day))
        }
    return ngettext(
        "would be open on %(count)s day", "would be open on %(count)s days", len(days)
    ) % {"count": len(days)}


class HolidaysIndexView(StaffViewMixin, View):
    """Redirect to this year, or to the next one from November on."""

    def get(self, request):
        """Redirect to the year in two months."""
        return redirect("holidays:year", (timezone.localdate() + timedelta(days=61)).year)


class HolidaysViewSet(ScreenViewSet):
    """URLs and menu item of the screen."""

    model = ClosedDays
    permission_required = "add"
    name = "holidays"
    url_prefix = "feestdagen"
    icon = "calendar-check"
    menu_label = gettext_lazy("Holidays")

    def get_urlpatterns(self):
        """Return the screen per year."""
        return [
            path("", self.construct_view(HolidaysIndexView), name="index"),
            path("<int:year>/", self.construct_view(HolidaysView), name="year"),
        ]
