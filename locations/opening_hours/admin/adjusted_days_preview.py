"""What days with other hours bring, worked out while they are typed."""

from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from home.core.admin.base import VisibleChoicesMixin
from locations.opening_hours.admin.hours_preview import (
    A_PREVIEW,
    Preview,
    PreviewView,
    good_rows,
    mistakes,
    still_wrong,
)
from locations.opening_hours.engine.calendar import Calendar
from locations.opening_hours.engine.rules import Adjustment, Block, Level
from locations.opening_hours.engine.week_preview import preview_weeks
from locations.opening_hours.loading import load_calendars
from locations.opening_hours.models import AdjustedDays
from locations.places.models import Location, Service


def preview_of_days(form):
    """The days of the form at its place; of a whole partnership the hours alone.

    The place's own hours and closed days are those in the database. What the form has instead of
    days that are stored already, counts instead of these.
    """
    wrong = tuple(mistakes(form.formsets["hours"], {}))
    days = form.instance
    if form.is_bound:
        form.is_valid()
        days = AdjustedDays(**_understood(form))
    if not (days.first_day and days.last_day and (days.location_id or days.partnership_id)):
        return Preview((), wrong, "", " ".join([_why_nothing(form), *still_wrong(wrong)]))
    names = {service.code: str(service) for service in Service.objects.all()}
    calendar = _with(days, good_rows(form.formsets["hours"]))
    last = min(days.last_day, days.first_day + A_PREVIEW)
    found = tuple(preview_weeks(calendar, days.first_day, last, names))
    return Preview(found, wrong, "", " ".join([_summary(found), *still_wrong(wrong)]))


def _understood(form):
    names = ("location", "service", "partnership", "first_day", "last_day", "reason")
    return {name: form.cleaned_data[name] for name in names if form.cleaned_data.get(name)}


def _with(days, rows):
    """The calendar of the place, as if these days were stored."""
    level = Level.PARTNERSHIP if days.partnership_id else Level.LOCATION
    level = Level.SERVICE if days.service_id else level
    about = days.service.code if days.service_id else ""
    hours = tuple((row.weekday, Block(row.opens, row.closes, row.by_appointment)) for row in rows)
    new = Adjustment(days.first_day, days.last_day, level, hours, days.reason, about)
    calendar = Calendar()
    if days.location_id:
        place = Location.objects.get(pk=days.location_id)
        calendar = load_calendars([place])[place.pk]
    others = [one for one in calendar.adjustments if not _is_instead_of(new, one)]
    return replace(calendar, adjustments=(*others, new))


def _is_instead_of(new, one):
    """Two of one level and service never overlap: then the one is the other, as it was."""
    return (
        (one.level, one.service) == (new.level, new.service)
        and one.first_day <= new.last_day
        and new.first_day <= one.last_day
    )


def _why_nothing(form):
    for name, sentences in form.errors.items() if form.is_bound else ():
        if form[name].value() if name in form.fields else sentences:
            return str(sentences[0])
    return _("Choose for which place, and from when to when.")


def _summary(found):
    count = sum(1 for week in found for _day in week.days)
    if not count:
        return _("Nothing changes: on these days nothing would be open.")
    return ngettext("Other hours on %(count)s day.", "Other hours on %(count)s days.", count) % {
        "count": count
    }


class AdjustedDaysPreviewView(VisibleChoicesMixin, PreviewView):
    page_title = gettext_lazy("What these days bring")

    def preview(self):
        return preview_of_days(self.get_form())
