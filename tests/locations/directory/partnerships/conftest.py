"""Fixtures: a partnership of three municipalities with two digipunten."""

import pytest
import time_machine

from locations.places import operations
from tests.factories import home as homes
from tests.factories import locations
from tests.factories.partnerships import digipunt, partnership_of


@pytest.fixture(autouse=True)
def _monday_morning():
    with time_machine.travel(locations.MONDAY_MORNING, tick=False):
        yield


@pytest.fixture
def index():
    operations.load_postcodes()
    return locations.location_index(homes.home_page())


@pytest.fixture
def rupel(index):
    return partnership_of("Digibanken Rupel", "Boom", "Niel", "Schelle", phone="02 000 00 00")


@pytest.fixture
def boom(index, rupel):
    return digipunt(index, rupel, "2850", 51.0860, 4.3635, name="Digipunt Boom")


@pytest.fixture
def niel(index, rupel):
    return digipunt(index, rupel, "2845", 51.1095, 4.3273, name="Digipunt Niel")
