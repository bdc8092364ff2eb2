"""Template context of the pages about partnerships."""

from dataclasses import dataclass
from itertools import chain
from urllib.parse import urlsplit

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from locations.core.formatting import format_near_day, format_time_range
from locations.core.status import StatusLabel
from locations.core.time_zone import BRUSSELS
from locations.directory.coverage import (
    Membership,
    compute_coverage,
    partnership_municipalities,
    upcoming_stops,
)
from locations.directory.distances import describe_nearness, format_distance
from locations.directory.location_status import get_location_status
from locations.directory.navigation import INDEX_URL, index_breadcrumb, partnership_url
from locations.directory.organization_jsonld import organization_jsonld
from locations.directory.team import list_partners
from locations.opening_hours.loading import load_calendars
from locations.places.geocoding import geocode, rank_locations
from locations.places.models import Location, LocationService, Partnership, Service

NEAREST = 3
"""How many digipunten are suggested in a municipality without partnership."""


@dataclass(frozen=True)
class PartnershipRow:
    """A partnership in the list of partnerships."""

    partnership: Partnership
    url: str
    municipalities: tuple[str, ...]
    postcodes: tuple[str, ...]
    locations: tuple[Location, ...]

    @property
    def size(self):
        """The numbers of digipunten and municipalities as text."""
        digipunten, municipalities = len(self.locations), len(self.municipalities)
        return _("%(digipunten)s in %(municipalities)s.") % {
            "digipunten": ngettext("%(n)s digipunt", "%(n)s digipunten", digipunten)
            % {"n": digipunten},
            "municipalities": ngettext("%(n)s municipality", "%(n)s municipalities", municipalities)
            % {"n": municipalities},
        }


@dataclass(frozen=True)
class LocationCard:
    """A location with its status, services and distance."""

    location: Location
    url: str
    status: StatusLabel
    services: tuple[Service, ...] = ()
    nearness: str = ""


@dataclass(frozen=True)
class NearestStop:
    """A stop of the digibus that is nearer than any digipunt."""

    place: str
    url: str
    day: str
    hours: str
    distance: str


@dataclass(frozen=True)
class PartnershipMatch:
    """A partnership of the municipality that was searched, with its nearest digipunt."""

    row: PartnershipRow
    card: LocationCard | None


def build_search_context(request):
    """Return the context of the page that finds the partnership of a postcode or place name.

    Takes at most ten queries, however many partnerships there are.
    """
    now = timezone.now()
    result = geocode(request.GET.get("q", ""))
    locations = list(Location.objects.published().digipunten().order_by("name"))
    rows = _load_partnership_rows(locations)
    return {
        "result": result,
        "choices": [(choice, "?" + urlencode({"q": choice})) for choice in result.choices],
        "partnerships": rows,
        "digipunten_url": INDEX_URL + "?" + urlencode({"q": result.text}),
        "canonical": request.build_absolute_uri(request.path),
        "trail": index_breadcrumb(),
        "crumb": _("Which digibank is yours?"),
        **(_match_context(result.origin, rows, locations, now) if result.origin else {}),
    }


def _load_partnership_rows(locations):
    """Return a row for each partnership by name, in two queries."""
    postcodes_by_name, locations_by_key = {}, {}
    for location in locations:
        locations_by_key.setdefault(location.partnership_id, []).append(location)
    for key, name, postcode in Membership.objects.order_by("municipality__name").values_list(
        "partnership_id", "municipality__name", "municipality__postcodes__code"
    ):
        postcodes_by_name.setdefault(key, {}).setdefault(name, []).append(postcode)
    rows = []
    for partnership in Partnership.objects.order_by("name"):
        municipalities = postcodes_by_name.get(partnership.pk, {})
        rows.append(
            PartnershipRow(
                partnership,
                partnership_url(partnership),
                tuple(municipalities),
                tuple(sorted(filter(None, chain(*municipalities.values())))),
                tuple(locations_by_key.get(partnership.pk, ())),
            )
        )
    return rows


