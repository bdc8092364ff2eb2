"""A static map with pins on an SVG of our own, so that no third party sees visitors."""

from dataclasses import dataclass
from math import cos, radians
from urllib.parse import urlencode

WIDTH, HEIGHT, SCALE = 1004, 404, 464
MIN_SIDE = 170
"""The smallest part of the base map that is shown, so that one pin keeps its surroundings."""


def project(lat, lon):
    """Return the coordinates of a point in the drawing vlaanderen.svg."""
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
    """A point on the map; `text` is its number in the list beside the map."""

    label: str
    href: str
    lat: float
    lon: float
    text: str = ""
    kind: str = ""

    @property
    def coordinates(self):
        """Latitude and longitude, for the script of the interactive map."""
        return f"{self.lat} {self.lon}"

    @property
    def x(self):
        return f"{project(self.lat, self.lon)[0]:.1f}"

    @property
    def y(self):
        return f"{project(self.lat, self.lon)[1]:.1f}"


@dataclass(frozen=True)
class Map:
    """The square part of the base map that contains all pins, with a margin.

    `origin` is where the visitor searches from: as coordinates in the drawing, and as latitude
    and longitude in `origin_coordinates`.
    """

    pins: tuple[Pin, ...]
    towns: tuple[tuple[str, float, float], ...]
    box: str
    origin: tuple[float, float] | None
    size: float
    origin_coordinates: str = ""

    @classmethod
    def from_pins(cls, pins, origin=None):
        """Return a map of the pins that have coordinates, or None without any."""
        pins = tuple(pin for pin in pins if pin.lat is not None)
        if not pins:
            return None
        projected_origin = project(origin.lat, origin.lon) if origin else None
        points = [project(pin.lat, pin.lon) for pin in pins]
        points += [projected_origin] if projected_origin else []
        left, right = min(x for x, _y in points), max(x for x, _y in points)
        top, bottom = min(y for _x, y in points), max(y for _x, y in points)
        side = max((right - left) * 1.2, (bottom - top) * 1.2, MIN_SIDE)
        x, y = (left + right - side) / 2, (top + bottom - side) / 2
        return cls(
            pins,
            _visible_towns(points, x, y, side),
            f"{x:.0f} {y:.0f} {side:.0f} {side:.0f}",
            projected_origin,
            side / 300,
            f"{origin.lat} {origin.lon}" if origin else "",
        )

    @property
    def scale(self):
        """The scale of pins, which look equally large on every part of the map."""
        return f"{self.size:.2f}"

    @property
    def dot(self):
        return f"{5 * self.size:.1f}"


def _visible_towns(points, x, y, side):
    """Return the towns in this square whose names do not overlap a point."""
    towns = tuple((name, *project(lat, lon)) for name, lat, lon in TOWNS)
    return tuple(
        (name, f"{east:.1f}", f"{south:.1f}")
        for name, east, south in towns
        if x < east < x + side * 0.85
        and y < south < y + side
        and all(
            abs(east - point_x) > side / 14 or abs(south - point_y) > side / 20
            for point_x, point_y in points
        )
    )


def directions_url(location):
    """Return the URL of a location or stop on OpenStreetMap."""
    if location.lat is not None:
        marker = urlencode({"mlat": location.lat, "mlon": location.lon})
        return f"https://www.openstreetmap.org/?{marker}#map=17/{location.lat}/{location.lon}"
    return "https://www.openstreetmap.org/search?" + urlencode({"query": location.address})
