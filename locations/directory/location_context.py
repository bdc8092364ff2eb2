"""One place: open now? next time, this week, exceptions, services, and how to get there."""

from dataclasses import dataclass, replace
from datetime import timedelta

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from locations.core.formatting import (
    format_date_range,
    format_day,
    format_list,
    format_near_day,
    weekday_name,
)
from locations.core.status import StatusLabel
from locations.core.time_zone import BRUSSELS
from locations.directory import panels
from locations.directory.map import Map, Pin, directions
from locations.directory.team import people_at
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
from locations.places.models import Service

WEEK = 7
SOON = timedelta(weeks=6)
"""How far ahead exceptions are announced."""
LOOSE_DATES = 4


@dataclass(frozen=True)
class Day:
    """A line of the week table."""

    name: str
    is_today: bool
    lines: tuple[str, ...]
    closed: str = ""


@dataclass(frozen=True)
class DateLine:
    """One date of what does not come every week; struck through when it is closed."""

    weekday: str
    date: str
    hours: str
    closed: str = ""


@dataclass(frozen=True)
class OtherHours:
    """Closed days or other hours that are coming."""

    days: str
    hours: str
    is_closed: bool


@dataclass(frozen=True)
class ServiceHere:
    """A service at this place, with its own door."""

    service: Service
    note: str
    price_note: str
    phone: str
    email: str
    status: StatusLabel | None
    lines: tuple[str, ...]
    dates: tuple[DateLine, ...]

    @property
    def heading(self):
        """What comes back and when: "Digidokter: every fourth Wednesday of the month"."""
        if len(self.lines) != 1:
            return self.service.name
        return f"{self.service.name}: {self.lines[0][0].lower()}{self.lines[0][1:]}"


def status_of_place(calendar, now, services=()):
    """The door of the place; and if that is open for less than help, when help is there."""
    state = opening_status(calendar, now)
    own = [one for one in services if calendar.has_own_hours(one.code)]
    helpers = [one for one in own if one.code == "help"]
    if not state.is_open or not helpers or calendar.is_open(now, "help"):
        return state
    today = now.astimezone(BRUSSELS).date()
    inside = format_list([one.label.lower() for one in own if calendar.is_open(now, one.code)])
    following = calendar.next_opening(now, "help")
    return replace(
        state,
        detail=f"{state.detail}: {inside}" if inside else state.detail,
        next=_("%(service)s: %(when)s")
        % {
            "service": helpers[0].label,
            "when": f"{format_near_day(following.day, today)}, {format_opening_hours(following)}",
        }
        if following
        else "",
    )


def place_context(page, request):
    """What the page of a place needs; at most eleven queries, and those of the panels."""
    location = page.location
    now = timezone.now()
    today = timezone.localdate(now)
    calendar = load_calendars([location])[location.pk]
    offered = list(location.location_services.select_related("service"))
    services = [one.service for one in offered]
    moving = location.kind in (location.Kind.BUS, location.Kind.MOBILE)
    stops = _stops(location, calendar, now) if moving else []
    status = status_of_place(calendar, now, services)
    return {
        "location": location,
        **({"trail": page.trail} if page.trail else {}),
        "status": status,
        "next": _following(calendar, now, today),
        "week": week(calendar, today, services),
        "services": [_service(one, calendar, now) for one in offered],
        "notice": _notice(calendar, now, today),
        "exceptions": exceptions(calendar, today),
        "stops": stops,
        "has_hours": any(rule.service for rule in calendar.rules),
        **panels.extra_context(location, now),
        "panels": panels.location_panels([location])[location.pk],
        **people_at(location),
        "map": Map.of(_stop_pins(stops) if moving else [_own_pin(location, status)]),
        "directions": directions(location),
        "structured_data": location_jsonld(location, calendar, today, page.get_full_url(request)),
        "now": now,
        "today": today,
    }


def _own_pin(location, status):
    kind = "now" if status.is_open else ""
    return Pin(location.name, directions(location), location.lat, location.lon, kind=kind)


def _stops(location, calendar, now):
    """The stops to come. On closed days the bus stays at home, whatever the list of stops says."""
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


