"""Geocode a postcode or place name, and rank locations by how near they are to it."""

import re
import unicodedata
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

from django.db.models import F, Q

from locations.places.models import Municipality, Postcode

MAX_LENGTH = 60
MAX_SUGGESTIONS = 8
MIN_PREFIX = 3
"""The fewest characters of a name that suggest postcodes."""
EARTH_DIAMETER = 12742
"""Kilometres."""
_POSTCODE = re.compile(r"(?<!\d)[1-9]\d{3}(?!\d)")


def normalize_place_name(text):
    """Return a name without accents, capitals, hyphens and apostrophes, for comparison."""
    decomposed = unicodedata.normalize("NFKD", text.replace("\x00", " ")).casefold()
    letters = "".join(char for char in decomposed if not unicodedata.combining(char))
    return " ".join(re.sub(r"[^a-z0-9]+", " ", letters).split())


@dataclass(frozen=True)
class SearchOrigin:
    """The point from which someone searches, and the municipality around it.

    `postcodes` are those of the municipality, `partnerships` the keys of its partnerships.
    """

    label: str
    lat: float
    lon: float
    postcodes: frozenset[str]
    partnerships: frozenset[int]

    def distance_to(self, lat, lon):
        """Return the distance in kilometres as the crow flies."""
        haversine = sin(radians(lat - self.lat) / 2) ** 2
        haversine += (
            cos(radians(self.lat)) * cos(radians(lat)) * sin(radians(lon - self.lon) / 2) ** 2
        )
        return EARTH_DIAMETER * asin(sqrt(haversine))


@dataclass(frozen=True)
class GeocodingResult:
    """The outcome of geocoding a text: an origin, several choices, or nothing."""

    text: str = ""
    origin: SearchOrigin | None = None
    choices: tuple[str, ...] = ()

    @property
    def is_unknown(self):
        return bool(self.text and not self.origin and not self.choices)


def geocode(text):
    """Geocode a postcode, "Halle", or "Halle (1500)".

    An ambiguous name yields choices, never a guess. Takes one query, and a second one for a name
    that matches no place exactly.
    """
    text = " ".join(text.replace("\x00", " ").split())[:MAX_LENGTH]
    if not text:
        return GeocodingResult()
    name = normalize_place_name(text)
    if match := _POSTCODE.search(text):
        areas = _find_areas(Q(postcodes__code=match[0]))
        return GeocodingResult(text, areas[0].origin_of_postcode(match[0], name) if areas else None)
    areas = []
    if name:
        areas = _find_areas(Q(normalized_name=name) | Q(postcodes__normalized_name=name))
    if len(areas) == 1:
        return GeocodingResult(text, areas[0].origin_of_name(name))
    if areas:
        postcodes = [area.postcode_named(name) for area in areas]
    else:
        postcodes = _suggest_postcodes(name)
        if len({(code.normalized_name, code.municipality_id) for code in postcodes}) == 1:
            only = postcodes[0]
            if only.normalized_name == name:
                return GeocodingResult(text)
            return geocode(only.locality)
    postcodes = sorted(postcodes, key=lambda postcode: postcode.code)
    return GeocodingResult(text, choices=tuple(map(str, postcodes)))


def _suggest_postcodes(prefix):
    if len(prefix) < MIN_PREFIX:
        return []
    matches = Postcode.objects.filter(normalized_name__startswith=prefix)
    return list(matches.order_by("code")[:MAX_SUGGESTIONS])


@dataclass(frozen=True)
class MunicipalityArea:
    """A municipality with its postcodes, lowest first, and the keys of its partnerships."""

    municipality: Municipality
    postcodes: tuple[Postcode, ...]
    partnerships: frozenset[int]

    def origin_of_postcode(self, code, name):
        """Return the origin of a postcode, labelled with its locality: 1755 Gooik.

        The first postcode carries the name of the municipality: 9100 Sint-Niklaas. The typed
        `name` may still contain that of the locality.
        """
        postcode = next(postcode for postcode in self.postcodes if postcode.code == code)
        is_main = postcode == self.postcodes[0] and postcode.normalized_name not in name
        place_name = self.municipality.name if is_main else postcode.locality
        return self._origin([postcode], f"{code} {place_name}")

    def origin_of_name(self, name):
        """Return the origin of a locality or of the whole municipality."""
        named = [postcode for postcode in self.postcodes if postcode.normalized_name == name]
        label = named[0].locality if named else self.municipality.name
        return self._origin(named or self.postcodes, label)

    def postcode_named(self, name):
        """Return the postcode of the locality with this name, or else the first postcode."""
        named = (postcode for postcode in self.postcodes if postcode.normalized_name == name)
        return next(named, self.postcodes[0])

    def _origin(self, postcodes, label):
        return SearchOrigin(
            label,
            sum(postcode.lat for postcode in postcodes) / len(postcodes),
            sum(postcode.lon for postcode in postcodes) / len(postcodes),
            frozenset(postcode.code for postcode in self.postcodes),
            self.partnerships,
        )


def _find_areas(condition):
    """Return the areas of the municipalities that meet this condition, in one query."""
    rows = (
        Postcode.objects.filter(municipality__in=Municipality.objects.filter(condition))
        .annotate(partnership=F("municipality__partnerships"))
        .select_related("municipality")
        .order_by("code")
    )
    areas = {}
    for row in rows:
        postcodes, partnerships = areas.setdefault(row.municipality, ({}, set()))
        postcodes.setdefault(row.code, row)
        partnerships.add(row.partnership)
    return [
        MunicipalityArea(municipality, tuple(postcodes.values()), frozenset(partnerships - {None}))
        for municipality, (postcodes, partnerships) in areas.items()
    ]


@dataclass(frozen=True)
class NearbyLocation:
    """A location with its distance from the origin of a search."""

    location: object
    kilometres: float | None = None
    in_municipality: bool = False


def rank_locations(locations, origin):
    """Return these locations as `NearbyLocation`s in the order that helps someone at `origin`.

    Locations in the municipality come first, then those of its partnerships, then the others; the
    nearest first within each group. Without an origin the order does not change.
    """
    if origin is None:
        return [NearbyLocation(location) for location in locations]
    nearby = [
        NearbyLocation(
            location,
            None if location.lat is None else origin.distance_to(location.lat, location.lon),
            location.postcode in origin.postcodes,
        )
        for location in locations
    ]
    far = float("inf")
    return sorted(
        nearby,
        key=lambda near: (
            not near.in_municipality,
            near.location.partnership_id not in origin.partnerships,
            far if near.kilometres is None else near.kilometres,
            near.location.name,
        ),
    )
