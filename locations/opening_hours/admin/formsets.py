"""Formsets of hours, which refuse lines that overlap."""

from datetime import date
from itertools import combinations

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.forms import BaseChildFormSet

from locations.core.formatting import format_time_range
from locations.opening_hours.admin.hours_forms import line_label
from locations.opening_hours.models import OpeningRule
from locations.places.models import Service

OVERLAP = _("These hours overlap with another line: %(line)s, %(hours)s. Make them one line.")


class HoursFormSet(BaseChildFormSet):
    """Lines of hours; of two that overlap, the later one gets the error."""

    services_by_key = {}

    def _existing_object(self, pk):
        """Treat a line that someone deleted in the meantime as a new one."""
        try:
            return super()._existing_object(pk)
        except KeyError:
            return self.model()

    def add_fields(self, form, index):
        """Add the primary key without a query for each line."""
        super().add_fields(form, index)
        form.fields["id"] = forms.IntegerField(
            required=False, initial=form.instance.pk, widget=forms.HiddenInput
        )

    def clean(self):
        """Add an error to each line that overlaps with an earlier one."""
        super().clean()
        lines = [
            form
            for form in self.forms
            if not form.errors and form.cleaned_data and not form.cleaned_data.get("DELETE")
        ]
        for first, second in combinations(lines, 2):
            a, b = first.instance, second.instance
            if self.share_days(a, b) and a.opens < b.closes and b.opens < a.closes:
                values = {
                    "line": line_label(first, self.services_by_key),
                    "hours": format_time_range(a.opens, a.closes),
                }
                second.add_error("opens", ValidationError(OVERLAP % values, code="overlap"))

    def share_days(self, a, b):
        """Return whether two lines ever fall on the same day."""
        raise NotImplementedError


class RuleFormSet(HoursFormSet):
    """Opening rules of a location.

    Only rules with the same recurrence are compared; others may overlap, then their hours are
    combined. The services are queried once, not for each line.
    """

    @cached_property
    def services(self):
        """All services."""
        return list(Service.objects.all())

    @cached_property
    def services_by_key(self):
        """All services by primary key."""
        return {service.pk: service for service in self.services}

    def add_fields(self, form, index):
        """Offer the services that were queried already."""
        super().add_fields(form, index)
        label = form.fields["service"].label
        form.fields["service"] = forms.TypedChoiceField(
            label=label,
            choices=[
                ("", _("Choose…")),
                *((service.pk, str(service)) for service in self.services),
            ],
            coerce=lambda key: self.services_by_key[int(key)],
            empty_value=None,
        )

    def share_days(self, a, b):
        """Return whether two rules of one service and weekday share days and season."""
        if (a.service_id, a.recurrence, a.weekday) != (b.service_id, b.recurrence, b.weekday):
            return False
        return self._same_days(a, b) and self._seasons_overlap(a, b)

    @staticmethod
    def _same_days(a, b):
        match a.recurrence:
            case OpeningRule.Recurrence.EVERY_N_WEEKS:
                days = 7 * a.interval
                return a.interval == b.interval and not (a.anchor - b.anchor).days % days
            case OpeningRule.Recurrence.MONTHLY:
                return a.nth == b.nth
            case OpeningRule.Recurrence.DATE:
                return a.day == b.day
        return True

    @staticmethod
    def _seasons_overlap(a, b):
        return (a.valid_from or date.min) <= (b.valid_until or date.max) and (
            b.valid_from or date.min
        ) <= (a.valid_until or date.max)


class AdjustedHoursFormSet(HoursFormSet):
    """Hours of adjusted days."""

    def share_days(self, a, b):
        """Return whether two lines have the same weekday."""
        return a.weekday == b.weekday
