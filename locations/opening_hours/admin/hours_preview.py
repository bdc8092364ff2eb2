"""Preview of the coming weeks, from hours that are not saved yet."""

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
from locations.opening_hours.engine.hours_text import format_next_opening
from locations.opening_hours.engine.week_preview import preview_weeks
from locations.opening_hours.loading import load_calendars
from locations.places.admin.location_form import partnership_choices
from locations.places.models import Location, Service

PREVIEW_LENGTH = timedelta(weeks=8, days=-1)
"""From the first day through the last day: eight weeks."""


@dataclass(frozen=True)
class LineError:
    """A line that is not valid yet: its label, the first error, and the field to correct."""

    label: str
    message: str
    field_id: str


@dataclass(frozen=True)
class Preview:
    """The coming weeks, and the lines that are left out because they are not valid."""

    weeks: tuple
    errors: tuple
    next: str
    summary: str


def preview_location(form, location, user=None, now=None):
    """Return the preview of a location as it is in the form.

    Rules, kind and partnership come from the form; stops and exceptional days from the database.
    """
    now = now or timezone.now()
    today = now.astimezone(BRUSSELS).date()
    formset = form.formsets["opening_rules"]
    codes = {service.pk: service.code for service in formset.services}
    names = {service.code: str(service) for service in formset.services} | {"": _("Stop")}
    kind, partnership_id = _chosen_kind_and_partnership(form, location, user)
    stored = Location(pk=location.pk, kind=kind, partnership_id=partnership_id)
    calendar = load_calendars([stored])[location.pk]
    rules = [rule_from_instance(row, codes[row.service_id]) for row in valid_instances(formset)]
    rules += [rule for rule in calendar.rules if not rule.service]  # stops
    calendar = replace(calendar, rules=tuple(rules), lending=Service.LENDING)
    errors = line_errors(formset, formset.services_by_key)
    weeks = preview_weeks(calendar, today, today + PREVIEW_LENGTH, names)
    count = sum(bool(day.hours) for week in weeks for day in week.days)
    summary = ngettext(
        "Open on %(count)s day in the coming eight weeks.",
        "Open on %(count)s days in the coming eight weeks.",
        count,
    ) % {"count": count}
    next_text = "" if count else format_next_opening(calendar.next_opening(now), today)
    return Preview(tuple(weeks), tuple(errors), next_text, add_error_count(summary, errors))


def add_error_count(summary, errors):
    """Return the summary, followed by the number of lines with an error."""
    if not errors:
        return summary
    text = ngettext(
        "%(count)s line is not right yet.", "%(count)s lines are not right yet.", len(errors)
    )
    return " ".join([summary, text % {"count": len(errors)}])


def valid_instances(formset):
    """Return the instances that would be saved."""
    if not formset.is_bound:
        return [form.instance for form in formset.initial_forms]
    formset.is_valid()
    return [
        form.instance
        for form in formset.forms
        if not form.errors and form.cleaned_data and not form.cleaned_data.get("DELETE")
        if form.has_changed() or form.instance.pk
    ]


def line_errors(formset, services):
    """Return the first error of each line that is not valid."""
    if not formset.is_bound:
        return []
    formset.is_valid()
    errors = []
    for form in formset.forms:
        if not form.errors or form.cleaned_data.get("DELETE"):
            continue
        name, messages = next(iter(form.errors.items()))
        field_id = form[name].id_for_label if name in form.fields else ""
        label = ", ".join(filter(None, [line_label(form, services), typed_hours(form)]))
        errors.append(LineError(label, messages[0], field_id))
    return errors


def _chosen_kind_and_partnership(form, location, user):
    """Return the kind and partnership in the form, if the user may choose that partnership."""
    if not form.is_bound:
        return location.kind, location.partnership_id
    kind, key = form["kind"].value(), str(form["partnership"].value() or "")
    if user is None or not key.isdecimal():
        return kind, location.partnership_id if user is None else None
    partnerships = partnership_choices(user, location).filter(pk=key)
    return kind, partnerships.values_list("pk", flat=True).first()


class PreviewView(StaffViewMixin, TemplateView):
    """Render the preview of a posted form without saving; as a full page without a script."""

    form_class = None
    any_permission_required = ["add", "change"]
    http_method_names = ["post"]
    page_title = gettext_lazy("The coming eight weeks")

    def get_template_names(self):
        """Return the fragment for a script, otherwise the page."""
        is_fragment = self.request.headers.get("X-Requested-With") == "XMLHttpRequest"
        name = "preview" if is_fragment else "preview_page"
        return [f"locations/opening_hours/admin/hours/{name}.html"]

    def get_form(self):
        """Return the posted form of a new or visible instance."""
        user, instance = self.request.user, self.model()
        if "pk" in self.kwargs:
            queryset = self.model._default_manager.visible_to(user)
            instance = get_object_or_404(queryset, pk=self.kwargs["pk"])
        return self.form_class(data=self.request.POST, instance=instance, for_user=user)

    def post(self, request, *args, **kwargs):
        """Render the preview."""
        return self.render_to_response(self.get_context_data(preview=self.get_preview()))

    def get_preview(self):
        """Return the preview of the posted form."""
        raise NotImplementedError


def preview_patterns(view):
    """Return the URLs of the preview of a new and of an existing instance."""
    return [
        path("voorbeeld/", view, name="preview_new"),
        path("voorbeeld/<int:pk>/", view, name="preview"),
    ]


class LocationPreviewView(PreviewView):
    """Preview the hours of a location."""

    def get_preview(self):
        """Return the preview of the location."""
        form = self.get_form()
        return preview_location(form, form.instance, self.request.user)
