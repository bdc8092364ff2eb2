"""What a municipality has: digipunten of its own, stops to come, and how far the nearest is."""

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Exists, OuterRef

from locations.core.time_zone import BRUSSELS
from locations.opening_hours.models import Stop
from locations.places.geocoding import SearchOrigin, normalize_place_name
from locations.places.models import Location, Partnership, Postcode

AHEAD = timedelta(days=90)
"""How far ahead stops count: a bus that came once and comes no more covers nothing."""
NEAR = 3
"""Kilometres from the point of a postcode within which a stop without address is put there."""
_CODE = re.compile(r"(?<!\d)[1-9]\d{3}(?=\s+[^\W\d])(?!\s+bus\b)")
"""A postcode stands before the name of a place; a house number of four digits does not."""

Membership = Partnership.municipalities.through


@dataclass(frozen=True)
class Coverage:
    """A municipality with its postcodes, and what there is for who lives there."""

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


class Towns:
    """Municipalities with their postcodes, to say in which of them something lies.

    `rows` are (key of the municipality, its name, postcode, name of the place, latitude,
    longitude); what comes from a left join may lack its last four.
    """

    def __init__(self, rows):
        self.names, self.codes = {}, defaultdict(list)
        self._points, self._by_code, self._by_name = defaultdict(list), {}, defaultdict(set)
        for key, name, code, place, lat, lon in rows:
            self.names[key] = name
            self._by_name[normalize_place_name(name)].add(key)
            if code:
                self.codes[key].append(code)
                self._points[key].append((lat, lon))
                self._by_code[code] = key
                self._by_name[normalize_place_name(place)].add(key)

    def with_code(self, code):
        return self._by_code.get(code)

    def of_stop(self, stop):
        """By the postcode in its address, or else by its name, or else by where it is."""
        if codes := _CODE.findall(stop.address):
            return self.with_code(codes[-1])
        named = self._by_name.get(normalize_place_name(stop.place), ())
        if len(named) == 1:
            return next(iter(named))
        if stop.lat is None:
            return None
        spot = SearchOrigin("", stop.lat, stop.lon, frozenset(), frozenset())
        far, key = min(
            (
                (spot.distance_to(*point), key)
                for key, points in self._points.items()
                for point in points
            ),
            default=(NEAR, None),
        )
        return key if far < NEAR else None

    def here(self, key):
        """The middle of a municipality; None if it has no postcodes."""
        points = self._points.get(key)
        if not points:
            return None
        lats, lons = zip(*points, strict=True)
        middle = sum(lats) / len(lats), sum(lons) / len(lons)
        return SearchOrigin(self.names[key], *middle, frozenset(self.codes[key]), frozenset())


def all_towns(also=()):
    """Every municipality that has a postcode: one query. `also` names others, by key."""
    rows = Postcode.objects.order_by("code").values_list(
        "municipality_id", "municipality__name", "code", "locality", "lat", "lon"
    )
    bare = [(key, name, None, None, None, None) for key, name in dict(also).items()]
    return Towns([*bare, *rows])


def partnership_municipalities(partnership):
    """The municipalities of a partnership by name, also those without postcodes: one query."""
    return Towns(
        Membership.objects.filter(partnership=partnership)
        .order_by("municipality__name", "municipality__postcodes__code")
        .values_list(
            *("municipality_id", "municipality__name", "municipality__postcodes__code"),
            *("municipality__postcodes__locality", "municipality__postcodes__lat"),
            "municipality__postcodes__lon",
        )
    )


def stops_ahead(moving, hours, now):
    """Stops of these places that go ahead, soonest first: one query.

    `hours` are their calendars: on a closed day the bus makes no stop.
    """
    places = {place.pk: place for place in moving}
    if not places:
        return []
    rows = Stop.objects.upcoming(now).going_ahead()
    found = []
    for stop in rows.filter(location__in=list(places), starts_at__lt=now + AHEAD):
        if not hours[stop.location_id].closure(stop.starts_at.astimezone(BRUSSELS).date()):
            stop.location = places[stop.location_id]
            found.append(stop)
    return found


def compute_coverage(municipalities, towns, places, stops=()):
    """What each of these municipalities has, by key and in the order asked. No queries."""
    there, stopping = defaultdict(list), defaultdict(list)
    for place in places:
        there[place.kind, towns.with_code(place.postcode)].append(place)
    for stop in stops:
        stopping[towns.of_stop(stop)].append(stop)
    fixed = [place for place in places if place.kind == Location.Kind.FIXED]
    return {
        key: Coverage(
            key,
            towns.names[key],
            tuple(towns.codes[key]),
            tuple(there[Location.Kind.FIXED, key]),
            tuple(there[Location.Kind.MOBILE, key]),
            tuple(stopping[key]),
            *nearest(towns.here(key), fixed),
        )
        for key in municipalities
    }


def nearest(here, places):
    """The nearest of these places and how far it is; the first of the own municipality wins."""
    if here is None:
        return None, None
    found = [
        (
            place.postcode not in here.postcodes,
            here.distance_to(place.lat, place.lon),
            place.pk,
            place,
        )
        for place in places
        if place.lat is not None
    ]
    if not found:
        return None, None
    _elsewhere, kilometres, _pk, place = min(found)
    return place, kilometres


def without_fixed(memberships, places):
    """Those municipalities of partnerships in which none of these places is a fixed digipunt."""
    codes = Postcode.objects.filter(municipality=OuterRef(OuterRef("municipality")))
    there = places.filter(kind=Location.Kind.FIXED, postcode__in=codes.values("code"))
    return memberships.exclude(Exists(there))
