"""What the hours said on a past day, and who changed them when."""

from datetime import datetime, time, timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import IntegrityError
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
    ScopedCreateView,
    ScopedDeleteView,
    ScopedEditView,
    ScopedInspectView,
    ScreenViewSet,
    StaffViewMixin,
)
from locations.opening_hours.engine import BRUSSELS, words
from locations.opening_hours.engine.changes import differences
from locations.opening_hours.models import HoursVersion
from locations.opening_hours.operations import history
from locations.places.access import locations_for
from locations.places.models import Service

PER_PAGE = 20


class RecordsHours:
    """A form of what has hours, or of what belongs to one: what it changes is kept, with who."""

    def recorded(self, *rows):
        return history.recorded(*rows, user=self.request.user)

    def as_stored(self, row):
        """As it was, so that days that move from one place to another are a change of both."""
        return [self.model._base_manager.get(pk=row.pk)] if row.pk else []


class RecordsHoursOnCreate(RecordsHours):
    def save_instance(self):
        with self.recorded(self.form.instance) as concerned:
            row = super().save_instance()
            concerned.add(row)
        return row


class RecordsHoursOnEdit(RecordsHours):
    def save_instance(self):
        row = self.form.instance
        with self.recorded(row, *self.as_stored(row)):
            return super().save_instance()


class RecordsHoursOnDelete(RecordsHours):
    def delete_action(self):
        with self.recorded(self.object):
            super().delete_action()


class SecondAtTheSameMoment:
    """Of two who save days that overlap, the second reads what the form says on any other day."""

    def form_valid(self, form):
        is_new = form.instance.pk is None
        try:
            return super().form_valid(form)
        except IntegrityError:
            if is_new:
                form.instance.pk, form.instance._state.adding = None, True
            try:
                form.instance.clean()
            except ValidationError as error:
                form.add_error(None, error)
            if self.is_valid(form):  # it was refused for something else
                raise
            return self.form_invalid(form)


class DaysCreateView(SecondAtTheSameMoment, RecordsHoursOnCreate, ScopedCreateView):
    pass


class DaysEditView(SecondAtTheSameMoment, RecordsHoursOnEdit, ScopedEditView):
    pass


class DaysDeleteView(RecordsHoursOnDelete, ScopedDeleteView):
    pass


class LooksBack:
    """A button to the hours of a place as they were."""

    @cached_property
    def header_more_buttons(self):
        buttons = super().header_more_buttons
        if self.request.user.has_perm("locations.view_hoursversion"):
            url = f"{reverse('hours_history:index')}?{urlencode({'location': self.object.pk})}"
            buttons.append(Button(_("Hours in the past"), url, icon_name="history", priority=50))
        return buttons


class LocationInspectView(LooksBack, ScopedInspectView):
    pass


class LookBackForm(forms.Form):
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
        (names.get(code, code), words.blocks(calendar.blocks(day, code)))
        for code in services
        if calendar.blocks(day, code) or calendar.has_own_hours(code)
    ]
    return {
        "closed": words.closed(closure) if closure else "",
        "adjusted": (adjusted.reason or _("other hours")) if adjusted and not closure else "",
        "blocks": words.blocks(calendar.blocks(day)),
        "services": [] if closure else lines,
    }


class HoursHistoryView(StaffViewMixin, TemplateView):
    template_name = "locations/opening_hours/admin/history/history.html"
    page_title = gettext_lazy("Hours in the past")

    def get_context_data(self, **kwargs):
        asked = self.request.GET.copy()
        if "location" in asked and not asked.get("day"):
            asked["day"] = timezone.localdate().isoformat()
        form = LookBackForm(asked if "location" in asked else None, user=self.request.user)
        answer = self.answer(form) if form.is_valid() else {}
        return super().get_context_data(**kwargs) | {"form": form, **answer}

    def answer(self, form):
        place = form.cleaned_data["location"]
        day = form.cleaned_data["day"]
        known_on = form.cleaned_data["known"] or day
        names = dict(Service.objects.values_list("code", "name"))
        known = history.known_at(place, end_of(known_on))
        versions = history.versions_of(place).select_related("user", "partnership")
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
                    "differences": differences(version.data, before, names),
                }
                for version, before in history.with_the_one_before(list(page))
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
