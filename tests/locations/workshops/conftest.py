"""Fixtures: a Monday morning, a page with workshops, and locations in Antwerp and Aalst."""

import pytest
import time_machine
from django.core.cache import cache

from locations.places import operations
from locations.workshops.models import WorkshopPage
from tests.factories import home as homes
from tests.factories import locations
from tests.factories import workshops as make
from tests.factories.workshops import local_datetime


@pytest.fixture(autouse=True)
def _monday_morning():
    cache.clear()  # what can be chosen is kept ready
    with time_machine.travel(locations.MONDAY_MORNING, tick=False):
        yield


@pytest.fixture
def home():
    return homes.home_page()


@pytest.fixture
def index(home):
    return locations.workshop_index(home)


@pytest.fixture
def towns():
    operations.load_postcodes()


@pytest.fixture
def antwerp(home):
    location = locations.location(
        "ANT", name="Digibank Antwerpen-Noord", street="Kerkstraat", number="1",
        postcode="2060", city="Antwerpen", lat=51.2206, lon=4.3997, phone="03 000 00 00",
        partnership=locations.partnership("Digibank Antwerpen"),
    )  # fmt: skip
    locations.location_page(locations.location_index(home), location)
    return location


@pytest.fixture
def aalst(home):
    return locations.location(
        "AAL", name="Digipunt Aalst", street="Stationsplein", number="1",
        postcode="9300", city="Aalst", lat=50.9375, lon=4.0411,
        partnership=locations.partnership("Digipunt Aalst"),
    )  # fmt: skip


@pytest.fixture
def create_run(index, antwerp):
    """Return a function that creates a run on Thursday 10 December, 13 to 15 o'clock."""

    def give(seated=0, waiting=0, **fields):
        page = WorkshopPage.objects.first() or locations.workshop(index)
        start = fields.pop("starts_at", local_datetime(2026, 12, 10, 13))
        return make.run(page, antwerp, start, seated=seated, waiting=waiting, **fields)

    return give


@pytest.fixture
def many(index, antwerp, aalst, towns):
    """Create three workshops: for starters on a Wednesday morning, and two others."""
    for title, where, start, facts in (
        ("Itsme", antwerp, local_datetime(2026, 12, 2, 9), {"topic": make.topic("itsme")}),
        ("Phishing", aalst, local_datetime(2026, 12, 3, 13), {
            "topic": make.topic("veilig"), "level": "basic", "language": "fr",
            "audiences": [make.audience("ouder")],
        }),
        ("Foto's", aalst, local_datetime(2026, 12, 12, 18), {
            "topic": make.topic("veilig"), "level": "advanced",
            "audiences": [make.audience("werkzoekend")],
        }),
    ):  # fmt: skip
        make.run(locations.workshop(index, title, **facts), where, start)
