"""A small map of our own: the base map is a drawing, so no stranger hears who looks at it."""

from dataclasses import dataclass
from math import cos, radians
from urllib.parse import urlencode

WIDTH, HEIGHT, SCALE = 1004, 404, 464
SMALLEST = 150
"""The fewest units that are shown, so that one place still lies in its surroundings."""


def point(lat, lon):
    """Where a place lies in the drawing vlaanderen.svg."""
    return (lon - 2.5) * SCALE * cos(radians(51)), (51.53 - lat) * SCALE


@dataclass(frozen=True)
class Pin:
    location: object
    x: float
    y: float
    number: int


@dataclass(frozen=True)
class Map:
    """The part of the drawing that holds all pins, with some air around them."""

    pins: tuple[Pin, ...]
    box: str
    me: tuple[float, float] | None
    size: float

    @classmethod
    def around(cls, locations, here=None, *, first=1):
        pins = tuple(
            Pin(place, *point(place.lat, place.lon), number)
            for number, place in enumerate(locations, first)
            if place.lat is not None
        )
        if not pins:
            return None
        me = point(here.lat, here.lon) if here else None
        spots = [(pin.x, pin.y) for pin in pins] + ([me] if me else [])
        left, right = min(x for x, _y in spots), max(x for x, _y in spots)
        top, bottom = min(y for _x, y in spots), max(y for _x, y in spots)
        side = max(right - left, bottom - top, SMALLEST) * 1.15
        x, y = (left + right - side) / 2, (top + bottom - side) / 2
        box = f"{x:.0f} {y:.0f} {side:.0f} {side:.0f}"
        return cls(pins, box, me, side / 262)

    @property
    def radius(self):
        """Of a pin, so that it looks as large on every part of the map."""
        return f"{9.5 * self.size:.1f}"

    @property
    def dot(self):
        return f"{5 * self.size:.1f}"


def directions(location):
    """A route in the map of one's own choice: only a link, opened when somebody asks for it."""
    if location.lat is not None:
        spot = {"mlat": location.lat, "mlon": location.lon}
        return (
            "https://www.openstreetmap.org/?"
            + urlencode(spot)
            + f"#map=17/{location.lat}/{location.lon}"
        )
    return "https://www.openstreetmap.org/search?" + urlencode({"query": location.address})
