"""Monday morning at the digipunt in Aalst, and somebody who works there."""

import pytest
import time_machine

from home.core.roles import Role
from tests.factories import asking, locations
from tests.factories.locations import MONDAY_MORNING


@pytest.fixture(autouse=True)
def _monday_morning(settings):
    settings.LANGUAGE_CODE = "en"
    with time_machine.travel(MONDAY_MORNING, tick=False):
        yield


@pytest.fixture
def place():
    return asking.digipunt()


@pytest.fixture
def other():
    return asking.digipunt("HAL", city="Halle", postcode="1500")


@pytest.fixture
def tom(place):
    return locations.staff(Role.HELPER, place)


@pytest.fixture
def staff(client, tom):
    client.force_login(tom)
    return client
