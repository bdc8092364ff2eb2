"""Template context of a location page: status, hours, services, stops and directions."""

from dataclasses import dataclass, replace
from datetime import timedelta

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from locations.core.formatting import (
    format_date_range,
    format_day,
    format_near_day,
    weekday_name,
)
from locations.core.status import StatusLabel
from locations.core.time_zone import BRUSSELS
from locations.directory.location_status import get_location_status
from locations.directory.map import Map, Pin, directions_url
from locations.directory.panels import extra_location_context, location_panels
from locations.directory.team import team_context
from locations.opening_hours.engine.hours_text import (
    format_adjusted_hours,
    format_blocks,
    format_closure,
    format_closure_range,
    format_opening_hours,
    format_rules,
    opening_status,
)
from locations.opening_hours.engine.rules import Every
from locations.opening_hours.feeds.jsonld import location_jsonld
from locations.opening_hours.loading import load_calendars
from locations.places.models import Location, Service

DAYS_IN_WEEK = 7
EXCEPTION_HORIZON = timedelta(weeks=6)
"""How far ahead exceptional days are announced."""
IRREGULAR_DATES = 4


@dataclass(frozen=True)
class WeekDay:
    """A row of the table with the coming week."""

    name: str
    is_today: bool
    lines: tuple[str, ...]
    closed: str = ""


@dataclass(frozen=True)
class IrregularDate:
    """A date of a service that is not weekly, with the reason if it is cancelled."""

    weekday: str
    date: str
    hours: str
    closed: str = ""


@dataclass(frozen=True)
class ExceptionalHours:
    """Coming closed days or days with other hours."""

    days: str
    hours: str
    is_closed: bool


@dataclass(frozen=True)
class ServiceDetails:
    """A service of the location with its own status, rules and coming dates."""

    service: Service
    note: str
    price_note: str
    phone: str
    email: str
    status: StatusLabel | None
    lines: tuple[str, ...]
    dates: tuple[IrregularDate, ...]

    @property
    def heading(self):
        """The service and its only rule: "Digidokter: every fourth Wednesday of the month"."""
        if len(self.lines) != 1:
            return self.service.name
        return f"{self.service.name}: {self.lines[0][0].lower()}{self.lines[0][1:]}"


def build_location_context(page, request):
    """Return the context of a location page; takes at most eleven queries, plus the panels'."""
    location = page.location
    now = timezone.now()
    today = timezone.localdate(now)
    calendar = load_calendars([location])[location.pk]
    offers = list(location.location_services.select_related("service"))
    services = [offer.service for offer in offers]
    moves = location.kind in Location.MOVING_KINDS
    stops = _load_stops(location, calendar, now) if moves else []
    status = get_location_status(calendar, now, services)
    return {
        "location": location,
        **({"trail": page.trail} if page.trail else {}),
        "status": status,
        "next": _format_next_opening(calendar, now, today),
        "week": list_week(calendar, today, services),
        "services": [_service_details(offer, calendar, now) for offer in offers],
        "notice": _closure_notice(calendar, now, today),
        "exceptions": list_exceptions(calendar, today),
        "stops": stops,
        "has_hours": any(rule.service for rule in calendar.rules),
        **extra_location_context(location, now),
        "panels": location_panels([location])[location.pk],
        **team_context(location),
        "map": Map.from_pins(_stop_pins(stops) if moves else [_location_pin(location, status)]),
        "directions": directions_url(location),
        "structured_data": location_jsonld(location, calendar, today, page.get_full_url(request)),
        "now": now,
        "today": today,
    }


def _location_pin(location, status):
    kind = "now" if status.is_open else ""
    return Pin(location.name, directions_url(location), location.lat, location.lon, kind=kind)


def _load_stops(location, calendar, now):
    """Return the coming stops; those on closed days are marked as cancelled."""
    stops = list(location.stops.upcoming(now))
    for stop in stops:
        closure = calendar.closure(stop.starts_at.astimezone(BRUSSELS).date())
        if closure and not stop.is_cancelled:
            stop.cancelled_reason = format_closure(closure)
    return stops


def _stop_pins(stops):
    return [
        Pin(
            f"{stop.place}, {format_day(stop.starts_at.astimezone(BRUSSELS).date())}",
            f"#halte-{number}",
            stop.lat,
            stop.lon,
            str(number),
            "off" if stop.is_cancelled else "now",
        )
        for number, stop in enumerate(stops, 1)
    ]


def _format_next_opening(calendar, now, today):
    opening = calendar.next_opening(now)
    if opening is None:
        return ""
    return f"{format_near_day(opening.day, today)}, {format_opening_hours(opening)}"


