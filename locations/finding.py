"""From what somebody types to places in the order in which they help: near first."""

import re
import unicodedata
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

from django.db.models import Exists, OuterRef, Q

from locations.models import Postcode

LONGEST = 60
_CODE = re.compile(r"(?<!\d)[1-9]\d{3}(?!\d)")


def folded(text):
    """A name as people type it: no accents, capitals, hyphens or apostrophes."""
    bare = unicodedata.normalize("NFKD", text.replace("\x00", " ")).casefold()
    bare = "".join(letter for letter in bare if not unicodedata.combining(letter))
    return " ".join(re.sub(r"[^a-z0-9]+", " ", bare).split())


@dataclass(frozen=True)
class Here:
    """Where somebody asks from: a postcode, or a municipality with all of its postcodes."""

    label: str
    lat: float
    lon: float
    municipality: int

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
    """A postcode, "Halle", or "Halle (1500)". A name of several places is never guessed at."""
    text = " ".join(text.replace("\x00", " ").split())[:LONGEST]
    if not text:
        return Understood()
    postcodes = Postcode.objects.select_related("municipality")
    name = folded(text)
    if code := _CODE.search(text):
        found = postcodes.annotate(is_main=_is_main()).filter(code=code[0]).first()
        return Understood(text, _here([found], _with_code(found, name)) if found else None)
    found = list(postcodes.filter(Q(folded=name) | Q(municipality__folded=name)))
    if not found and len(name) > 2:
        found = list(postcodes.filter(folded__startswith=name)[:8])
        if len({postcode.place for postcode in found}) > 1:
            return Understood(text, choices=tuple(str(postcode) for postcode in found))
    by_municipality = {}
    for postcode in found:
        by_municipality.setdefault(postcode.municipality, []).append(postcode)
    if len(by_municipality) > 1:
        return Understood(
            text,
            choices=tuple(
                sorted(
                    (str(_named(those, name)) for those in by_municipality.values()),
                    key=lambda choice: choice[-5:],
                )
            ),
        )
    for municipality, those in by_municipality.items():
        exact = [postcode for postcode in those if postcode.folded == name]
        label = exact[0].place if exact else municipality.name
        return Understood(text, _here(exact or those, label))
    return Understood(text)


def _is_main():
    """The lowest postcode of a municipality is as a rule that of the municipality itself."""
    lower = Postcode.objects.filter(
        municipality=OuterRef("municipality"), code__lt=OuterRef("code")
    )
    return ~Exists(lower)


def _with_code(postcode, name):
    """1755 Gooik; but 9100 Sint-Niklaas, whatever village the list names first."""
    of_municipality = postcode.is_main and postcode.folded not in name
    place = postcode.municipality.name if of_municipality else postcode.place
    return f"{postcode.code} {place}"


def _named(postcodes, name):
    """The postcode to name a place by: the one that is called so, or else the first."""
    return next((postcode for postcode in postcodes if postcode.folded == name), postcodes[0])


def _here(postcodes, label):
    return Here(
        label,
        sum(postcode.lat for postcode in postcodes) / len(postcodes),
        sum(postcode.lon for postcode in postcodes) / len(postcodes),
        postcodes[0].municipality_id,
    )


@dataclass(frozen=True)
class Found:
    """A place, how near it is, and why it stands where it stands."""

    location: object
    kilometres: float | None = None
    in_municipality: bool = False


def in_order(locations, here):
    """These places for somebody who asks from here.

    First those of the own municipality, then those of its partnership, then the others; within
    each the nearest first. One query for places, one for what is near.
    """
    if here is None:
        return [Found(location) for location in locations]
    own_codes, own_partnerships = _around(here.municipality)
    found = []
    for place in locations:
        known = place.lat is not None
        found.append(
            Found(
                place,
                here.distance_to(place.lat, place.lon) if known else None,
                place.postcode in own_codes,
            )
        )
    far = float("inf")
    return sorted(
        found,
        key=lambda one: (
            not one.in_municipality,
            one.location.partnership_id not in own_partnerships,
            far if one.kilometres is None else one.kilometres,
            one.location.name,
        ),
    )


def _around(municipality):
    """The postcodes of a municipality, and its partnerships: one query."""
    rows = list(
        Postcode.objects.filter(municipality=municipality)
        .order_by()
        .values_list("code", "municipality__partnerships")
    )
    return {code for code, _partnership in rows}, {
        partnership for _code, partnership in rows if partnership
    }
