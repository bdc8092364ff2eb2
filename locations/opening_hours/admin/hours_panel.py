"""The hours of a place as a week per service, and beside it what visitors will find."""

from dataclasses import dataclass, field

from django.forms import CheckboxInput, Media, Script
from django.urls import reverse
from django.utils.functional import cached_property
from wagtail.admin.panels import Panel
from wagtail.admin.staticfiles import versioned_static

from locations.core.admin.viewsets import FormSetInlinePanel
from locations.opening_hours.admin.adjusted_days_preview import (
    AdjustedDaysPreviewView,
    preview_of_days,
)
from locations.opening_hours.admin.hours_forms import raw_value, recurrence_of
from locations.opening_hours.admin.hours_preview import LocationPreviewView, preview_of_place
from locations.opening_hours.models import OpeningRule, Weekday

WEEKLY = OpeningRule.Recurrence.WEEKLY
WITHOUT_SCRIPT = 4
"""How many empty lines there are for who has no script to add one."""


@dataclass
class Day:
    """A day of the week, with its lines."""

    number: int
    name: str
    lines: list = field(default_factory=list)


@dataclass
class Section:
    """The lines of one service; or all lines, where there is no service to speak of."""

    service: object = None
    week: list = field(
        default_factory=lambda: [Day(number, label) for number, label in Weekday.choices]
    )
    others: list = field(default_factory=list)
    starts: bool = False

    @property
    def is_empty(self):
        return not self.others and not any(day.lines for day in self.week)

    def __str__(self):
        return str(self.service or "")


def preview_url(namespace, row):
    if row.pk:
        return reverse(f"{namespace}:preview", args=[row.pk])
    return reverse(f"{namespace}:preview_new")


def arranged(formset, services):
    """The lines where one looks for them, and those that can not be placed for want of a fact."""
    sections = {service and service.pk: Section(service) for service in services}
    loose = []
    for form in formset.forms:
        kind, weekday = recurrence_of(form), raw_value(form, "weekday")
        section = sections.get(raw_value(form, "service"))
        if section is None or kind is None or (kind == WEEKLY and weekday is None):
            loose.append(form)
        elif kind == WEEKLY:
            section.week[weekday].lines.append(form)
        else:
            section.others.append(form)
    for section in sections.values():
        for day in section.week:
            day.lines.sort(key=lambda form: (not form.instance.pk, str(form["opens"].value())))
    if sections and all(section.is_empty for section in sections.values()):
        next(iter(sections.values())).starts = True
    return list(sections.values()), loose


class WeekPanel(FormSetInlinePanel):
    """Lines of hours as a week: a row per day, and a template for each line that can be added."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "locations/opening_hours/admin/hours/panel.html"
        services = (None,)
        kinds = ((str(WEEKLY), ""),)

        def __init__(self, **kwargs):
            super().__init__(**kwargs)
            self.formset = self.form.formsets[self.panel.relation_name]
            for form in self.formset.forms:
                self.dress(form)

        @staticmethod
        def dress(form):
            form.fields["DELETE"].widget = CheckboxInput()
            return form

        @cached_property
        def empty_line(self):
            return self.dress(self.formset.empty_form)

        @cached_property
        def lines_without_script(self):
            first = len(self.formset.forms)
            return [self._blank(first + number) for number in range(WITHOUT_SCRIPT)]

        @property
        def total_without_script(self):
            return len(self.formset.forms) + WITHOUT_SCRIPT

        def _blank(self, number):
            form = self.formset.form(
                prefix=self.formset.add_prefix(number),
                empty_permitted=True,
                use_required_attribute=False,
                **self.formset.get_form_kwargs(None),
            )
            self.formset.add_fields(form, None)
            return self.dress(form)

        def get_context_data(self, parent_context=None):
            sections, loose = arranged(self.formset, self.services)
            return super().get_context_data(parent_context) | {
                "sections": sections,
                "loose": loose,
                "kinds": self.kinds,
            }

        @property
        def media(self):
            return Media(
                css={"all": [versioned_static("digipunt/staff/css/hours.css")]},
                js=[
                    Script(versioned_static(f"digipunt/staff/js/{name}.js"), defer=True)
                    for name in ("hours", "hours-preview")
                ],
            )


class OpeningHoursPanel(WeekPanel):
    """The week of each service, with the coming weeks beside it."""

    class BoundPanel(WeekPanel.BoundPanel):
        kinds = tuple(OpeningRule.Recurrence.choices)

        @property
        def services(self):
            return self.formset.services

        def get_context_data(self, parent_context=None):
            place = self.instance
            return super().get_context_data(parent_context) | {
                "by_service": True,
                "preview": preview_of_place(self.form, place),
                "preview_heading": LocationPreviewView.page_title,
                "preview_url": preview_url("location", place),
            }


class AdjustedHoursPanel(WeekPanel):
    """One week, for all of the days with other hours; beside it what these days bring."""

    class BoundPanel(WeekPanel.BoundPanel):
        def get_context_data(self, parent_context=None):
            return super().get_context_data(parent_context) | {
                "preview": preview_of_days(self.form),
                "preview_heading": AdjustedDaysPreviewView.page_title,
                "preview_url": preview_url("adjusteddays", self.instance),
            }
