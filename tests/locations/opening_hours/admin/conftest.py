"""A place, and who edits its hours."""

import pytest
import time_machine

from home.core.roles import Role
from tests.factories import locations as places


@pytest.fixture
def monday_morning():
    with time_machine.travel(places.MONDAY_MORNING, tick=False):
        yield


@pytest.fixture
def place():
    for code in ("help", "lending"):
        places.service(code)
    return places.location("AAL", name="Digipunt Aalst", partnership=places.partnership())


@pytest.fixture
def editor(client, place):
    user = places.staff(Role.COORDINATOR, place.partnership)
    client.force_login(user)
    return user