def _following(calendar, now, today):
    following = calendar.next_opening(now)
    if following is None:
        return ""
    return f"{format_near_day(following.day, today)}, {format_opening_hours(following)}"


def week(calendar, today, services):
    """The seven days from today: hours of the place, or of each service where these differ."""
    names = {service.code: service.label for service in services}
    return [_day(calendar, today + timedelta(days=n), n == 0, names) for n in range(WEEK)]


def _day(calendar, day, is_today, names):
    name = capfirst(format_day(day))
    closure = calendar.closure(day)
    if closure and calendar.without_closures.blocks(day):
        return Day(name, is_today, (), format_closure(closure))
    place = calendar.blocks(day)
    own = {code: calendar.blocks(day, code) for code in names if calendar.has_own_hours(code)}
    own = {code: tuple(found) for code, found in own.items() if _says_more(found, place)}
    if len(own) > 1 and len(set(own.values())) > 1:
        lines = tuple(f"{names[code]}: {format_blocks(found)}" for code, found in own.items())
    else:
        lines = (format_blocks(place),) if place else ()
    return Day(name, is_today, lines, "" if lines else pgettext("a place", "Closed"))


def _says_more(blocks, place):
    """Hours by appointment while anybody may walk in are no news in a table of the week."""
    walk_in = [block for block in place if not block.by_appointment]
    return any(
        not one.by_appointment
        or not any(other.opens <= one.opens and one.closes <= other.closes for other in walk_in)
        for one in blocks
    )


def _service(offered, calendar, now):
    today = timezone.localdate(now)
    code = offered.service.code
    rules = [rule for rule in calendar.rules if rule.service == code]
    return ServiceHere(
        offered.service,
        offered.note,
        offered.price_note,
        offered.phone,
        offered.email,
        None if offered.service.has_dates else opening_status(calendar, now, code),
        tuple(format_rules(rules, today)),
        tuple(loose_dates(calendar, code, now)) if _is_irregular(rules) else (),
    )


def _is_irregular(rules):
    return any(rule.recurrence.every != Every.WEEK for rule in rules)


def loose_dates(calendar, service, now):
    """The next dates of what does not come every week. A lost turn stays, with its reason."""
    today = timezone.localdate(now)
    irregular = replace(
        calendar.without_closures,
        rules=tuple(
            rule
            for rule in calendar.rules
            if rule.service == service and rule.recurrence.every != Every.WEEK
        ),
    )
    for opening in irregular.next_openings(now, LOOSE_DATES, service):
        closure = calendar.closure(opening.day, service)
        yield DateLine(
            capfirst(weekday_name(opening.day.weekday())),
            format_day(opening.day, today, weekday=False),
            format_opening_hours(opening),
            format_closure(closure) if closure else "",
        )


def exceptions(calendar, today):
    """What goes against the usual hours in the coming weeks, soonest first."""
    last = today + SOON
    found = [
        (one.first_day, _exception(one, today, format_closure(one), is_closed=True))
        for one in calendar.closures
        if one.first_day <= last and one.last_day >= today
    ] + [
        (one.first_day, _exception(one, today, _other_hours(one), is_closed=False))
        for one in calendar.adjustments
        if one.first_day <= last and one.last_day >= today
    ]
    return [line for _first, line in sorted(found, key=lambda pair: pair[0])]


def _exception(one, today, hours, *, is_closed):
    return OtherHours(format_date_range(one.first_day, one.last_day, today), hours, is_closed)


def _other_hours(one):
    hours = format_adjusted_hours(one)
    return f"{one.reason}: {hours}" if one.reason else hours


def _notice(calendar, now, today):
    """The first time that the whole place is closed for more than a day, and when it is back."""
    ahead = [
        one
        for one in calendar.closures
        if not one.service
        and one.last_day >= today
        and one.first_day <= today + SOON
        and one.last_day > one.first_day
    ]
    if not ahead:
        return None
    closure = min(ahead, key=lambda one: one.first_day)
    last_night = now.replace(
        year=closure.last_day.year, month=closure.last_day.month, day=closure.last_day.day
    )
    back = calendar.next_opening(last_night)
    text = _("From %(day)s we are back.") % {"day": format_day(back.day, today)} if back else ""
    return {"title": format_closure_range(closure, today), "reason": closure.reason, "back": text}