def _match_context(origin, rows, locations, now):
    """Return the partnerships of the municipality, or else the nearest locations."""
    matching = [row for row in rows if row.partnership.pk in origin.partnerships]
    if matching:
        return {"matches": _build_matches(origin, matching, now)}
    ranked = rank_locations(locations, origin)
    nearest = [nearby for nearby in ranked if nearby.kilometres is not None][:NEAREST]
    moving = [location for location in locations if location.kind in Location.MOVING_KINDS]
    calendars = load_calendars({*moving, *(nearby.location for nearby in nearest)})
    return {
        "is_unserved": True,
        "nearest_locations": _build_cards(nearest, calendars, now),
        "nearest_stop": _find_nearest_stop(
            origin, upcoming_stops(moving, calendars, now), nearest, now
        ),
    }


def _build_matches(origin, rows, now):
    nearest = {
        row.partnership.pk: next(iter(rank_locations(row.locations, origin)), None) for row in rows
    }
    shown = [nearby for nearby in nearest.values() if nearby]
    cards = _build_cards(shown, load_calendars([nearby.location for nearby in shown]), now)
    cards_by_location = {card.location.pk: card for card in cards}
    matches = []
    for row in rows:
        nearby = nearest[row.partnership.pk]
        card = cards_by_location.get(nearby.location.pk) if nearby else None
        matches.append(PartnershipMatch(row, card))
    return matches


def _find_nearest_stop(origin, stops, nearest, now):
    """Return the nearest coming stop if it is nearer than the nearest digipunt, or None."""
    candidates = [
        (origin.distance_to(stop.lat, stop.lon), stop.starts_at, stop.pk, stop)
        for stop in stops
        if stop.lat is not None
    ]
    if not candidates:
        return None
    kilometres, starts_at, _pk, stop = min(candidates)
    if nearest and nearest[0].kilometres <= kilometres:
        return None
    start, end = starts_at.astimezone(BRUSSELS), stop.ends_at.astimezone(BRUSSELS)
    return NearestStop(
        stop.place,
        stop.location.get_absolute_url(),
        format_near_day(start.date(), timezone.localdate(now)),
        format_time_range(start, end),
        format_distance(kilometres),
    )


def _build_cards(nearby_locations, calendars, now):
    """Return a card for each `NearbyLocation`, in one query."""
    locations = [nearby.location for nearby in nearby_locations]
    services = {location.pk: [] for location in locations}
    for offer in LocationService.objects.filter(location__in=locations).select_related("service"):
        services[offer.location_id].append(offer.service)
    return [
        LocationCard(
            nearby.location,
            nearby.location.get_absolute_url(),
            get_location_status(calendars[nearby.location.pk], now, services[nearby.location.pk]),
            tuple(services[nearby.location.pk]),
            describe_nearness(nearby),
        )
        for nearby in nearby_locations
    ]


def build_partnership_context(partnership, request):
    """Return the context of the page of a partnership; takes at most twelve queries."""
    now = timezone.now()
    municipalities = partnership_municipalities(partnership)
    locations = list(
        Location.objects.published()
        .filter(Q(partnership=partnership) | Q(kind=Location.Kind.FIXED))
        .order_by("name")
    )
    own = [location for location in locations if location.partnership_id == partnership.pk]
    calendars = load_calendars(own)
    cards = _build_cards(rank_locations(own, None), calendars, now)
    moving = [location for location in own if location.kind in Location.MOVING_KINDS]
    stops = upcoming_stops(moving, calendars, now)
    coverages = compute_coverage(municipalities.names, municipalities, locations, stops).values()
    gaps = [coverage for coverage in coverages if coverage.has_gap]
    url = request.build_absolute_uri(request.path)
    return {
        "partnership": partnership,
        "url": url,
        "website": urlsplit(partnership.website).netloc.removeprefix("www."),
        "municipalities": list(coverages),
        "reached": len(coverages) - len(gaps),
        "gaps": [(coverage, format_distance(coverage.kilometres)) for coverage in gaps],
        "digipunten": [card for card in cards if card.location.kind in Location.DIGIPUNT_KINDS],
        "collection": [card for card in cards if card.location.kind == Location.Kind.COLLECTION],
        "partners": list_partners(partnership.pk),
        "structured_data": organization_jsonld(partnership, municipalities.names.values(), url),
        "now": now,
        "trail": [
            *index_breadcrumb(),
            (_("Which digibank is yours?"), reverse("locations:partnerships")),
        ],
        "crumb": partnership.name,
    }
