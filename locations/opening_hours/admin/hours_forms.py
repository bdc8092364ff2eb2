"""The form of a line of hours, and how to read it before it is valid."""

from django import forms
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel

from locations.opening_hours.engine.rules import Block, Every, Recurrence, Rule
from locations.opening_hours.models import OpeningRule, Weekday


class TimeInput(forms.TimeInput):
    """The browser's own input, which needs no script in lines that are added later."""

    input_type = "time"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%H:%M")


class DateInput(forms.DateInput):
    """The browser's own input, which needs no script in lines that are added later."""

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
    """A line of hours, validated without a query for each line.

    The formset has queried the services, and the model's `clean` covers its constraints.
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
    """Return the value of a field before validation, as a number if it is one, or None."""
    if name not in form.fields:
        return None
    value = form[name].value()
    value = getattr(value, "pk", value)
    if isinstance(value, str) and value.lstrip("-").isdecimal():
        return int(value)
    return None if value == "" else value


def recurrence_of(form):
    """Return the recurrence of a line, or None if it is not valid."""
    if "recurrence" not in form.fields:
        return OpeningRule.Recurrence.WEEKLY
    value = raw_value(form, "recurrence")
    recurrences = OpeningRule.Recurrence
    return recurrences(value) if value in recurrences.values else None


def line_label(form, services):
    """Return a label for a line, valid or not: "Digital help, Friday"."""
    key = raw_value(form, "service")
    parts = [str(services[key])] if key in services else []
    weekday, recurrence = raw_value(form, "weekday"), recurrence_of(form)
    if weekday in Weekday.values and recurrence != OpeningRule.Recurrence.DATE:
        parts.append(Weekday(weekday).label)
    if recurrence not in (None, OpeningRule.Recurrence.WEEKLY):
        parts.append(recurrence.label)
    return ", ".join(map(str, parts)) or _("a line")


def typed_hours(form):
    """Return the hours as typed, "12:00–10:00", or nothing if one of them is missing."""
    values = [form[name].value() for name in ("opens", "closes")]
    return "–".join(str(value)[:5] for value in values) if all(values) else ""


def rule_from_instance(instance, service):
    """Return the rule of an OpeningRule, stored or not; `service` is the code of its service."""
    return Rule(
        service,
        Recurrence(
            Every(instance.recurrence),
            instance.weekday,
            instance.interval or 1,
            instance.anchor,
            instance.nth,
            instance.day,
        ),
        Block(instance.opens, instance.closes, instance.by_appointment),
        instance.valid_from,
        instance.valid_until,
    )
