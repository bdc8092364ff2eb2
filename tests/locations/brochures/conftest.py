"""Fixtures of brochures: a partnership of three municipalities with one location, in 2026."""

import pytest
import time_machine
from django.core.cache import cache

from locations.places import operations
from tests.factories import brochures, locations
from tests.factories import home as homes
from tests.factories.partnerships import digipunt, partnership_of


@pytest.fixture(autouse=True)
def _monday_morning():
    cache.clear()
    with time_machine.travel(locations.MONDAY_MORNING, tick=False):
        yield


@pytest.fixture
def index():
    operations.load_postcodes()
    return locations.location_index(homes.home_page())


@pytest.fixture
def rupel(index):
    return partnership_of("Digibanken Rupel", "Boom", "Niel", "Schelle", phone="03 000 00 00")


@pytest.fixture
def boom(index, rupel):
    return digipunt(
        index, rupel, "2850", 51.0860, 4.3635, name="Digipunt Boom", phone="03 111 11 11"
    )


@pytest.fixture
def brochure(index, rupel, boom):
    return brochures.brochure(index.get_parent(), rupel)
