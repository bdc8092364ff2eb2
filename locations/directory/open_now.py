"""The digipunten that are open now and those that open first, for the body of a page."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from wagtail.models import Page

from locations.core.status import StatusLabel
from locations.core.time_zone import BRUSSELS
from locations.directory.location_status import get_location_status
from locations.directory.location_summary import LocationSummary
from locations.opening_hours.engine.hours_text import opening_status
from locations.opening_hours.loading import load_calendars
from locations.places.models import Location, LocationService, Service

MIN_LISTED = 3
"""With fewer open locations than this, the list continues with those that open first."""
OPENINGS_CHECKED = 10
"""How many coming openings of a location are searched for one without an appointment."""
NEAR = timedelta(days=3)
"""The days ahead that are searched first, as they nearly always suffice."""


@dataclass(frozen=True)
class LocationLink:
    """A digipunt with the URL of its page and its status."""

    name: str
    url: str
    status: StatusLabel


@dataclass(frozen=True)
class OpenNow:
    """The open locations by name, up to a maximum, and those that open first, in order.

    `count` is the number of all open locations.
    """

    open: tuple[LocationLink, ...]
    later: tuple[LocationLink, ...]
    count: int
    counted_at: datetime


def find_open_now(now, *, limit, partnership="", service=""):
    """Return the digipunten that are open, of a partnership (slug) and for a service (code).

    Takes at most fourteen queries, and eight while enough locations are open. A location that
    opens by appointment only is not open, and follows after those where visitors can walk in.
    """
    locations, service = _load_locations(partnership, service), service or None
    calendars = _load_calendars(locations, [now.astimezone(BRUSSELS).date()], service)
    open_locations, closed = [], []
    for location in locations:
        is_open = calendars[location.pk].is_open(now, service)
        (open_locations if is_open else closed).append(location)
    listed = open_locations[:limit]
    missing = max(min(MIN_LISTED, limit) - len(listed), 0)
    later = _find_first_to_open(closed, now, service, missing) if missing else []
    links = _build_links([*listed, *later], now, service)
    return OpenNow(links[: len(listed)], links[len(listed) :], len(open_locations), now)


def count_open(now):
    """Return how many published digipunten are open now; takes four queries."""
    locations = _load_locations()
    calendars = _load_calendars(locations, [now.astimezone(BRUSSELS).date()], None)
    return sum(calendars[location.pk].is_open(now) for location in locations)


def service_choices():
    """Return the (code, name) of the services that visitors look for."""
    services = Service.objects.filter(is_filter=True)
    return [(service.code, service.name) for service in services]


def _load_locations(partnership="", service=""):
    rows = Location.objects.published().digipunten().order_by("name")
    if partnership:
        rows = rows.filter(partnership__slug=partnership)
    if service:
        rows = rows.filter(location_services__service__code=service)
    return [LocationSummary._make(row) for row in LocationSummary.query(rows)]


def _load_calendars(locations, days, service):
    return load_calendars(locations, on=days, services=[service] if service else [])


def _find_first_to_open(locations, now, service, count):
    """Return the first `count` locations to open: within days if there are enough, or ever."""
    today = now.astimezone(BRUSSELS).date()
    days = [today + timedelta(days=ahead) for ahead in range(NEAR.days + 1)]
    calendars = _load_calendars(locations, days, service)
    openings = [
        (opening.by_appointment, opening.starts_at, location)
        for location in locations
        for opening in calendars[location.pk].openings(today, days[-1], service)
        if opening.starts_at > now
    ]
    walk_in = {location.pk for by_appointment, _at, location in openings if not by_appointment}
    if len(walk_in) < count:
        calendars = load_calendars(locations)
        openings = [
            (opening.by_appointment, opening.starts_at, location)
            for location in locations
            if (opening := _next_opening(calendars[location.pk], now, service))
        ]
    openings.sort(key=lambda opening: opening[:2])
    return list(dict.fromkeys(location for *_when, location in openings))[:count]


def _next_opening(calendar, now, service):
    """Return the next opening for walking in, or else the next one by appointment, or None."""
    openings = calendar.next_openings(now, OPENINGS_CHECKED, service)
    walk_in = (opening for opening in openings if not opening.by_appointment)
    return next(walk_in, openings[0] if openings else None)


def _build_links(locations, now, service):
    calendars = load_calendars(locations)
    services = {location.pk: [] for location in locations}
    for offer in LocationService.objects.filter(location__in=services).select_related("service"):
        services[offer.location_id].append(offer.service)
    return tuple(
        LocationLink(
            location.name,
            Page(pk=location.page_id, url_path=location.url_path).get_url() or "",
            opening_status(calendars[location.pk], now, service)
            if service
            else get_location_status(calendars[location.pk], now, services[location.pk]),
        )
        for location in locations
    )
