"""`manage.py make_base_map`: build the base map of borders and towns."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand

from locations.directory.map import TOWNS

PROVINCES = {"antwerpen", "brussel", "leuven", "limburg", "oost-vlaanderen", "west-vlaanderen"}
LARGE = {"Antwerpen", "Brugge", "Brussel", "Gent", "Hasselt", "Leuven"}
MAP = Path(__file__).parents[3] / "site/digipunt/static/digipunt/map/vlaanderen.geojson"


class Command(BaseCommand):
    help = "Build the base map from a GeoJSON file with provincial borders (NGI, CC BY 4.0)."

    def add_arguments(self, parser):
        parser.add_argument("source", type=Path, help="features whose property `id` is their name")

    def handle(self, *, source, **options):
        features = json.loads(source.read_text())["features"]
        land = [
            {
                "type": "Feature",
                "properties": {"name": feature["properties"]["id"]},
                "geometry": {
                    "type": feature["geometry"]["type"],
                    "coordinates": round_coordinates(feature["geometry"]["coordinates"]),
                },
            }
            for feature in features
            if feature["properties"]["id"] in PROVINCES
        ]
        towns = [
            {
                "type": "Feature",
                "properties": {"name": name, "large": name in LARGE},
                "geometry": {"type": "Point", "coordinates": [lon, lat]},
            }
            for name, lat, lon in TOWNS
        ]
        collection = {
            "type": "FeatureCollection",
            "attribution": "© NGI, CC BY 4.0",
            "features": land + towns,
        }
        MAP.parent.mkdir(exist_ok=True)
        MAP.write_text(json.dumps(collection, ensure_ascii=False, separators=(",", ":")) + "\n")


def round_coordinates(coordinates):
    """Round to three decimals, about a hundred metres, and drop repeated points."""
    if isinstance(coordinates[0], int | float):
        return [round(number, 3) for number in coordinates]
    points = [round_coordinates(point) for point in coordinates]
    return [point for index, point in enumerate(points) if not index or point != points[index - 1]]
