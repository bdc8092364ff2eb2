"""The base map: borders of Flanders and Brussels, and the towns that name the parts of it."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand

from locations.directory.map import TOWNS

SHOWN = {"antwerpen", "brussel", "leuven", "limburg", "oost-vlaanderen", "west-vlaanderen"}
LARGE = {"Antwerpen", "Brugge", "Brussel", "Gent", "Hasselt", "Leuven"}
MAP = Path(__file__).parents[3] / "site/digipunt/static/digipunt/map/vlaanderen.geojson"


class Command(BaseCommand):
    help = "Make the base map out of a GeoJSON file with the borders of provinces (NGI, CC BY 4.0)."

    def add_arguments(self, parser):
        parser.add_argument("source", type=Path, help="features with their name as property `id`")

    def handle(self, *, source, **options):
        borders = json.loads(source.read_text())
        land = [
            {
                "type": "Feature",
                "properties": {"name": one["properties"]["id"]},
                "geometry": {
                    "type": one["geometry"]["type"],
                    "coordinates": rounded(one["geometry"]["coordinates"]),
                },
            }
            for one in borders["features"]
            if one["properties"]["id"] in SHOWN
        ]
        towns = [
            {
                "type": "Feature",
                "properties": {"name": name, "large": name in LARGE},
                "geometry": {"type": "Point", "coordinates": [lon, lat]},
            }
            for name, lat, lon in TOWNS
        ]
        found = {
            "type": "FeatureCollection",
            "attribution": "© NGI, CC BY 4.0",
            "features": land + towns,
        }
        MAP.parent.mkdir(exist_ok=True)
        MAP.write_text(json.dumps(found, ensure_ascii=False, separators=(",", ":")) + "\n")


def rounded(coordinates):
    """Three decimals, a hundred metres: enough for a map that says where about a place is."""
    if isinstance(coordinates[0], int | float):
        return [round(number, 3) for number in coordinates]
    points = [rounded(one) for one in coordinates]
    return [one for turn, one in enumerate(points) if not turn or one != points[turn - 1]]
