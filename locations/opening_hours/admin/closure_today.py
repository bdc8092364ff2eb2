"""Today: which doors of ours are open, and in two clicks that one stays shut."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.core.paginator import Paginator
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils import timezone, translation
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from home.core.admin.base import ScreenViewSet, StaffViewMixin
from locations.core.formatting import format_near_day
from locations.core.status import Sign, StatusLabel
from locations.opening_hours.engine.hours_text import opening_status
from locations.opening_hours.loading import load_calendars
from locations.opening_hours.models import ClosedDays
from locations.opening_hours.operations import closure_today
from locations.places.access import locations_for
from locations.places.models import Location

PER_PAGE = 30
ON_DASHBOARD = 6
DAYS_AHEAD = 14
TONES = {Sign.OPEN: "good", Sign.LATER: "wait", Sign.CLOSED: "gone", Sign.CANCELLED: "bad"}

# What visitors read on the door; the key is what the button sends.
REASONS = {
    "illness": gettext_lazy("Illness"),
    "technical": gettext_lazy("Technical trouble"),
    "building": gettext_lazy("The building is closed"),
    "weather": gettext_lazy("Bad weather"),
    "elsewhere": gettext_lazy("We are somewhere else today"),
}


def may_close(user):
    return user.has_perm("locations.close_today")


@dataclass(frozen=True)
class Door:
    """A place as it stands on the screen: how its door is, and what can be done about it."""

    place: Location
    status: StatusLabel
    closed: ClosedDays | None
    until: str
    by: closure_today.ClosureAuthor | None

    @property
    def tone(self):
        return TONES[self.status.sign]


def doors(locations, now):
    """The doors of these places; the same few queries for any number of them."""
    locations = list(locations)
    today = timezone.localdate(now)
    of_place = load_calendars(locations)
    closed = closure_today.current_closures(locations, today)
    keys = {days.pk for rows in closed.values() for days in rows}
    by = closure_today.unplanned_closures(keys) if keys else {}
    found = []
    for place in locations:
        rows = closed.get(place.pk, [])
        ours = next((days for days in rows if days.pk in by), None)
        days = ours or (rows[0] if rows else None)
        until = closure_today.format_last_day(days, today) if days else ""
        status = opening_status(of_place[place.pk], now)
        found.append(Door(place, status, days, until, by.get(ours.pk) if ours else None))
    return found


def own_doors(user):
    """The places whose door this person may keep shut."""
    return locations_for(user).public().order_by("name", "pk")


def last_days(now):
    """Until when a door can be shut, as choices: only today comes first."""
    today = timezone.localdate(now)
    yield today, _("only today")
    for ahead in range(1, DAYS_AHEAD + 1):
        day = today + timedelta(days=ahead)
        yield day, _("up to and including %(day)s") % {"day": format_near_day(day, today)}


def choices(now):
    return {"reasons": REASONS.items(), "last_days": list(last_days(now))}


class ByPermission:
    """The permission has a name of its own, that Wagtail's policies do not make up."""

    def user_has_permission(self, permission):
        return may_close(self.request.user)


class TodayView(ByPermission, StaffViewMixin, TemplateView):
    template_name = "locations/opening_hours/admin/today/today.html"
    page_title = gettext_lazy("Our places today")

    def get_context_data(self, **kwargs):
        now = timezone.now()
        page = Paginator(own_doors(self.request.user), PER_PAGE).get_page(self.request.GET.get("p"))
        return super().get_context_data(**kwargs) | {
            "doors": doors(page, now),
            "page_obj": page,
            **choices(now),
        }


class DoorDeed(ByPermission, StaffViewMixin, View):
    """One thing done to one door, by POST only; then back to where one was."""

    http_method_names = ["post"]

    def post(self, request, pk):
        try:
            messages.success(request, self.do(pk))
        except closure_today.ClosureError as error:
            messages.error(request, str(error))
        if request.POST.get("back") == "dashboard":
            return redirect("wagtailadmin_home")
        return redirect("today:index")


class CloseView(DoorDeed):
    def do(self, pk):
        place = get_object_or_404(own_doors(self.request.user), pk=pk)
        days = closure_today.close_today(
            place, reason=self.reason(), until=self.until(), user=self.request.user
        )
        return _("%(place)s is closed, %(until)s. Visitors read: %(reason)s.") % {
            "place": place,
            "until": closure_today.format_last_day(days, timezone.localdate()),
            "reason": days.reason,
        }

    def reason(self):
        """The reason of the button and what was typed, in the language of the visitors."""
        typed = self.request.POST.get("text", "").strip()
        label = REASONS.get(self.request.POST.get("reason"))
        if label is None:
            return typed
        with translation.override(settings.LANGUAGE_CODE):
            return f"{label}. {typed}" if typed else str(label)

    def until(self):
        try:
            return date.fromisoformat(self.request.POST.get("until", ""))
        except ValueError:
            return None


class ReopenView(DoorDeed):
    def do(self, pk):
        days = get_object_or_404(ClosedDays.objects.select_related("location"), pk=pk)
        place = get_object_or_404(own_doors(self.request.user), pk=days.location_id)
        closure_today.reopen(days, user=self.request.user)
        return _("%(place)s follows its usual hours again.") % {"place": place}


class DoorsPanel(Component):
    """On the dashboard: the first of one's places, to close one without looking for a screen."""

    order = 14
    template_name = "locations/opening_hours/admin/today/panel.html"

    def get_context_data(self, parent_context):
        request = parent_context["request"]
        now = timezone.now()
        shown = list(own_doors(request.user)[: ON_DASHBOARD + 1])
        return {
            "doors": doors(shown[:ON_DASHBOARD], now),
            "more": len(shown) > ON_DASHBOARD,
            "csrf_token": get_token(request),
            "back": "dashboard",
            **choices(now),
        }


def add_today_panel(request, panels):
    if may_close(request.user):
        panels.append(DoorsPanel())


class TodayViewSet(ScreenViewSet):
    model = Location
    permission_required = "close_today"
    name = "today"
    url_prefix = "vandaag"
    icon = "lock-open"
    menu_label = gettext_lazy("Open or closed today")

    @cached_property
    def menu_item_class(self):
        class TodayMenuItem(MenuItem):
            def is_shown(self, request):
                return may_close(request.user)

        return TodayMenuItem

    def get_urlpatterns(self):
        return [
            path("", self.construct_view(TodayView), name="index"),
            path("<int:pk>/sluiten/", self.construct_view(CloseView), name="close"),
            path("dagen/<int:pk>/open/", self.construct_view(ReopenView), name="reopen"),
        ]
