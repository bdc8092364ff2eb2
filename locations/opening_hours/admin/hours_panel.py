"""Panels that show hours as a week per service, with a preview of the coming weeks."""

from dataclasses import dataclass, field

from django.forms import CheckboxInput, Media, Script
from django.urls import reverse
from django.utils.functional import cached_property
from wagtail.admin.panels import Panel
from wagtail.admin.staticfiles import versioned_static

from locations.core.admin.viewsets import FormSetInlinePanel
from locations.opening_hours.admin.adjusted_days_preview import (
    AdjustedDaysPreviewView,
    preview_adjusted_days,
)
from locations.opening_hours.admin.hours_forms import raw_value, recurrence_of
from locations.opening_hours.admin.hours_preview import LocationPreviewView, preview_location
from locations.opening_hours.models import OpeningRule, Weekday

WEEKLY = OpeningRule.Recurrence.WEEKLY
EMPTY_LINES = 4
"""How many empty lines a page without a script offers."""


@dataclass
class WeekdayLines:
    """The forms of one weekday."""

    number: int
    name: str
    lines: list = field(default_factory=list)


@dataclass
class ServiceLines:
    """The forms of one service, or all forms if there are no services."""

    service: object = None
    week: list = field(
        default_factory=lambda: [WeekdayLines(number, label) for number, label in Weekday.choices]
    )
    others: list = field(default_factory=list)
    is_first_empty: bool = False

    @property
    def is_empty(self):
        """Whether there are no lines."""
        return not self.others and not any(day.lines for day in self.week)

    def __str__(self):
        return str(self.service or "")


def preview_url(namespace, instance):
    """Return the URL of the preview of a new or existing instance."""
    if instance.pk:
        return reverse(f"{namespace}:preview", args=[instance.pk])
    return reverse(f"{namespace}:preview_new")


def group_forms(formset, services):
    """Return the forms by service and weekday, and those that lack what is needed for it."""
    sections = {service and service.pk: ServiceLines(service) for service in services}
    ungrouped = []
    for form in formset.forms:
        recurrence, weekday = recurrence_of(form), raw_value(form, "weekday")
        section = sections.get(raw_value(form, "service"))
        if section is None or recurrence is None or (recurrence == WEEKLY and weekday is None):
            ungrouped.append(form)
        elif recurrence == WEEKLY:
            section.week[weekday].lines.append(form)
        else:
            section.others.append(form)
    for section in sections.values():
        for day in section.week:
            day.lines.sort(key=lambda form: (not form.instance.pk, str(form["opens"].value())))
    if sections and all(section.is_empty for section in sections.values()):
        next(iter(sections.values())).is_first_empty = True
    return list(sections.values()), ungrouped


class WeekPanel(FormSetInlinePanel):
    """Hours as a week: a row per weekday, and a template for each kind of line."""

    class BoundPanel(Panel.BoundPanel):
        """The panel with a formset."""

        template_name = "locations/opening_hours/admin/hours/panel.html"
        services = (None,)
        recurrences = ((str(WEEKLY), ""),)

        def __init__(self, **kwargs):
            super().__init__(**kwargs)
            self.formset = self.form.formsets[self.panel.relation_name]
            for form in self.formset.forms:
                self._show_delete(form)

        @staticmethod
        def _show_delete(form):
            form.fields["DELETE"].widget = CheckboxInput()
            return form

        @cached_property
        def empty_line(self):
            """The form that the script copies."""
            return self._show_delete(self.formset.empty_form)

        @cached_property
        def lines_without_script(self):
            """Empty forms for a page without a script."""
            first = len(self.formset.forms)
            return [self._empty_form(first + number) for number in range(EMPTY_LINES)]

        @property
        def total_without_script(self):
            """The number of forms on a page without a script."""
            return len(self.formset.forms) + EMPTY_LINES

        def _empty_form(self, number):
            form = self.formset.form(
                prefix=self.formset.add_prefix(number),
                empty_permitted=True,
                use_required_attribute=False,
                **self.formset.get_form_kwargs(None),
            )
            self.formset.add_fields(form, None)
            return self._show_delete(form)

        def get_context_data(self, parent_context=None):
            """Add the forms by service and weekday."""
            sections, ungrouped = group_forms(self.formset, self.services)
            return super().get_context_data(parent_context) | {
                "sections": sections,
                "ungrouped": ungrouped,
                "recurrences": self.recurrences,
            }

        @property
        def media(self):
            """The style sheet and scripts of the week."""
            return Media(
                css={"all": [versioned_static("digipunt/staff/css/hours.css")]},
                js=[
                    Script(versioned_static(f"digipunt/staff/js/{name}.js"), defer=True)
                    for name in ("hours", "hours-preview")
                ],
            )


class OpeningHoursPanel(WeekPanel):
    """The hours of each service, with a preview of the location."""

    class BoundPanel(WeekPanel.BoundPanel):
        """The panel with the opening rules of a location."""

        recurrences = tuple(OpeningRule.Recurrence.choices)

        @property
        def services(self):
            """All services."""
            return self.formset.services

        def get_context_data(self, parent_context=None):
            """Add the preview."""
            return super().get_context_data(parent_context) | {
                "by_service": True,
                "preview": preview_location(self.form, self.instance),
                "preview_heading": LocationPreviewView.page_title,
                "preview_url": preview_url("location", self.instance),
            }


class AdjustedHoursPanel(WeekPanel):
    """The hours of adjusted days, with a preview of these days."""

    class BoundPanel(WeekPanel.BoundPanel):
        """The panel with adjusted hours."""

        def get_context_data(self, parent_context=None):
            """Add the preview."""
            return super().get_context_data(parent_context) | {
                "preview": preview_adjusted_days(self.form),
                "preview_heading": AdjustedDaysPreviewView.page_title,
                "preview_url": preview_url("adjusteddays", self.instance),
            }
