"""Which doors are open at this moment, and which open first: for a list in the body of a page."""

from dataclasses import dataclass
from datetime import datetime

from locations.models import Location, LocationService, Service
from locations.opening_hours import calendars, words
from locations.views.place import status_of_place

AT_LEAST = 3
"""With fewer doors open than this, the list goes on with the first that open."""


@dataclass(frozen=True)
class Door:
    """A digipunt with its page and the state of its door."""

    name: str
    url: str
    town: str
    status: object


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

    Five queries, whatever the number of places. A door that opens by appointment alone is not
    open, and follows after those where one can walk in.
    """
    places = Location.objects.with_page().digipunten().order_by("name")
    if partnership:
        places = places.filter(partnership__slug=partnership)
    if service:
        places = places.filter(location_services__service__code=service)
    places = list(places)
    hours, asked = calendars(places), service or None
    are_open, closed = [], []
    for place in places:
        (are_open if hours[place.pk].is_open(now, asked) else closed).append(place)
    shown = are_open[:most]
    missing = max(min(AT_LEAST, most) - len(shown), 0)
    coming = _first_to_open(closed, hours, now, asked)[:missing] if missing else []
    doors = _doors([*shown, *coming], hours, now, asked)
    return OpenNow(doors[: len(shown)], doors[len(shown) :], len(are_open), now)


def _first_to_open(places, hours, now, service):
    following = [(hours[place.pk].next_opening(now, service), place) for place in places]
    following = [pair for pair in following if pair[0]]
    following.sort(key=lambda pair: (pair[0].by_appointment, pair[0].starts_at))
    return [place for _opening, place in following]


def _doors(places, hours, now, service):
    offered = {place.pk: [] for place in places}
    for row in LocationService.objects.filter(location__in=places).select_related("service"):
        offered[row.location_id].append(row.service)
    return tuple(
        Door(
            place.name,
            place.get_absolute_url(),
            place.city,
            words.status(hours[place.pk], now, service)
            if service
            else status_of_place(hours[place.pk], now, offered[place.pk]),
        )
        for place in places
    )


def count_open(now):
    """How many digipunten with a page are open at this moment. Three queries."""
    places = list(Location.objects.with_page().digipunten())
    hours = calendars(places)
    return sum(hours[place.pk].is_open(now) for place in places)


def services():
    """The services that people look for, to choose from: code and name."""
    return [(one.code, one.name) for one in Service.objects.filter(is_filter=True)]
