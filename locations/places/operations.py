"""Municipalities and postcodes, out of a file that comes with the site."""

import csv
from pathlib import Path

from django.db import transaction

from locations.places.geocoding import folded
from locations.places.models import Municipality, Postcode

POSTCODES_FILE = Path(__file__).parent / "data" / "postcodes.csv"


@transaction.atomic
def load_postcodes():
    """Store every postcode of Flanders and Brussels; a second time changes nothing."""
    with POSTCODES_FILE.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(line for line in lines if not line.startswith("#")))
    Municipality.objects.bulk_create(
        [
            Municipality(nis=nis, name=name, folded=folded(name))
            for nis, name in {row["nis"]: row["municipality"] for row in rows}.items()
        ],
        update_conflicts=True,
        unique_fields=["nis"],
        update_fields=["name", "folded"],
    )
    municipalities = dict(Municipality.objects.values_list("nis", "pk"))
    Postcode.objects.bulk_create(
        [
            Postcode(
                code=row["postcode"],
                place=row["place"],
                folded=folded(row["place"]),
                municipality_id=municipalities[row["nis"]],
                lat=float(row["lat"]),
                lon=float(row["lon"]),
            )
            for row in rows
        ],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["place", "folded", "municipality", "lat", "lon"],
    )
    return len(rows)
