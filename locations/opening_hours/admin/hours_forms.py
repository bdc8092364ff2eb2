"""A line of hours as a form: how it is typed, what kind it is, and what one calls it."""

from django import forms
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel

from locations.opening_hours.engine.rules import Block, Every, Recurrence, Rule
from locations.opening_hours.models import OpeningRule, Weekday

Recurrences = OpeningRule.Recurrence


class TimeInput(forms.TimeInput):
    """The browser's own: no script to start again for each line that is added."""

    input_type = "time"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%H:%M")


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%d")


HOURS_PANELS = [
    *(FieldPanel(name) for name in ("service", "recurrence", "weekday")),
    *(FieldPanel(name, widget=TimeInput) for name in ("opens", "closes")),
    FieldPanel("by_appointment"),
    FieldPanel("interval", widget=forms.NumberInput(attrs={"min": 2, "max": 52})),
    FieldPanel("nth"),
    *(
        FieldPanel(name, widget=DateInput)
        for name in ("anchor", "day", "valid_from", "valid_until")
    ),
]
ADJUSTED_HOURS_PANELS = [
    FieldPanel("weekday"),
    *(FieldPanel(name, widget=TimeInput) for name in ("opens", "closes")),
    FieldPanel("by_appointment"),
]


class HoursLineForm(WagtailAdminModelForm):
    """A line of which nothing is asked that is known already; that would be a query each.

    Its service was looked up with those of all lines; and what the database insists on, the model
    says in `clean`, in a sentence at its field.
    """

    def _post_clean(self):
        self.instance.validate_constraints = lambda exclude=None: None
        try:
            super()._post_clean()
        finally:
            del self.instance.validate_constraints

    def _get_validation_exclusions(self):
        return super()._get_validation_exclusions() | {"service"}


def raw_value(form, name):
    """What is typed or chosen, as a number if it is one; None for nothing."""
    if name not in form.fields:
        return None
    value = form[name].value()
    value = getattr(value, "pk", value)
    if isinstance(value, str) and value.lstrip("-").isdecimal():
        return int(value)
    return None if value == "" else value


def recurrence_of(form):
    """How the line comes back; None if it says nothing that can be understood."""
    if "recurrence" not in form.fields:
        return Recurrences.WEEKLY
    kind = raw_value(form, "recurrence")
    return Recurrences(kind) if kind in Recurrences.values else None


def line_label(form, services):
    """What one calls a line, also when it is not right yet: "Digital help, Friday"."""
    parts = [str(services[key])] if (key := raw_value(form, "service")) in services else []
    weekday, kind = raw_value(form, "weekday"), recurrence_of(form)
    if weekday in Weekday.values and kind != Recurrences.DATE:
        parts.append(Weekday(weekday).label)
    if kind not in (None, Recurrences.WEEKLY):
        parts.append(kind.label)
    return ", ".join(map(str, parts)) or _("a line")


def typed_hours(form):
    """From when to when, as it is typed: "12:00–10:00"; nothing as long as one of both lacks."""
    typed = [form[name].value() for name in ("opens", "closes")]
    return "–".join(str(one)[:5] for one in typed) if all(typed) else ""


def rule_from_instance(row, code):
    """A row, stored or not, as the value of which calendars are made."""
    return Rule(
        code,
        Recurrence(
            Every(row.recurrence), row.weekday, row.interval or 1, row.anchor, row.nth, row.day
        ),
        Block(row.opens, row.closes, row.by_appointment),
        row.valid_from,
        row.valid_until,
    )
