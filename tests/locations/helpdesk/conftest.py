"""Fixtures of the helpdesk: two digipunten on a Monday morning, and a digihelper."""

import pytest
import time_machine

from home.core.roles import Role
from tests.factories import helpdesk, locations
from tests.factories.locations import MONDAY_MORNING


@pytest.fixture(autouse=True)
def _monday_morning(settings):
    settings.LANGUAGE_CODE = "en"
    with time_machine.travel(MONDAY_MORNING, tick=False):
        yield


@pytest.fixture
def location():
    return helpdesk.digipunt()


@pytest.fixture
def other_location():
    return helpdesk.digipunt("HAL", city="Halle", postcode="1500")


@pytest.fixture
def tom(location):
    return locations.staff(Role.HELPER, location)


@pytest.fixture
def staff(client, tom):
    client.force_login(tom)
    return client
