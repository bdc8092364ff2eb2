"""A location with every field that the feeds use, on a fixed Monday morning."""

import pytest
import time_machine

from tests.factories import home as homes
from tests.factories import locations as places


@pytest.fixture(autouse=True)
def _monday_morning():
    with time_machine.travel(places.MONDAY_MORNING, tick=False):
        yield


@pytest.fixture
def index():
    return places.location_index(homes.home_page())


@pytest.fixture
def halle(index):
    location = places.location(
        "HAL", name="Digiplek Halle", street="Markt", number="1", city="Halle", postcode="1500",
        lat=50.7368, lon=4.2371, phone="02 000 00 00", email="hal@digipunt.example",
    )  # fmt: skip
    places.location_page(index, location)
    return location
