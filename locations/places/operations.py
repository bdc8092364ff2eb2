"""Load the municipalities and postcodes from the file that comes with the site."""

import csv
from pathlib import Path

from django.db import transaction

from locations.places.geocoding import normalize_place_name
from locations.places.models import Municipality, Postcode

POSTCODES_FILE = Path(__file__).parent / "data" / "postcodes.csv"


@transaction.atomic
def load_postcodes():
    """Store every postcode of Flanders and Brussels and return how many there are.

    Loading them again updates the rows.
    """
    with POSTCODES_FILE.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(line for line in lines if not line.startswith("#")))
    names = {row["nis"]: row["municipality"] for row in rows}
    Municipality.objects.bulk_create(
        [
            Municipality(nis=nis, name=name, normalized_name=normalize_place_name(name))
            for nis, name in names.items()
        ],
        update_conflicts=True,
        unique_fields=["nis"],
        update_fields=["name", "normalized_name"],
    )
    municipalities = dict(Municipality.objects.values_list("nis", "pk"))
    Postcode.objects.bulk_create(
        [
            Postcode(
                code=row["postcode"],
                locality=row["place"],
                normalized_name=normalize_place_name(row["place"]),
                municipality_id=municipalities[row["nis"]],
                lat=float(row["lat"]),
                lon=float(row["lon"]),
            )
            for row in rows
        ],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["locality", "normalized_name", "municipality", "lat", "lon"],
    )
    return len(rows)
