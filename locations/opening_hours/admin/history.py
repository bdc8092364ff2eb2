"""What the hours said on a past day, and who changed them when."""

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

from home.core.admin.base import (
    Button,
    ScopedInspectView,
    ScreenViewSet,
    StaffViewMixin,
)
from locations.core.time_zone import BRUSSELS
from locations.opening_hours.engine.hours_text import format_blocks, format_closure
from locations.opening_hours.models import HoursVersion
from locations.opening_hours.operations import history
from locations.opening_hours.version_diff import diff_versions
from locations.places.access import locations_for
from locations.places.models import Service

PER_PAGE = 20


class HoursHistoryButtonMixin:
    """A button to the hours of a place as they were."""

    @cached_property
    def header_more_buttons(self):
        buttons = super().header_more_buttons
        if self.request.user.has_perm("locations.view_hoursversion"):
            url = f"{reverse('hours_history:index')}?{urlencode({'location': self.object.pk})}"
            buttons.append(Button(_("Hours in the past"), url, icon_name="history", priority=50))
        return buttons


class LocationInspectView(HoursHistoryButtonMixin, ScopedInspectView):
    pass


class HoursHistoryForm(forms.Form):
    """Which place, which day, and if need be as it was known on another day."""

    location = forms.ModelChoiceField(
        label=gettext_lazy("Place"), queryset=None, empty_label=gettext_lazy("Choose…")
    )
    day = forms.DateField(label=gettext_lazy("Day"), required=False, widget=AdminDateInput)
    known = forms.DateField(
        label=gettext_lazy("As it was known on"),
        required=False,
        widget=AdminDateInput,
        help_text=gettext_lazy("Empty: as visitors could read it on the day itself."),
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["location"].queryset = locations_for(user)


def end_of(day):
    """The last moment of a day in Brussels."""
    return datetime.combine(day + timedelta(days=1), time(), tzinfo=BRUSSELS) - timedelta(
        microseconds=1
    )


def hours_on(calendar, day, names):
    """What the hours said for a day: why it was closed, or the blocks of the place and services."""
    closure, adjusted = calendar.closure(day), calendar.adjustment(day)
    services = sorted({rule.service for rule in calendar.rules} - {""})
    lines = [
        (names.get(code, code), format_blocks(calendar.blocks(day, code)))
        for code in services
        if calendar.blocks(day, code) or calendar.has_own_hours(code)
    ]
    return {
        "closed": format_closure(closure) if closure else "",
        "adjusted": (adjusted.reason or _("other hours")) if adjusted and not closure else "",
        "blocks": format_blocks(calendar.blocks(day)),
        "services": [] if closure else lines,
    }


class HoursHistoryView(StaffViewMixin, TemplateView):
    template_name = "locations/opening_hours/admin/history/history.html"
    page_title = gettext_lazy("Hours in the past")

    def get_context_data(self, **kwargs):
        asked = self.request.GET.copy()
        if "location" in asked and not asked.get("day"):
            asked["day"] = timezone.localdate().isoformat()
        form = HoursHistoryForm(asked if "location" in asked else None, user=self.request.user)
        answer = self.answer(form) if form.is_valid() else {}
        return super().get_context_data(**kwargs) | {"form": form, **answer}

    def answer(self, form):
        place = form.cleaned_data["location"]
        day = form.cleaned_data["day"]
        known_on = form.cleaned_data["known"] or day
        names = dict(Service.objects.values_list("code", "name"))
        known = history.hours_known_at(place, end_of(known_on))
        versions = history.versions_for_location(place).select_related("user", "partnership")
        page = Paginator(versions, PER_PAGE).get_page(self.request.GET.get("p"))
        return {
            "place": place,
            "day": day,
            "known_on": known_on,
            "known": known,
            "said": hours_on(known.calendar, day, names) if known else None,
            "page_obj": page,
            "changes": [
                {
                    "version": version,
                    "is_first": before is None,
                    "differences": diff_versions(version.data, before, names),
                }
                for version, before in history.with_previous_data(list(page))
            ],
            "address": f"{reverse('hours_history:index')}?"
            + urlencode({"location": place.pk, "day": day, "known": known_on}),
        }


class HoursHistoryViewSet(ScreenViewSet):
    model = HoursVersion
    permission_required = "view"
    name = "hours_history"
    url_prefix = "uren-vroeger"
    icon = "history"
    menu_label = gettext_lazy("Hours in the past")

    def get_urlpatterns(self):
        return [path("", self.construct_view(HoursHistoryView), name="index")]
