"""Monday morning; and for brochures the partnership of the Rupel in the spring of 2027."""

import pytest
import time_machine
from django.core.cache import cache

from home.core.roles import Role
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
def rupel():
    return locations.partnership("Digibanken Rupel")


@pytest.fixture
def boom(rupel):
    return locations.location("BOO", name="Digipunt Boom", partnership=rupel, postcode="2850")


@pytest.fixture
def els(rupel):
    return locations.staff(Role.COORDINATOR, rupel)


@pytest.fixture
def index():
    operations.load_postcodes()
    return locations.location_index(homes.home_page())


@pytest.fixture
def langs_de_rupel(index):
    return partnership_of("Digibanken Rupel", "Boom", "Niel", "Schelle", phone="03 000 00 00")


@pytest.fixture
def boom_met_pagina(index, langs_de_rupel):
    return digipunt(
        index, langs_de_rupel, "2850", 51.0860, 4.3635, name="Digipunt Boom", phone="03 111 11 11"
    )


@pytest.fixture
def brochure(index, langs_de_rupel, boom_met_pagina):
    return brochures.brochure(index.get_parent(), langs_de_rupel)
