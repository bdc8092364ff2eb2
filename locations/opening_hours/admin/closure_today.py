"""Screen and dashboard panel on which staff close a location today, and reopen it."""

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
from locations.opening_hours.errors import HoursError
from locations.opening_hours.loading import load_calendars
from locations.opening_hours.models import ClosedDays
from locations.opening_hours.operations.closure_today import (
    ClosureAuthor,
    close_today,
    current_closures,
    format_last_day,
    reopen,
    unplanned_closures,
)
from locations.places.access import locations_for
from locations.places.models import Location

PER_PAGE = 30
ON_DASHBOARD = 6
DAYS_AHEAD = 14
TONES = {Sign.OPEN: "good", Sign.LATER: "wait", Sign.CLOSED: "gone", Sign.CANCELLED: "bad"}

# Visitors read the label; the key is the value of the button.
REASONS = {
    "illness": gettext_lazy("Illness"),
    "technical": gettext_lazy("Technical trouble"),
    "building": gettext_lazy("The building is closed"),
    "weather": gettext_lazy("Bad weather"),
    "elsewhere": gettext_lazy("We are somewhere else today"),
}


def can_close_today(user):
    """Return whether the user may close locations today."""
    return user.has_perm("locations.close_today")


def closable_locations(user):
    """Return the public locations that the user may close today, by name."""
    return locations_for(user).public().order_by("name", "pk")


@dataclass(frozen=True)
class LocationToday:
    """The status of a location today, and the closure that can be ended, if any."""

    location: Location
    status: StatusLabel
    closed_days: ClosedDays | None
    until: str
    author: ClosureAuthor | None

    @property
    def tone(self):
        """The CSS class suffix of the status."""
        return TONES[self.status.sign]


def locations_today(locations, now):
    """Return the status today of each of these locations; the number of queries is fixed."""
    locations = list(locations)
    today = timezone.localdate(now)
    calendars = load_calendars(locations)
    closures = current_closures(locations, today)
    keys = {closed_days.pk for rows in closures.values() for closed_days in rows}
    authors = unplanned_closures(keys) if keys else {}
    rows = []
    for location in locations:
        candidates = closures.get(location.pk, [])
        # The closure that can be ended comes first.
        candidates = sorted(candidates, key=lambda closed_days: closed_days.pk not in authors)
        closed_days = candidates[0] if candidates else None
        rows.append(
            LocationToday(
                location,
                opening_status(calendars[location.pk], now),
                closed_days,
                format_last_day(closed_days, today) if closed_days else "",
                authors.get(closed_days.pk) if closed_days else None,
            )
        )
    return rows


def last_day_choices(now):
    """Yield the days through which a location can be closed, each with its label."""
    today = timezone.localdate(now)
    yield today, _("only today")
    for ahead in range(1, DAYS_AHEAD + 1):
        day = today + timedelta(days=ahead)
        yield day, _("up to and including %(day)s") % {"day": format_near_day(day, today)}


def form_choices(now):
    """Return the template context of the form that closes a location."""
    return {"reasons": REASONS.items(), "last_days": list(last_day_choices(now))}


class CloseTodayPermissionMixin:
    """Require the permission `close_today`, which Wagtail's permission policies do not know."""

    def user_has_permission(self, permission):
        """Return whether the user may close locations today."""
        return can_close_today(self.request.user)


class TodayView(CloseTodayPermissionMixin, StaffViewMixin, TemplateView):
    """List the user's locations with their status today."""

    template_name = "locations/opening_hours/admin/today/today.html"
    page_title = gettext_lazy("Our places today")

    def get_context_data(self, **kwargs):
        """Add a page of locations and the choices of the form."""
        now = timezone.now()
        locations = closable_locations(self.request.user)
        page = Paginator(locations, PER_PAGE).get_page(self.request.GET.get("p"))
        return super().get_context_data(**kwargs) | {
            "rows": locations_today(page, now),
            "page_obj": page,
            **form_choices(now),
        }


class ClosureActionView(CloseTodayPermissionMixin, StaffViewMixin, View):
    """Close or reopen one location, then return to the screen the user came from."""

    http_method_names = ["post"]

    def post(self, request, pk):
        """Run the action and show its message."""
        try:
            messages.success(request, self.run(pk))
        except HoursError as error:
            messages.error(request, str(error))
        if request.POST.get("back") == "dashboard":
            return redirect("wagtailadmin_home")
        return redirect("today:index")

    def run(self, pk):
        """Run the action and return a message for the user."""
        raise NotImplementedError


class CloseView(ClosureActionView):
    """Close a location from today on."""

    def run(self, pk):
        """Close the location with this primary key."""
        location = get_object_or_404(closable_locations(self.request.user), pk=pk)
        closed_days = close_today(
            location, reason=self.get_reason(), until=self.get_last_day(), user=self.request.user
        )
        return _("%(place)s is closed, %(until)s. Visitors read: %(reason)s.") % {
            "place": location,
            "until": format_last_day(closed_days, timezone.localdate()),
            "reason": closed_days.reason,
        }

    def get_reason(self):
        """Return the label of the button and the typed text, in the language of visitors."""
        text = self.request.POST.get("text", "").strip()
        label = REASONS.get(self.request.POST.get("reason"))
        if label is None:
            return text
        with translation.override(settings.LANGUAGE_CODE):
            return f"{label}. {text}" if text else str(label)

    def get_last_day(self):
        """Return the chosen last day, or None."""
        try:
            return date.fromisoformat(self.request.POST.get("until", ""))
        except ValueError:
            return None


class ReopenView(ClosureActionView):
    """Reopen a location that was closed today."""

    def run(self, pk):
        """End the closed days with this primary key."""
        closed_days = get_object_or_404(ClosedDays.objects.select_related("location"), pk=pk)
        location = get_object_or_404(
            closable_locations(self.request.user), pk=closed_days.location_id
        )
        reopen(closed_days, user=self.request.user)
        return _("%(place)s follows its usual hours again.") % {"place": location}


class TodayPanel(Component):
    """Dashboard panel with the first of the user's locations."""

    order = 12
    template_name = "locations/opening_hours/admin/today/panel.html"

    def get_context_data(self, parent_context):
        """Return the locations, and whether there are more on the screen."""
        request = parent_context["request"]
        now = timezone.now()
        locations = list(closable_locations(request.user)[: ON_DASHBOARD + 1])
        return {
            "rows": locations_today(locations[:ON_DASHBOARD], now),
            "more": len(locations) > ON_DASHBOARD,
            "csrf_token": get_token(request),
            "back": "dashboard",
            **form_choices(now),
        }


def add_today_panel(request, panels):
    """Add the panel for users who may close locations today."""
    if can_close_today(request.user):
        panels.append(TodayPanel())


class TodayViewSet(ScreenViewSet):
    """URLs and menu item of the screen."""

    model = Location
    permission_required = "close_today"
    name = "today"
    url_prefix = "vandaag"
    icon = "lock-open"
    menu_label = gettext_lazy("Open or closed today")

    @cached_property
    def menu_item_class(self):
        """A menu item that depends on the permission `close_today`."""

        class TodayMenuItem(MenuItem):
            def is_shown(self, request):
                return can_close_today(request.user)

        return TodayMenuItem

    def get_urlpatterns(self):
        """Return the screen and its two actions."""
        return [
            path("", self.construct_view(TodayView), name="index"),
            path("<int:pk>/sluiten/", self.construct_view(CloseView), name="close"),
            path("dagen/<int:pk>/open/", self.construct_view(ReopenView), name="reopen"),
        ]
