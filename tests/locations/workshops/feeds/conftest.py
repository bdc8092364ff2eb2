"""Fixtures: a location and a workshop with everything that feeds contain."""

import pytest
import time_machine

from tests.factories import home as homes
from tests.factories import locations


@pytest.fixture(autouse=True)
def _monday_morning():
    with time_machine.travel(locations.MONDAY_MORNING, tick=False):
        yield


@pytest.fixture
def index():
    return locations.location_index(homes.home_page())


@pytest.fixture
def halle(index):
    location = locations.location(
        "HAL", name="Digiplek Halle", street="Markt", number="1", city="Halle", postcode="1500",
        lat=50.7368, lon=4.2371, phone="02 000 00 00", email="hal@digipunt.example",
    )  # fmt: skip
    locations.location_page(index, location)
    return location


@pytest.fixture
def workshop(index):
    return locations.workshop(
        locations.workshop_index(index.get_parent()),
        bring="Je gsm",
        limits="We vullen niet samen in.",
        introduction="Toon op je gsm wie je bent.",
    )
