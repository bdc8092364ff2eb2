"""Preview of days with other hours, while they are typed."""

from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from home.core.admin.base import VisibleChoicesMixin
from locations.opening_hours.admin.hours_preview import (
    PREVIEW_LENGTH,
    Preview,
    PreviewView,
    add_error_count,
    line_errors,
    valid_instances,
)
from locations.opening_hours.engine.calendar import Calendar
from locations.opening_hours.engine.rules import Adjustment, Block, Level
from locations.opening_hours.engine.week_preview import preview_weeks
from locations.opening_hours.loading import load_calendars
from locations.opening_hours.models import AdjustedDays
from locations.places.models import Location, Service

FIELDS = ("location", "service", "partnership", "first_day", "last_day", "reason")


def preview_adjusted_days(form):
    """Return the preview of the days in the form, for their location.

    Rules and closed days come from the database. Days of a partnership are shown without them.
    """
    formset = form.formsets["hours"]
    errors = tuple(line_errors(formset, {}))
    adjusted_days = form.instance
    if form.is_bound:
        form.is_valid()
        values = {name: form.cleaned_data.get(name) for name in FIELDS}
        adjusted_days = AdjustedDays(**{name: value for name, value in values.items() if value})
    has_owner = adjusted_days.location_id or adjusted_days.partnership_id
    if not (adjusted_days.first_day and adjusted_days.last_day and has_owner):
        return Preview((), errors, "", add_error_count(_missing_text(form), errors))
    names = {service.code: str(service) for service in Service.objects.all()}
    calendar = _calendar_with(adjusted_days, valid_instances(formset))
    last_day = min(adjusted_days.last_day, adjusted_days.first_day + PREVIEW_LENGTH)
    weeks = tuple(preview_weeks(calendar, adjusted_days.first_day, last_day, names))
    return Preview(weeks, errors, "", add_error_count(_summary(weeks), errors))


def _calendar_with(adjusted_days, hours):
    """Return the calendar of the location as if these days were stored.

    Stored ranges of the same level and service that overlap are replaced: two of those never
    overlap, so it is the same range before the change.
    """
    service = adjusted_days.service.code if adjusted_days.service_id else ""
    new = Adjustment(
        adjusted_days.first_day,
        adjusted_days.last_day,
        Level.of(service, adjusted_days.partnership_id),
        tuple((row.weekday, Block(row.opens, row.closes, row.by_appointment)) for row in hours),
        adjusted_days.reason,
        service,
    )
    calendar = Calendar()
    if adjusted_days.location_id:
        location = Location.objects.get(pk=adjusted_days.location_id)
        calendar = load_calendars([location])[location.pk]
    others = [
        other
        for other in calendar.adjustments
        if (other.level, other.service) != (new.level, new.service)
        or other.first_day > new.last_day
        or new.first_day > other.last_day
    ]
    return replace(calendar, adjustments=(*others, new))


def _missing_text(form):
    """Return the first error of a filled-in field, or what to fill in."""
    for name, errors in form.errors.items() if form.is_bound else ():
        if form[name].value() if name in form.fields else errors:
            return str(errors[0])
    return _("Choose a place, and the first and last day.")


def _summary(weeks):
    count = sum(len(week.days) for week in weeks)
    if not count:
        return _("Nothing changes: there are no opening hours on these days.")
    return ngettext("Other hours on %(count)s day.", "Other hours on %(count)s days.", count) % {
        "count": count
    }


class AdjustedDaysPreviewView(VisibleChoicesMixin, PreviewView):
    """Preview days with other hours."""

    page_title = gettext_lazy("What these days bring")

    def get_preview(self):
        """Return the preview of the days in the form."""
        return preview_adjusted_days(self.get_form())
