"""An overview of the hours of a location in a period, as text for pages and print."""

from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from locations.core.formatting import (
    format_date_range,
    format_day,
    format_time_range,
    weekday_name,
)
from locations.core.time_zone import BRUSSELS
from locations.opening_hours.engine.hours_text import (
    format_adjusted_hours,
    format_closure,
    format_opening_hours,
    format_rules,
)
from locations.opening_hours.engine.summary import summarize
from locations.places.models import Location


@dataclass(frozen=True)
class RegularHours:
    """The recurring hours of a service, a line each."""

    service: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class OverviewDate:
    """A date with hours that are not weekly, or a stop; `cancellation` is why it is not so."""

    day: date
    weekday: str
    hours: str
    label: str = ""
    cancellation: str = ""


@dataclass(frozen=True)
class OverviewMonth:
    """The dates of a month."""

    name: str
    dates: tuple[OverviewDate, ...]


@dataclass(frozen=True)
class OverviewException:
    """A range of closed days or other hours."""

    first_day: date
    days: str
    text: str
    is_closed: bool


@dataclass(frozen=True)
class HoursOverview:
    """The hours of a location in a period.

    `dates_label` is the service of all dates; if it is empty, each date has a label of its own.
    """

    location: Location
    url: str
    services: tuple[str, ...]
    regular_hours: tuple[RegularHours, ...]
    dates_label: str
    months: tuple[OverviewMonth, ...]
    exceptions: tuple[OverviewException, ...]

    @property
    def has_hours(self):
        """Whether anything is known about this period."""
        return bool(self.regular_hours or self.months or self.exceptions)


def overview_of_year(location, calendar, year, **kwargs):
    """Return the overview of a calendar year; see `overview_of_period`."""
    return overview_of_period(location, calendar, date(year, 1, 1), date(year, 12, 31), **kwargs)


def overview_of_period(location, calendar, first_day, last_day, *, services, stops=(), url=""):
    """Return the overview of a period, both ends included.

    `services` are those of the location, `stops` those of a mobile location, cancelled ones
    included.
    """
    summary = summarize(calendar, first_day, last_day)
    names = {service.code: service.label for service in services}
    moments = [*_irregular_dates(summary, names), *_stop_dates(summary, location, stops)]
    moments.sort(key=lambda moment: (moment[0], moment[1].label))
    dates = [overview_date for _starts_at, overview_date in moments]
    dates_label = ""
    if location.kind not in Location.MOVING_KINDS and len({day.label for day in dates}) == 1:
        dates_label = dates[0].label
        dates = [replace(overview_date, label="") for overview_date in dates]
    return HoursOverview(
        location,
        url,
        tuple(service.name for service in services),
        tuple(_regular_hours(summary, names)),
        dates_label,
        tuple(
            OverviewMonth(capfirst(date_format(month, "F")), tuple(dates_of_month))
            for month, dates_of_month in groupby(dates, key=lambda item: item.day.replace(day=1))
        ),
        tuple(_exceptions(summary, names)),
    )


def _regular_hours(summary, names):
    for service, name in names.items():
        if lines := format_rules(summary.rules(service), summary.first_day):
            yield RegularHours(name, tuple(lines))


def _irregular_dates(summary, names):
    """Yield the start and the date of each opening that is not weekly."""
    for service, name in names.items():
        for opening in summary.irregular_openings(service):
            hours = format_opening_hours(opening)
            cancellation = _cancellation(summary.calendar, opening.day, service)
            yield opening.starts_at, _overview_date(opening.day, hours, name, cancellation)


def _cancellation(calendar, day, service):
    if closure := calendar.closure(day, service):
        return format_closure(closure)
    if calendar.adjustment(day, service):
        return pgettext("a date", "other hours")
    return ""


def _stop_dates(summary, location, stops):
    """Yield the start and the date of each stop in the period."""
    if location.kind not in Location.MOVING_KINDS:
        return
    for stop in stops:
        start, end = (moment.astimezone(BRUSSELS) for moment in (stop.starts_at, stop.ends_at))
        day = start.date()
        if not summary.first_day <= day <= summary.last_day:
            continue
        closure = summary.calendar.closure(day)
        cancellation = stop.cancelled_reason or (format_closure(closure) if closure else "")
        label = ", ".join(filter(None, (stop.place, stop.address)))
        yield start, _overview_date(day, format_time_range(start, end), label, cancellation)


def _overview_date(day, hours, label, cancellation):
    return OverviewDate(day, weekday_name(day.weekday()), hours, label, cancellation)


def _exceptions(summary, names):
    """Return the closed days and other hours, soonest first."""
    exceptions = [
        _overview_exception(closure, format_closure(closure), names, is_closed=True)
        for closure in summary.closures
    ]
    for adjustment in summary.adjustments:
        text = format_adjusted_hours(adjustment)
        text = f"{adjustment.reason}: {text}" if adjustment.reason else text
        exceptions.append(_overview_exception(adjustment, text, names, is_closed=False))
    return sorted(exceptions, key=lambda exception: (exception.first_day, exception.days))


def _overview_exception(exception, text, names, *, is_closed):
    if exception.service:
        text = _("%(service)s: %(line)s") % {
            "service": names.get(exception.service, exception.service),
            "line": text,
        }
    days = _format_days(exception.first_day, exception.last_day)
    return OverviewException(exception.first_day, days, text, is_closed)


def _format_days(first_day, last_day):
    """Return a day or a range, with years only if they differ."""
    if first_day == last_day:
        return format_day(first_day)
    if first_day.year == last_day.year:
        return format_date_range(first_day, last_day)
    return _("%(first)s up to and including %(last)s") % {
        "first": date_format(first_day, "j F Y"),
        "last": date_format(last_day, "j F Y"),
    }
