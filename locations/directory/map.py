"""A small map of our own: the base map is a drawing, so no stranger hears who looks at it."""

from dataclasses import dataclass
from math import cos, radians
from urllib.parse import urlencode

WIDTH, HEIGHT, SCALE = 1004, 404, 464
SMALLEST = 170
"""The fewest units that are shown, so that one place still lies in its surroundings."""


def point(lat, lon):
    """Where a place lies in the drawing vlaanderen.svg."""
    return (lon - 2.5) * SCALE * cos(radians(51)), (51.53 - lat) * SCALE


TOWNS = (
    ("Aalst", 50.936, 4.039),
    ("Antwerpen", 51.221, 4.400),
    ("Brugge", 51.209, 3.225),
    ("Brussel", 50.847, 4.352),
    ("Dendermonde", 51.028, 4.101),
    ("Genk", 50.965, 5.501),
    ("Gent", 51.054, 3.725),
    ("Halle", 50.734, 4.235),
    ("Hasselt", 50.931, 5.338),
    ("Ieper", 50.851, 2.885),
    ("Kortrijk", 50.828, 3.265),
    ("Leuven", 50.879, 4.701),
    ("Mechelen", 51.026, 4.478),
    ("Ninove", 50.835, 4.018),
    ("Oostende", 51.225, 2.920),
    ("Roeselare", 50.947, 3.124),
    ("Sint-Niklaas", 51.165, 4.140),
    ("Tienen", 50.807, 4.938),
    ("Turnhout", 51.323, 4.945),
)


@dataclass(frozen=True)
class Pin:
    """A point on the map; `text` is the number that it has in the list beside it."""

    label: str
    href: str
    lat: float
    lon: float
    text: str = ""
    kind: str = ""

    @property
    def spot(self):
        """Latitude and longitude, for the script that draws a map to move in."""
        return f"{self.lat} {self.lon}"

    @property
    def x(self):
        return f"{point(self.lat, self.lon)[0]:.1f}"

    @property
    def y(self):
        return f"{point(self.lat, self.lon)[1]:.1f}"


@dataclass(frozen=True)
class Map:
    """The part of the drawing that holds all pins, with some air around them."""

    pins: tuple[Pin, ...]
    towns: tuple[tuple[str, float, float], ...]
    box: str
    me: tuple[float, float] | None
    size: float
    here: str = ""

    @classmethod
    def of(cls, pins, here=None):
        """A map of these pins, or none where nothing has a place on it."""
        pins = tuple(pin for pin in pins if pin.lat is not None)
        if not pins:
            return None
        me = point(here.lat, here.lon) if here else None
        spots = [point(pin.lat, pin.lon) for pin in pins] + ([me] if me else [])
        left, right = min(x for x, _y in spots), max(x for x, _y in spots)
        top, bottom = min(y for _x, y in spots), max(y for _x, y in spots)
        side = max((right - left) * 1.2, (bottom - top) * 1.2, SMALLEST)
        x, y = (left + right - side) / 2, (top + bottom - side) / 2
        towns = tuple((name, *point(lat, lon)) for name, lat, lon in TOWNS)
        shown = tuple(
            (name, f"{east:.1f}", f"{south:.1f}")
            for name, east, south in towns
            if x < east < x + side * 0.85
            and y < south < y + side
            and all(abs(east - a) > side / 14 or abs(south - b) > side / 20 for a, b in spots)
        )
        box = f"{x:.0f} {y:.0f} {side:.0f} {side:.0f}"
        spot = f"{here.lat} {here.lon}" if here else ""
        return cls(pins, shown, box, me, side / 300, spot)

    @property
    def scale(self):
        """Of a pin, so that it looks as large on every part of the map."""
        return f"{self.size:.2f}"

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
