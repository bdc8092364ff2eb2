"""Factories of brochures and their editions."""

from locations.brochures.models import BrochurePage
from locations.brochures.operations import make_edition

URL = "https://digipunt.example/brochure/"


def brochure(home_page, partnership, **fields):
    fields = {"title": "Digitaal aanbod", "slug": "brochure", "season": "spring", "year": 2027} | (
        fields
    )
    return home_page.add_child(instance=BrochurePage(partnership=partnership, **fields))


def edition(page, **fields):
    return make_edition(page, url=URL, **fields)
