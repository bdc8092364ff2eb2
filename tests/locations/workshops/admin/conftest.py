"""A workshop in Aalst, a coordinator who plans it, and a Monday morning that stands still."""

import pytest

from home.core.roles import Role
from tests.factories import home as homes
from tests.factories import locations
from tests.factories.registrations import NOW


@pytest.fixture(autouse=True)
def monday(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def place():
    return locations.location("AAL", name="Digipunt Aalst", partnership=locations.partnership())


@pytest.fixture
def page():
    return locations.workshop(locations.workshop_index(homes.home_page()))


@pytest.fixture
def run(page, place):
    return locations.run(page, place)


@pytest.fixture
def coordinator(client, place):
    user = locations.staff(Role.COORDINATOR, place.partnership)
    client.force_login(user)
    return user
