"""Which doors are open at this moment, and which open first: for a list in the body of a page."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from wagtail.models import Page

from locations.core.status import StatusLabel
from locations.core.time_zone import BRUSSELS
from locations.directory.finder_context import Place
from locations.directory.location_context import status_of_place
from locations.opening_hours.engine.hours_text import opening_status
from locations.opening_hours.loading import load_calendars
from locations.places.models import Location, LocationService, Service

AT_LEAST = 3
"""With fewer doors open than this, the list goes on with the first that open."""
LOOKED_AT = 10
"""So many coming openings of a place are looked at for one without an appointment."""
NEAR = timedelta(days=3)
"""So far ahead is looked first, for nearly always that is enough; then as far as hours go."""


@dataclass(frozen=True)
class Door:
    """A digipunt with its page and the state of its door."""

    name: str
    url: str
    status: StatusLabel


@dataclass(frozen=True)
class OpenNow:
    """`open` by name, at most as many as were asked for; `later` the first that open, in order.

    `count` is how many are open in all.
    """

    open: tuple[Door, ...]
    later: tuple[Door, ...]
    count: int
    counted_at: datetime


def open_now(now, *, most, partnership="", service=""):
    """The digipunten of the partnership (its slug) or all, for the service (its code) or any.

    At most fourteen queries, whatever the number of places, and eight while enough doors are open.
    A door that opens by appointment alone is not open, and follows after those where one can walk
    in.
    """
    places, asked = _places(partnership, service), service or None
    hours = _hours(places, [now.astimezone(BRUSSELS).date()], asked)
    are_open, closed = [], []
    for place in places:
        (are_open if hours[place.pk].is_open(now, asked) else closed).append(place)
    shown = are_open[:most]
    missing = max(min(AT_LEAST, most) - len(shown), 0)
    coming = _first_to_open(closed, now, asked, missing) if missing else []
    doors = _doors([*shown, *coming], now, asked)
    return OpenNow(doors[: len(shown)], doors[len(shown) :], len(are_open), now)


def count_open(now):
    """How many digipunten with a page are open at this moment. Four queries."""
    places = _places()
    hours = _hours(places, [now.astimezone(BRUSSELS).date()], None)
    return sum(hours[place.pk].is_open(now) for place in places)


def services():
    """The services that people look for, to choose from: code and name."""
    return [(one.code, one.name) for one in Service.objects.filter(is_filter=True)]


def _places(partnership="", service=""):
    rows = Location.objects.published().digipunten().order_by("name")
    if partnership:
        rows = rows.filter(partnership__slug=partnership)
    if service:
        rows = rows.filter(location_services__service__code=service)
    return [Place._make(row) for row in Place.rows(rows)]


def _hours(places, days, service):
    return load_calendars(places, on=days, services=[service] if service else [])


def _first_to_open(places, now, service, count):
    """The first `count` that open: within some days if there are enough, or else ever."""
    today = now.astimezone(BRUSSELS).date()
    days = [today + timedelta(days=ahead) for ahead in range(NEAR.days + 1)]
    near = _hours(places, days, service)
    found = []
    for place in places:
        openings = near[place.pk].openings(today, days[-1], service)
        found += [(one.by_appointment, one.starts_at, place) for one in openings]
    found = [one for one in found if one[1] > now]
    if len({place.pk for by_appointment, _at, place in found if not by_appointment}) < count:
        ever = load_calendars(places)
        found = [
            (one.by_appointment, one.starts_at, place)
            for place in places
            if (one := _next(ever[place.pk], now, service))
        ]
    found.sort(key=lambda one: one[:2])
    return list(dict.fromkeys(place for *_when, place in found))[:count]


def _next(calendar, now, service):
    """The next opening at which one can walk in; or by appointment, if that is all there is."""
    ahead = calendar.next_openings(now, LOOKED_AT, service)
    return next((one for one in ahead if not one.by_appointment), ahead[0] if ahead else None)


def _doors(places, now, service):
    hours = load_calendars(places)
    offered = {place.pk: [] for place in places}
    for row in LocationService.objects.filter(location__in=offered).select_related("service"):
        offered[row.location_id].append(row.service)
    return tuple(
        Door(
            place.name,
            Page(pk=place.page_id, url_path=place.url_path).get_url() or "",
            opening_status(hours[place.pk], now, service)
            if service
            else status_of_place(hours[place.pk], now, offered[place.pk]),
        )
        for place in places
    )
