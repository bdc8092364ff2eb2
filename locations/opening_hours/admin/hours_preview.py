"""What visitors will find in the coming weeks, worked out from hours that are not saved yet."""

from dataclasses import dataclass, replace
from datetime import timedelta

from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView

from home.core.admin.base import StaffViewMixin
from locations.core.time_zone import BRUSSELS
from locations.opening_hours.admin.hours_forms import line_label, rule_from_instance, typed_hours
from locations.opening_hours.engine.calendar import Calendar
from locations.opening_hours.engine.hours_text import format_next_opening
from locations.opening_hours.engine.week_preview import preview_weeks
from locations.opening_hours.loading import load_calendars
from locations.places.admin.location_form import partnership_choices
from locations.places.models import Location, Service

A_PREVIEW = timedelta(weeks=8, days=-1)
"""From the first day to the last: eight weeks."""


@dataclass(frozen=True)
class Wrong:
    """A line that does not count yet: which one, why, and where to mend it."""

    name: str
    sentence: str
    field_id: str


@dataclass(frozen=True)
class Preview:
    weeks: tuple
    wrong: tuple
    next: str
    summary: str


def preview_of_place(form, place, user=None, now=None):
    """The coming weeks of the place as it is in the form, saved or not.

    The lines come from the form. Its stops, closed days and days with other hours are those in the
    database, of the place and of the partnership that the form says.
    """
    now = now or timezone.now()
    lines = form.formsets["opening_rules"]
    codes = {service.pk: service.code for service in lines.services}
    names = {service.code: str(service) for service in lines.services} | {"": _("Stop")}
    kind, together = _chosen(form, place, user)
    stored = Location(pk=place.pk, kind=kind, partnership_id=together)
    calendar = load_calendars([stored])[place.pk]
    rules = [rule_from_instance(row, codes[row.service_id]) for row in good_rows(lines)]
    rules += [rule for rule in calendar.rules if not rule.service]  # its stops
    calendar = replace(calendar, rules=tuple(rules), lending=Service.LENDING)
    return made(calendar, names, mistakes(lines, lines.services_by_key), now)


def made(calendar: Calendar, names, wrong, now):
    today = now.astimezone(BRUSSELS).date()
    found = preview_weeks(calendar, today, today + A_PREVIEW, names)
    count = sum(bool(day.hours) for week in found for day in week.days)
    summary = ngettext(
        "Open on %(count)s day in the coming eight weeks.",
        "Open on %(count)s days in the coming eight weeks.",
        count,
    ) % {"count": count}
    summary = " ".join([summary, *still_wrong(wrong)])
    following = "" if count else format_next_opening(calendar.next_opening(now), today)
    return Preview(tuple(found), tuple(wrong), following, summary)


def still_wrong(wrong):
    if wrong:
        yield ngettext(
            "%(count)s line is not right yet.", "%(count)s lines are not right yet.", len(wrong)
        ) % {"count": len(wrong)}


def good_rows(formset):
    """The rows of a formset that would be saved as they are."""
    if not formset.is_bound:
        return [form.instance for form in formset.initial_forms]
    formset.is_valid()
    return [
        form.instance
        for form in formset.forms
        if not form.errors and form.cleaned_data and not form.cleaned_data.get("DELETE")
        if form.has_changed() or form.instance.pk
    ]


def mistakes(formset, services):
    """Each line that is not right, with its first mistake."""
    if not formset.is_bound:
        return []
    formset.is_valid()
    found = []
    for form in formset.forms:
        if not form.errors or form.cleaned_data.get("DELETE"):
            continue
        name, sentences = next(iter(form.errors.items()))
        field_id = form[name].id_for_label if name in form.fields else ""
        name = ", ".join(filter(None, [line_label(form, services), typed_hours(form)]))
        found.append(Wrong(name, sentences[0], field_id))
    return found


def _chosen(form, place, user):
    """Kind and partnership as the form has them, if it is a partnership one may choose."""
    if not form.is_bound:
        return place.kind, place.partnership_id
    kind, key = form["kind"].value(), str(form["partnership"].value() or "")
    if user is None or not key.isdecimal():
        return kind, place.partnership_id if user is None else None
    allowed = partnership_choices(user, place).filter(pk=key)
    return kind, allowed.values_list("pk", flat=True).first()


class PreviewView(StaffViewMixin, TemplateView):
    """Asked with the form as it is typed; changes nothing. As a page for who has no script."""

    form_class = None
    any_permission_required = ["add", "change"]
    http_method_names = ["post"]
    page_title = gettext_lazy("The coming eight weeks")

    def get_template_names(self):
        part = self.request.headers.get("X-Requested-With") == "XMLHttpRequest"
        return [f"locations/opening_hours/admin/hours/{'preview' if part else 'preview_page'}.html"]

    def get_form(self):
        user, row = self.request.user, self.model()
        if "pk" in self.kwargs:
            rows = self.model._default_manager.visible_to(user)
            row = get_object_or_404(rows, pk=self.kwargs["pk"])
        return self.form_class(data=self.request.POST, instance=row, for_user=user)

    def post(self, request, *args, **kwargs):
        return self.render_to_response(self.get_context_data(preview=self.preview()))


def preview_patterns(view):
    """The addresses of the preview of a row, and of one that is not there yet."""
    return [
        path("voorbeeld/", view, name="preview_new"),
        path("voorbeeld/<int:pk>/", view, name="preview"),
    ]


class LocationPreviewView(PreviewView):
    def preview(self):
        form = self.get_form()
        return preview_of_place(form, form.instance, self.request.user)
