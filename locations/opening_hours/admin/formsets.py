"""Lines of hours that must agree with each other: what one form can not see alone."""

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


class LinesFormSet(BaseChildFormSet):
    """Compares every two lines; the later one says what is wrong."""

    services_by_key = {}

    def _existing_object(self, pk):
        """A line that a colleague took away in the meantime is a new one."""
        try:
            return super()._existing_object(pk)
        except KeyError:
            return self.model()

    def add_fields(self, form, index):
        super().add_fields(form, index)
        form.fields["id"] = forms.IntegerField(
            required=False, initial=form.instance.pk, widget=forms.HiddenInput
        )

    def clean(self):
        super().clean()
        lines = [
            form
            for form in self.forms
            if not form.errors and form.cleaned_data and not form.cleaned_data.get("DELETE")
        ]
        for first, second in combinations(lines, 2):
            one, other = first.instance, second.instance
            if self.meet(one, other) and one.opens < other.closes and other.opens < one.closes:
                said = {
                    "line": line_label(first, self.services_by_key),
                    "hours": format_time_range(one.opens, one.closes),
                }
                second.add_error("opens", ValidationError(OVERLAP % said, code="overlap"))

    def meet(self, one, other):
        """Do these two lines ever fall on the same day, for the same reason?"""
        raise NotImplementedError


class RuleFormSet(LinesFormSet):
    """Rules of one recurrence. Rules of two kinds may meet: then the hours are added up.

    The services are asked for once, and not again by each line.
    """

    @cached_property
    def services(self):
        return list(Service.objects.all())

    @cached_property
    def services_by_key(self):
        return {service.pk: service for service in self.services}

    def add_fields(self, form, index):
        super().add_fields(form, index)
        asked = form.fields["service"]
        form.fields["service"] = forms.TypedChoiceField(
            label=asked.label,
            choices=[("", _("Choose…")), *((one.pk, str(one)) for one in self.services)],
            coerce=lambda key: self.services_by_key[int(key)],
            empty_value=None,
        )

    def meet(self, one, other):
        if (one.service_id, one.recurrence, one.weekday) != (
            other.service_id,
            other.recurrence,
            other.weekday,
        ):
            return False
        return self.same_days(one, other) and self.seasons_meet(one, other)

    @staticmethod
    def same_days(one, other):
        match one.recurrence:
            case OpeningRule.Recurrence.EVERY_N_WEEKS:
                turn = 7 * one.interval
                return (
                    one.interval == other.interval and not (one.anchor - other.anchor).days % turn
                )
            case OpeningRule.Recurrence.MONTHLY:
                return one.nth == other.nth
            case OpeningRule.Recurrence.DATE:
                return one.day == other.day
        return True

    @staticmethod
    def seasons_meet(one, other):
        return (one.valid_from or date.min) <= (other.valid_until or date.max) and (
            other.valid_from or date.min
        ) <= (one.valid_until or date.max)


class AdjustedHoursFormSet(LinesFormSet):
    def meet(self, one, other):
        return one.weekday == other.weekday
