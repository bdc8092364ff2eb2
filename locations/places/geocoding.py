"""From what somebody types to places in the order in which they help: near first."""

import re
import unicodedata
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

from django.db.models import F, Q

from locations.places.models import Municipality, Postcode

LONGEST = 60
_CODE = re.compile(r"(?<!\d)[1-9]\d{3}(?!\d)")


def folded(text):
    """A name as people type it: no accents, capitals, hyphens or apostrophes."""
    bare = unicodedata.normalize("NFKD", text.replace("\x00", " ")).casefold()
    bare = "".join(letter for letter in bare if not unicodedata.combining(letter))
    return " ".join(re.sub(r"[^a-z0-9]+", " ", bare).split())


@dataclass(frozen=True)
class Here:
    """Where somebody asks from: a place, with what belongs to the same municipality."""

    label: str
    lat: float
    lon: float
    codes: frozenset[str]
    partnerships: frozenset[int]

    def distance_to(self, lat, lon):
        """Kilometres as the crow flies."""
        half = sin(radians(lat - self.lat) / 2) ** 2
        half += cos(radians(self.lat)) * cos(radians(lat)) * sin(radians(lon - self.lon) / 2) ** 2
        return 12742 * asin(sqrt(half))


@dataclass(frozen=True)
class Understood:
    """What we make of the words: a place, a question back, or nothing."""

    text: str = ""
    here: Here | None = None
    choices: tuple[str, ...] = ()

    @property
    def is_unknown(self):
        return bool(self.text and not self.here and not self.choices)


def understand(text):
    """A postcode, "Halle", or "Halle (1500)". A name of several places is never guessed at.

    One query; a second for a name that is not (yet) spelled out.
    """
    text = " ".join(text.replace("\x00", " ").split())[:LONGEST]
    if not text:
        return Understood()
    name = folded(text)
    if code := _CODE.search(text):
        towns = _towns(Q(postcodes__code=code[0]))
        return Understood(text, towns[0].by_code(code[0], name) if towns else None)
    towns = _towns(Q(folded=name) | Q(postcodes__folded=name)) if name else []
    if len(towns) == 1:
        return Understood(text, towns[0].by_name(name))
    if towns:
        choices = [town.postcode_named(name) for town in towns]
    else:
        choices = _beginning_with(name)
        if len({(one.folded, one.municipality_id) for one in choices}) == 1:
            return understand(choices[0].place) if choices[0].folded != name else Understood(text)
    return Understood(text, choices=tuple(map(str, sorted(choices, key=lambda one: one.code))))


def _beginning_with(name):
    if len(name) < 3:
        return []
    return list(Postcode.objects.filter(folded__startswith=name).order_by("code")[:8])


@dataclass(frozen=True)
class Town:
    """A municipality with its postcodes, lowest first, and the partnerships that it is in."""

    municipality: Municipality
    postcodes: tuple[Postcode, ...]
    partnerships: frozenset[int]

    def by_code(self, code, name):
        """1755 Gooik; but 9100 Sint-Niklaas, whatever village the list names first."""
        postcode = next(one for one in self.postcodes if one.code == code)
        is_main = postcode == self.postcodes[0] and postcode.folded not in name
        place = self.municipality.name if is_main else postcode.place
        return self._here([postcode], f"{code} {place}")

    def by_name(self, name):
        named = [one for one in self.postcodes if one.folded == name]
        label = named[0].place if named else self.municipality.name
        return self._here(named or self.postcodes, label)

    def postcode_named(self, name):
        """The postcode to name the town by: the one that is called so, or else the first."""
        return next((one for one in self.postcodes if one.folded == name), self.postcodes[0])

    def _here(self, postcodes, label):
        return Here(
            label,
            sum(one.lat for one in postcodes) / len(postcodes),
            sum(one.lon for one in postcodes) / len(postcodes),
            frozenset(one.code for one in self.postcodes),
            self.partnerships,
        )


def _towns(which):
    """The municipalities of this description: one query."""
    rows = (
        Postcode.objects.filter(municipality__in=Municipality.objects.filter(which))
        .annotate(partnership=F("municipality__partnerships"))
        .select_related("municipality")
        .order_by("code")
    )
    found = {}
    for row in rows:
        postcodes, partnerships = found.setdefault(row.municipality, ({}, set()))
        postcodes.setdefault(row.code, row)
        partnerships.add(row.partnership)
    return [
        Town(municipality, tuple(postcodes.values()), frozenset(partnerships - {None}))
        for municipality, (postcodes, partnerships) in found.items()
    ]


@dataclass(frozen=True)
class Found:
    """A place, how near it is, and why it stands where it stands."""

    location: object
    kilometres: float | None = None
    in_municipality: bool = False


def in_order(locations, here):
    """These places for somebody who asks from here.

    First those of the own municipality, then those of its partnership, then the others; within
    each the nearest first.
    """
    if here is None:
        return [Found(location) for location in locations]
    found = [
        Found(
            place,
            None if place.lat is None else here.distance_to(place.lat, place.lon),
            place.postcode in here.codes,
        )
        for place in locations
    ]
    far = float("inf")
    return sorted(
        found,
        key=lambda one: (
            not one.in_municipality,
            one.location.partnership_id not in here.partnerships,
            far if one.kilometres is None else one.kilometres,
            one.location.name,
        ),
    )
