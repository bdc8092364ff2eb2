"""Fixtures: a run in Aalst, its coordinator, and a Monday morning that stands still."""

import pytest

from home.core.roles import Role
from tests.factories import home as homes
from tests.factories import locations
from tests.factories.registrations import NOW


@pytest.fixture(autouse=True)
def monday(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def location():
    return locations.location("AAL", name="Digipunt Aalst", partnership=locations.partnership())


@pytest.fixture
def page():
    return locations.workshop(locations.workshop_index(homes.home_page()))


@pytest.fixture
def run(page, location):
    return locations.run(page, location)


@pytest.fixture
def coordinator(client, location):
    user = locations.staff(Role.COORDINATOR, location.partnership)
    client.force_login(user)
    return user
