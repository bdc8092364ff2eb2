"""Screen with the opening hours on a past day, and every change of them."""

from datetime import datetime, time, timedelta

from django import forms
from django.core.paginator import Paginator
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.widgets import AdminDateInput

from home.core.admin.base import Button, ScopedInspectView, ScreenViewSet, StaffViewMixin
from locations.core.time_zone import BRUSSELS
from locations.opening_hours.engine.hours_text import format_blocks, format_closure
from locations.opening_hours.models import HoursVersion
from locations.opening_hours.operations.history import (
    hours_known_at,
    versions_for_location,
    with_previous_data,
)
from locations.opening_hours.version_diff import diff_versions
from locations.places.access import locations_for
from locations.places.models import Service

PER_PAGE = 20


class HoursHistoryButtonMixin:
    """Add a header button that leads to the history of the hours of a location."""

    @cached_property
    def header_more_buttons(self):
        """The buttons of the view, with the one for users who may see the history."""
        buttons = super().header_more_buttons
        if self.request.user.has_perm("locations.view_hoursversion"):
            url = f"{reverse('hours_history:index')}?{urlencode({'location': self.object.pk})}"
            buttons.append(Button(_("Hours in the past"), url, icon_name="history", priority=50))
        return buttons


class LocationInspectView(HoursHistoryButtonMixin, ScopedInspectView):
    """Inspect a location, with a button to the history of its hours."""


class HoursHistoryForm(forms.Form):
    """A location, a day, and optionally the day as of which the hours were known."""

    location = forms.ModelChoiceField(
        label=gettext_lazy("Place"), queryset=None, empty_label=gettext_lazy("Choose…")
    )
    day = forms.DateField(label=gettext_lazy("Day"), required=False, widget=AdminDateInput)
    known = forms.DateField(
        label=gettext_lazy("As known on"),
        required=False,
        widget=AdminDateInput,
        help_text=gettext_lazy("Leave empty for the hours that visitors could read on the day."),
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["location"].queryset = locations_for(user)


def end_of_day(day):
    """Return the last moment of a day in Brussels."""
    midnight = datetime.combine(day + timedelta(days=1), time(), tzinfo=BRUSSELS)
    return midnight - timedelta(microseconds=1)


def describe_day(calendar, day, service_names):
    """Return the hours of a day as text: of the location and of its services."""
    closure, adjustment = calendar.closure(day), calendar.adjustment(day)
    codes = sorted({rule.service for rule in calendar.rules} - {""})
    services = [
        (service_names.get(code, code), format_blocks(calendar.blocks(day, code)))
        for code in codes
        if calendar.blocks(day, code) or calendar.has_own_hours(code)
    ]
    reason = (adjustment.reason or _("other hours")) if adjustment else ""
    return {
        "closed": format_closure(closure) if closure else "",
        "adjusted": "" if closure else reason,
        "blocks": format_blocks(calendar.blocks(day)),
        "services": [] if closure else services,
    }


class HoursHistoryView(StaffViewMixin, TemplateView):
    """Show the hours on a past day, and the changes of the hours."""

    template_name = "locations/opening_hours/admin/history/history.html"
    page_title = gettext_lazy("Hours in the past")

    def get_context_data(self, **kwargs):
        """Add the form, and the hours and changes if it is valid; the day defaults to today."""
        data = self.request.GET.copy()
        if "location" in data and not data.get("day"):
            data["day"] = timezone.localdate().isoformat()
        form = HoursHistoryForm(data if "location" in data else None, user=self.request.user)
        result = self.get_result(form) if form.is_valid() else {}
        return super().get_context_data(**kwargs) | {"form": form, **result}

    def get_result(self, form):
        """Return the context for a valid form."""
        location = form.cleaned_data["location"]
        day = form.cleaned_data["day"]
        known_on = form.cleaned_data["known"] or day
        service_names = dict(Service.objects.values_list("code", "name"))
        historic = hours_known_at(location, end_of_day(known_on))
        versions = versions_for_location(location).select_related("user", "partnership")
        page = Paginator(versions, PER_PAGE).get_page(self.request.GET.get("p"))
        query = urlencode({"location": location.pk, "day": day, "known": known_on})
        return {
            "location": location,
            "day": day,
            "known_on": known_on,
            "historic": historic,
            "hours": describe_day(historic.calendar, day, service_names) if historic else None,
            "page_obj": page,
            "changes": [
                {
                    "version": version,
                    "is_first": previous_data is None,
                    "differences": diff_versions(version.data, previous_data, service_names),
                }
                for version, previous_data in with_previous_data(list(page))
            ],
            "address": f"{reverse('hours_history:index')}?{query}",
        }


class HoursHistoryViewSet(ScreenViewSet):
    """URL and menu item of the screen."""

    model = HoursVersion
    permission_required = "view"
    name = "hours_history"
    url_prefix = "uren-vroeger"
    icon = "history"
    menu_label = gettext_lazy("Hours in the past")

    def get_urlpatterns(self):
        """Return the screen."""
        return [path("", self.construct_view(HoursHistoryView), name="index")]
