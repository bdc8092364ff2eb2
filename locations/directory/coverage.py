"""Coverage: the digipunten, stops and nearest location of each municipality."""

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Exists, OuterRef

from locations.core.time_zone import BRUSSELS
from locations.opening_hours.models import Stop
from locations.places.geocoding import SearchOrigin, normalize_place_name
from locations.places.models import Location, Partnership, Postcode

STOP_HORIZON = timedelta(days=90)
"""How far ahead stops count: a bus that came once and does not return covers nothing."""
STOP_RADIUS = 3
"""Kilometres from the point of a postcode within which a stop without address belongs to it."""
_POSTCODE = re.compile(r"(?<!\d)[1-9]\d{3}(?=\s+[^\W\d])(?!\s+bus\b)")
"""A postcode is followed by a name; a house number of four digits is not ("bus" is a box)."""

Membership = Partnership.municipalities.through


@dataclass(frozen=True)
class Coverage:
    """A municipality with its postcodes and the locations that serve its inhabitants."""

    municipality: int
    name: str
    postcodes: tuple[str, ...]
    fixed: tuple[Location, ...] = ()
    mobile: tuple[Location, ...] = ()
    stops: tuple[Stop, ...] = ()
    nearest: Location | None = None
    kilometres: float | None = None

    @property
    def has_gap(self):
        return not self.fixed


class MunicipalityIndex:
    """Municipalities with their postcodes, to look up the municipality of a location or stop.

    `rows` are (key, name, postcode, locality, latitude, longitude); the last four may be None.
    """

    def __init__(self, rows):
        self.names, self.postcodes = {}, defaultdict(list)
        self._points, self._by_postcode, self._by_name = defaultdict(list), {}, defaultdict(set)
        for key, name, postcode, locality, lat, lon in rows:
            self.names[key] = name
            self._by_name[normalize_place_name(name)].add(key)
            if postcode:
                self.postcodes[key].append(postcode)
                self._points[key].append((lat, lon))
                self._by_postcode[postcode] = key
                self._by_name[normalize_place_name(locality)].add(key)

    def key_of_postcode(self, postcode):
        return self._by_postcode.get(postcode)

    def key_of_stop(self, stop):
        """Return the municipality of a stop by the postcode in its address, its name, or point."""
        if postcodes := _POSTCODE.findall(stop.address):
            return self.key_of_postcode(postcodes[-1])
        keys = self._by_name.get(normalize_place_name(stop.place), ())
        if len(keys) == 1:
            return next(iter(keys))
        if stop.lat is None:
            return None
        origin = SearchOrigin("", stop.lat, stop.lon, frozenset(), frozenset())
        distance, key = min(
            (
                (origin.distance_to(*point), key)
                for key, points in self._points.items()
                for point in points
            ),
            default=(STOP_RADIUS, None),
        )
        return key if distance < STOP_RADIUS else None

    def origin_of(self, key):
        """Return the centre of a municipality, or None if it has no postcodes."""
        points = self._points.get(key)
        if not points:
            return None
        lats, lons = zip(*points, strict=True)
        centre = sum(lats) / len(lats), sum(lons) / len(lons)
        return SearchOrigin(self.names[key], *centre, frozenset(self.postcodes[key]), frozenset())


def all_municipalities(without_postcode=()):
    """Return an index of all municipalities that have a postcode, in one query.

    `without_postcode` maps the keys of others to their names.
    """
    rows = Postcode.objects.order_by("code").values_list(
        "municipality_id", "municipality__name", "code", "locality", "lat", "lon"
    )
    others = [(key, name, None, None, None, None) for key, name in dict(without_postcode).items()]
    return MunicipalityIndex([*others, *rows])


def partnership_municipalities(partnership):
    """Return an index of the municipalities of a partnership by name, in one query."""
    return MunicipalityIndex(
        Membership.objects.filter(partnership=partnership)
        .order_by("municipality__name", "municipality__postcodes__code")
        .values_list(
            *("municipality_id", "municipality__name", "municipality__postcodes__code"),
            *("municipality__postcodes__locality", "municipality__postcodes__lat"),
            "municipality__postcodes__lon",
        )
    )


def upcoming_stops(locations, calendars, now):
    """Return the stops of these moving locations that go ahead, soonest first, in one query.

    There are no stops on days on which the calendar of the location is closed.
    """
    by_key = {location.pk: location for location in locations}
    if not by_key:
        return []
    rows = Stop.objects.upcoming(now).going_ahead()
    stops = []
    for stop in rows.filter(location__in=list(by_key), starts_at__lt=now + STOP_HORIZON):
        day = stop.starts_at.astimezone(BRUSSELS).date()
        if not calendars[stop.location_id].closure(day):
            stop.location = by_key[stop.location_id]
            stops.append(stop)
    return stops


def compute_coverage(keys, municipalities, locations, stops=()):
    """Return the `Coverage` of each municipality by key, in the given order; takes no query."""
    by_municipality, stops_by_municipality = defaultdict(list), defaultdict(list)
    for location in locations:
        key = municipalities.key_of_postcode(location.postcode)
        by_municipality[location.kind, key].append(location)
    for stop in stops:
        stops_by_municipality[municipalities.key_of_stop(stop)].append(stop)
    fixed = [location for location in locations if location.kind == Location.Kind.FIXED]
    return {
        key: Coverage(
            key,
            municipalities.names[key],
            tuple(municipalities.postcodes[key]),
            tuple(by_municipality[Location.Kind.FIXED, key]),
            tuple(by_municipality[Location.Kind.MOBILE, key]),
            tuple(stops_by_municipality[key]),
            *_find_nearest(municipalities.origin_of(key), fixed),
        )
        for key in keys
    }


def _find_nearest(origin, locations):
    """Return the nearest location and its distance; one in the municipality itself wins."""
    if origin is None:
        return None, None
    candidates = [
        (
            location.postcode not in origin.postcodes,
            origin.distance_to(location.lat, location.lon),
            location.pk,
            location,
        )
        for location in locations
        if location.lat is not None
    ]
    if not candidates:
        return None, None
    _is_elsewhere, kilometres, _pk, location = min(candidates)
    return location, kilometres


def memberships_without_fixed(memberships, locations):
    """Return the memberships whose municipality has no fixed digipunt among these locations."""
    postcodes = Postcode.objects.filter(municipality=OuterRef(OuterRef("municipality")))
    fixed = locations.filter(kind=Location.Kind.FIXED, postcode__in=postcodes.values("code"))
    return memberships.exclude(Exists(fixed))