def list_week(calendar, today, services):
    """Return seven days from today, with hours per service where these differ."""
    labels = {service.code: service.label for service in services}
    return [
        _week_day(calendar, today + timedelta(days=ahead), ahead == 0, labels)
        for ahead in range(DAYS_IN_WEEK)
    ]


def _week_day(calendar, day, is_today, labels):
    name = capfirst(format_day(day))
    closure = calendar.closure(day)
    if closure and calendar.without_closures.blocks(day):
        return WeekDay(name, is_today, (), format_closure(closure))
    blocks = calendar.blocks(day)
    own_blocks = {
        code: tuple(calendar.blocks(day, code)) for code in labels if calendar.has_own_hours(code)
    }
    own_blocks = {code: own for code, own in own_blocks.items() if _adds_to(own, blocks)}
    if len(own_blocks) > 1 and len(set(own_blocks.values())) > 1:
        lines = tuple(f"{labels[code]}: {format_blocks(own)}" for code, own in own_blocks.items())
    else:
        lines = (format_blocks(blocks),) if blocks else ()
    return WeekDay(name, is_today, lines, "" if lines else pgettext("a place", "Closed"))


def _adds_to(own_blocks, blocks):
    """Return whether a service has hours besides appointments within walk-in hours."""
    walk_in = [block for block in blocks if not block.by_appointment]
    return any(
        not own.by_appointment
        or not any(block.opens <= own.opens and own.closes <= block.closes for block in walk_in)
        for own in own_blocks
    )


def _service_details(offer, calendar, now):
    code = offer.service.code
    rules = [rule for rule in calendar.rules if rule.service == code]
    return ServiceDetails(
        offer.service,
        offer.note,
        offer.price_note,
        offer.phone,
        offer.email,
        None if offer.service.has_dates else opening_status(calendar, now, code),
        tuple(format_rules(rules, timezone.localdate(now))),
        tuple(list_irregular_dates(calendar, code, now)) if _is_irregular(rules) else (),
    )


def _is_irregular(rules):
    return any(rule.recurrence.every != Every.WEEK for rule in rules)


def list_irregular_dates(calendar, service, now):
    """Yield the next dates of rules that are not weekly; a cancelled date keeps its reason."""
    today = timezone.localdate(now)
    irregular = replace(
        calendar.without_closures,
        rules=tuple(
            rule
            for rule in calendar.rules
            if rule.service == service and rule.recurrence.every != Every.WEEK
        ),
    )
    for opening in irregular.next_openings(now, IRREGULAR_DATES, service):
        closure = calendar.closure(opening.day, service)
        yield IrregularDate(
            capfirst(weekday_name(opening.day.weekday())),
            format_day(opening.day, today, weekday=False),
            format_opening_hours(opening),
            format_closure(closure) if closure else "",
        )


def list_exceptions(calendar, today):
    """Return the exceptional days of the coming weeks, soonest first."""
    closures = [
        (closure.first_day, _exceptional_hours(closure, today, format_closure(closure), True))
        for closure in calendar.closures
        if _is_announced(closure, today)
    ]
    adjustments = [
        (days.first_day, _exceptional_hours(days, today, _format_adjustment(days), False))
        for days in calendar.adjustments
        if _is_announced(days, today)
    ]
    exceptions = sorted(closures + adjustments, key=lambda pair: pair[0])
    return [exception for _first_day, exception in exceptions]


def _is_announced(days, today):
    return days.first_day <= today + EXCEPTION_HORIZON and days.last_day >= today


def _exceptional_hours(days, today, hours, is_closed):
    date_range = format_date_range(days.first_day, days.last_day, today)
    return ExceptionalHours(date_range, hours, is_closed)


def _format_adjustment(adjustment):
    hours = format_adjusted_hours(adjustment)
    return f"{adjustment.reason}: {hours}" if adjustment.reason else hours


def _closure_notice(calendar, now, today):
    """Return the first closure of the whole location for more than a day, or None."""
    closures = [
        closure
        for closure in calendar.closures
        if not closure.service
        and _is_announced(closure, today)
        and closure.last_day > closure.first_day
    ]
    if not closures:
        return None
    closure = min(closures, key=lambda closure: closure.first_day)
    last_day = closure.last_day
    end = now.replace(year=last_day.year, month=last_day.month, day=last_day.day)
    reopening = calendar.next_opening(end)
    back = ""
    if reopening:
        back = _("We are back from %(day)s.") % {"day": format_day(reopening.day, today)}
    return {
        "title": format_closure_range(closure, today),
        "reason": closure.reason,
        "back": back,
    }
