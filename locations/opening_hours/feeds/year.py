"""The year of a place in words, or its season: usual hours, dates, and what is otherwise."""

from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from locations.core.formatting import format_date_range, format_day, format_time_range, weekday_name
from locations.core.time_zone import BRUSSELS
from locations.opening_hours.engine.hours_text import (
    format_adjusted_hours,
    format_closure,
    format_opening_hours,
    format_rules,
)
from locations.opening_hours.engine.rules import Every
from locations.places.models import Location


@dataclass(frozen=True)
class Usual:
    """A service with the hours that come back."""

    service: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Date:
    """One date of what does not come every week: a loose hour, or a stop. `off` says why not."""

    day: date
    weekday: str
    hours: str
    what: str = ""
    off: str = ""


@dataclass(frozen=True)
class Month:
    name: str
    dates: tuple[Date, ...]


@dataclass(frozen=True)
class Exceptional:
    """Days on which it is closed, or open at other hours; of one service, or of all of it."""

    first_day: date
    days: str
    text: str
    is_closed: bool


@dataclass(frozen=True)
class YearOfPlace:
    """Everything that is known of one year, or of other days, at one place.

    `dates_of` is the service that all dates are of; without it each date says of what it is.
    """

    location: Location
    url: str
    services: tuple[str, ...]
    usual: tuple[Usual, ...]
    dates_of: str
    months: tuple[Month, ...]
    exceptions: tuple[Exceptional, ...]

    @property
    def is_known(self):
        return bool(self.usual or self.months or self.exceptions)


def year_of(place, calendar, year, **around):
    """What this year brings."""
    return between(place, calendar, date(year, 1, 1), date(year, 12, 31), **around)


def between(place, calendar, first, last, *, services, stops=(), url=""):
    """What these days bring; `services` are those of the place, `stops` those of a bus."""
    names = {service.code: service.label for service in services}
    dates = [*_dates(calendar, first, last, names), *_stops(place, calendar, stops, first, last)]
    dates.sort(key=lambda pair: (pair[0], pair[1].what))
    dates_of = ""
    if place.kind not in Location.MOVING_KINDS and len({one.what for _at, one in dates}) == 1:
        dates_of = dates[0][1].what
        dates = [(at, replace(one, what="")) for at, one in dates]
    return YearOfPlace(
        place,
        url,
        tuple(service.name for service in services),
        tuple(_usual(calendar, first, last, names)),
        dates_of,
        tuple(
            Month(capfirst(date_format(month, "F")), tuple(one for _at, one in of))
            for month, of in groupby(dates, key=lambda pair: pair[1].day.replace(day=1))
        ),
        tuple(_exceptions(calendar, first, last, names)),
    )


def _usual(calendar, first, last, names):
    """The rules of each service whose season has to do with this year, in words."""
    for service, name in names.items():
        rules = [rule for rule in calendar.rules if rule.service == service]
        rules = [rule for rule in rules if rule.first_day_within(first, last)]
        if lines := format_rules(rules, first):
            yield Usual(name, tuple(lines))


def _dates(calendar, first, last, names):
    """The dates of what does not come every week. A lost turn stays, with its reason."""
    for service, name in names.items():
        irregular = replace(
            calendar,
            rules=tuple(
                rule
                for rule in calendar.rules
                if rule.service == service and rule.recurrence.every != Every.WEEK
            ),
            closures=(),
            adjustments=(),
        )
        if not irregular.rules:
            continue
        for opening in irregular.openings(first, last, service):
            yield (
                opening.starts_at,
                _date(
                    opening.day,
                    format_opening_hours(opening),
                    name,
                    _off(calendar, opening.day, service),
                ),
            )


def _off(calendar, day, service):
    if closure := calendar.closure(day, service):
        return format_closure(closure)
    if calendar.adjustment(day, service):
        return pgettext("a date", "other hours")
    return ""


def _stops(place, calendar, stops, first, last):
    if place.kind not in Location.MOVING_KINDS:
        return
    for stop in stops:
        start, end = (at.astimezone(BRUSSELS) for at in (stop.starts_at, stop.ends_at))
        if not first <= start.date() <= last:
            continue
        closure = calendar.closure(start.date())
        off = stop.cancelled_reason or (format_closure(closure) if closure else "")
        where = ", ".join(filter(None, (stop.place, stop.address)))
        yield start, _date(start.date(), format_time_range(start, end), where, off)


def _date(day, hours, what, off):
    return Date(day, weekday_name(day.weekday()), hours, what, off)


def _exceptions(calendar, first, last, names):
    """Closed days and other hours that have a day in this year, soonest first."""
    found = [
        Exceptional(one.first_day, _days(one), _of(one, format_closure(one), names), is_closed=True)
        for one in calendar.closures
        if one.first_day <= last and one.last_day >= first
    ] + [
        Exceptional(one.first_day, _days(one), _of(one, _other(one), names), is_closed=False)
        for one in calendar.adjustments
        if one.first_day <= last and one.last_day >= first
    ]
    return sorted(found, key=lambda one: (one.first_day, one.days))


def _days(one):
    """24 December 2027 up to and including 1 January 2028; a year only where it is another."""
    if one.first_day == one.last_day:
        return format_day(one.first_day)
    if one.first_day.year == one.last_day.year:
        return format_date_range(one.first_day, one.last_day)
    return _("%(first)s up to and including %(last)s") % {
        "first": date_format(one.first_day, "j F Y"),
        "last": date_format(one.last_day, "j F Y"),
    }


def _other(one):
    hours = format_adjusted_hours(one)
    return f"{one.reason}: {hours}" if one.reason else hours


def _of(one, said, names):
    if not one.service:
        return said
    return _("%(service)s: %(line)s") % {
        "service": names.get(one.service, one.service),
        "line": said,
    }
