"""The list of digipunten: what was asked, and the places that answer it."""

from collections import defaultdict
from dataclasses import dataclass
from typing import NamedTuple

from django.core.paginator import Paginator
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Page

from locations.core.formatting import format_day
from locations.core.status import StatusLabel
from locations.directory.finder_query import Question, hours_on
from locations.directory.location_context import status_of_place
from locations.directory.map import Map, Pin
from locations.opening_hours.engine.hours_text import format_blocks
from locations.opening_hours.loading import load_calendars
from locations.places.geocoding import NearbyLocation, rank_locations
from locations.places.models import Location, LocationService, Service

PER_PAGE = 20


class Place(NamedTuple):
    """Of a place what the list says; of a thousand places whole rows would take too long."""

    pk: int
    code: str
    name: str
    kind: str
    partnership_id: int
    street: str
    number: str
    postcode: str
    city: str
    lat: float
    lon: float
    page_id: int
    url_path: str

    address = Location.address

    @classmethod
    def rows(cls, places):
        """A query for these places, a queryset; not yet asked."""
        return places.values_list(*cls._fields[:-2], "page__pk", "page__url_path")


@dataclass(frozen=True)
class Row:
    """One place in the list: its number is that of its pin on the map."""

    number: int
    place: Place
    url: str
    status: StatusLabel
    services: tuple[tuple[str, str], ...] = ()
    """The icon and the name of what one can do there."""
    nearness: str = ""
    on_day: str = ""


def index_context(page, request):
    """What the list needs; at most nine queries, whatever the number of places."""
    now = timezone.now()
    services = list(Service.objects.all())
    asked = Question.of(request.GET, {one.code for one in services if one.is_filter})
    pages = Paginator(_found(asked, now), PER_PAGE).get_page(request.GET.get("p"))
    rows = _rows(pages, asked, services, now, _Addresses(page, request))
    return {
        "question": asked,
        "choices": [(choice, f"?{asked.address(choice)}") for choice in asked.spot.choices],
        "services": [one for one in services if one.is_filter],
        "today": timezone.localdate(now),
        "pages": pages,
        "rows": rows,
        "map": Map.of([_pin(row) for row in rows], asked.here),
        "count": _count(pages.paginator.count, asked),
        "query": f"{query}&" if (query := asked.address()) else "",
    }


def _found(asked, now):
    """The places that answer, in order; a query when the database can count and order them."""
    rows = Place.rows(asked.among(Location.objects.published().order_by("name")))
    if not (asked.here or asked.open_now or asked.day):
        return rows
    return rank_locations(asked.open_among(list(map(Place._make, rows)), now), asked.here)


def _rows(pages, asked, services, now, addresses):
    found = [
        one if isinstance(one, NearbyLocation) else NearbyLocation(Place._make(one))
        for one in pages
    ]
    places = [one.location for one in found]
    hours = load_calendars(places)
    offered = defaultdict(list)
    of_places = LocationService.objects.filter(location__in=[place.pk for place in places])
    known = {service.pk: (turn, service) for turn, service in enumerate(services)}
    for place, service in of_places.order_by().values_list("location_id", "service_id"):
        offered[place].append(known[service])
    rows = []
    for number, one in enumerate(found, pages.start_index()):
        place = one.location
        calendar, offer = hours[place.pk], tuple(one for _turn, one in sorted(offered[place.pk]))
        rows.append(
            Row(
                number,
                place,
                addresses.of(place),
                status_of_place(calendar, now, offer),
                tuple((service.icon, service.label) for service in offer),
                describe_nearness(one),
                _on_day(calendar, asked) if asked.day else "",
            )
        )
    return rows


def _on_day(calendar, asked):
    hours = format_blocks(hours_on(calendar, asked.day, asked.services))
    return f"{capfirst(format_day(asked.day))}: {hours}"


class _Addresses:
    """Where the page of a place is: nearly always right under the list."""

    def __init__(self, index, request):
        self.above, self.url, self.request = index.url_path, index.get_url(request), request

    def of(self, place):
        below = place.url_path.removeprefix(self.above)
        if below != place.url_path:
            return self.url + below
        return Page(pk=place.page_id, url_path=place.url_path).get_url(self.request) or ""


def _pin(row):
    place, number = row.place, str(row.number)
    kind = "now" if row.status.is_open else ""
    return Pin(place.name, f"#plaats-{number}", place.lat, place.lon, number, kind)


def describe_nearness(one):
    """How near a place (`NearbyLocation`) is, in words."""
    if one.in_municipality:
        return _("in your municipality")
    if one.kilometres is None:
        return ""
    if one.kilometres < 1:
        return _("less than 1 km")
    return _("%(km)s km") % {"km": round(one.kilometres)}


def _count(number, asked):
    words = ngettext("%(n)s digipunt.", "%(n)s digipunten.", number) % {"n": number}
    if asked.here and number > 1:
        nearest = _("The nearest to %(place)s comes first.") % {"place": asked.here.label}
        return f"{words} {nearest}"
    return words
