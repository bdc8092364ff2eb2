"""A Monday morning, a page with workshops, and two places: one in Antwerp and one in Aalst."""

import pytest
import time_machine

from locations.operations import postcodes
from tests.factories import home as homes
from tests.factories import locations as places


@pytest.fixture(autouse=True)
def _monday_morning():
    with time_machine.travel(places.MONDAY_MORNING, tick=False):
        yield


@pytest.fixture
def home():
    return homes.home_page()


@pytest.fixture
def index(home):
    return places.workshop_index(home)


@pytest.fixture
def towns():
    postcodes.load()


@pytest.fixture
def antwerp(home):
    place = places.location(
        "ANT", name="Digibank Antwerpen-Noord", street="Kerkstraat", number="1",
        postcode="2060", city="Antwerpen", lat=51.2206, lon=4.3997, phone="03 000 00 00",
        partnership=places.partnership("Digibank Antwerpen"),
    )  # fmt: skip
    places.location_page(places.location_index(home), place)
    return place


@pytest.fixture
def aalst(home):
    return places.location(
        "AAL", name="Digipunt Aalst", street="Stationsplein", number="1",
        postcode="9300", city="Aalst", lat=50.9375, lon=4.0411,
        partnership=places.partnership("Digipunt Aalst"),
    )  # fmt: skip
