"""Monday morning; and for brochures the partnership of the Rupel in the spring of 2027."""

import pytest
import time_machine
from django.core.cache import cache

from home.core.roles import Role
from locations.places import operations
from tests.factories import brochures
from tests.factories import home as homes
from tests.factories import locations as places
from tests.factories.together import digipunt, together


@pytest.fixture(autouse=True)
def _monday_morning():
    cache.clear()
    with time_machine.travel(places.MONDAY_MORNING, tick=False):
        yield


@pytest.fixture
def rupel():
    return places.partnership("Digibanken Rupel")


@pytest.fixture
def boom(rupel):
    return places.location("BOO", name="Digipunt Boom", partnership=rupel, postcode="2850")


@pytest.fixture
def els(rupel):
    return places.staff(Role.COORDINATOR, rupel)


@pytest.fixture
def index():
    operations.load()
    return places.location_index(homes.home_page())


@pytest.fixture
def langs_de_rupel(index):
    return together("Digibanken Rupel", "Boom", "Niel", "Schelle", phone="03 000 00 00")


@pytest.fixture
def boom_met_pagina(index, langs_de_rupel):
    return digipunt(
        index, langs_de_rupel, "2850", 51.0860, 4.3635, name="Digipunt Boom", phone="03 111 11 11"
    )


@pytest.fixture
def brochure(index, langs_de_rupel, boom_met_pagina):
    return brochures.brochure(index.get_parent(), langs_de_rupel)
