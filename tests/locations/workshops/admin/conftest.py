"""A workshop in Aalst, a coordinator who plans it, and a Monday morning that stands still."""

import pytest

from home.core.roles import Role
from tests.factories import home as homes
from tests.factories import locations as places
from tests.factories.registrations import NOW


@pytest.fixture(autouse=True)
def monday(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def place():
    return places.location("AAL", name="Digipunt Aalst", partnership=places.partnership())


@pytest.fixture
def page():
    return places.workshop(places.workshop_index(homes.home_page()))


@pytest.fixture
def run(page, place):
    return places.run(page, place)


@pytest.fixture
def coordinator(client, place):
    user = places.staff(Role.COORDINATOR, place.partnership)
    client.force_login(user)
    return user
