"""Template context of the finder: the list of digipunten and its map."""

from collections import defaultdict
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Page

from locations.core.formatting import format_day
from locations.core.status import StatusLabel
from locations.directory.distances import describe_nearness
from locations.directory.finder_query import FinderQuery, blocks_on
from locations.directory.location_status import get_location_status
from locations.directory.location_summary import LocationSummary
from locations.directory.map import Map, Pin
from locations.opening_hours.engine.hours_text import format_blocks
from locations.opening_hours.loading import load_calendars
from locations.places.geocoding import NearbyLocation, rank_locations
from locations.places.models import Location, LocationService, Service

PER_PAGE = 20


@dataclass(frozen=True)
class LocationRow:
    """A location in the list; its number is that of its pin on the map.

    `services` holds the (icon, label) of each service.
    """

    number: int
    location: LocationSummary
    url: str
    status: StatusLabel
    services: tuple[tuple[str, str], ...] = ()
    nearness: str = ""
    on_day: str = ""


def build_finder_context(page, request):
    """Return the context of the index page; takes at most nine queries, however many locations."""
    now = timezone.now()
    services = list(Service.objects.all())
    filter_services = [service for service in services if service.is_filter]
    finder = FinderQuery.from_params(request.GET, {service.code for service in filter_services})
    pages = Paginator(_find_locations(finder, now), PER_PAGE).get_page(request.GET.get("p"))
    rows = _build_rows(pages, finder, services, now, _LocationUrls(page, request))
    querystring = finder.urlencode()
    return {
        "finder": finder,
        "choices": [
            (choice, f"?{finder.urlencode(choice)}") for choice in finder.geocoding.choices
        ],
        "services": filter_services,
        "today": timezone.localdate(now),
        "pages": pages,
        "rows": rows,
        "map": Map.from_pins([_location_pin(row) for row in rows], finder.origin),
        "count": _format_count(pages.paginator.count, finder),
        "query": f"{querystring}&" if querystring else "",
    }


def _find_locations(finder, now):
    """Return the matching locations in order: a queryset where the database can order them."""
    locations = Location.objects.published().order_by("name")
    rows = LocationSummary.query(finder.filter(locations))
    if not (finder.origin or finder.open_now or finder.day):
        return rows
    summaries = list(map(LocationSummary._make, rows))
    return rank_locations(finder.filter_open(summaries, now), finder.origin)


def _build_rows(pages, finder, services, now, urls):
    page = [
        item if isinstance(item, NearbyLocation) else NearbyLocation(LocationSummary._make(item))
        for item in pages
    ]
    locations = [nearby.location for nearby in page]
    calendars = load_calendars(locations)
    services_by_location = _services_by_location(locations, services)
    rows = []
    for number, nearby in enumerate(page, pages.start_index()):
        location = nearby.location
        calendar, offered = calendars[location.pk], services_by_location[location.pk]
        rows.append(
            LocationRow(
                number,
                location,
                urls.url_of(location),
                get_location_status(calendar, now, offered),
                tuple((service.icon, service.label) for service in offered),
                describe_nearness(nearby),
                _format_hours_on_day(calendar, finder) if finder.day else "",
            )
        )
    return rows


def _services_by_location(locations, services):
    """Return the services of each location in their usual order, in one query."""
    positions = {service.pk: (position, service) for position, service in enumerate(services)}
    offers = LocationService.objects.filter(location__in=[location.pk for location in locations])
    offered = defaultdict(list)
    for location, service in offers.order_by().values_list("location_id", "service_id"):
        offered[location].append(positions[service])
    return defaultdict(
        tuple,
        {
            location: tuple(service for _position, service in sorted(pairs))
            for location, pairs in offered.items()
        },
    )


def _format_hours_on_day(calendar, finder):
    hours = format_blocks(blocks_on(calendar, finder.day, finder.services))
    return f"{capfirst(format_day(finder.day))}: {hours}"


class _LocationUrls:
    """URLs of location pages, which nearly always are children of the index page."""

    def __init__(self, index, request):
        self.index_path, self.index_url = index.url_path, index.get_url(request)
        self.request = request

    def url_of(self, location):
        subpath = location.url_path.removeprefix(self.index_path)
        if subpath != location.url_path:
            return self.index_url + subpath
        page = Page(pk=location.page_id, url_path=location.url_path)
        return page.get_url(self.request) or ""


def _location_pin(row):
    location, number = row.location, str(row.number)
    kind = "now" if row.status.is_open else ""
    return Pin(location.name, f"#plaats-{number}", location.lat, location.lon, number, kind)


def _format_count(number, finder):
    text = ngettext("%(n)s digipunt.", "%(n)s digipunten.", number) % {"n": number}
    if finder.origin and number > 1:
        nearest = _("The nearest to %(place)s comes first.") % {"place": finder.origin.label}
        return f"{text} {nearest}"
    return text
