"""A brochure of a partnership, and an edition of it."""

from locations.brochures.models import BrochurePage
from locations.brochures.operations import make_edition

ADDRESS = "https://digipunt.example/brochure/"


def brochure(home_page, partnership, **fields):
    fields = {"title": "Digitaal aanbod", "slug": "brochure", "season": "spring", "year": 2027} | (
        fields
    )
    return home_page.add_child(instance=BrochurePage(partnership=partnership, **fields))


def edition(page, **fields):
    return make_edition(page, url=ADDRESS, **fields)
