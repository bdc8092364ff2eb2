"""Fixtures of reach: a partnership, its location and its coordinator, on a Monday morning."""

import pytest
import time_machine
from django.core.cache import cache

from home.core.roles import Role
from tests.factories import locations


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
