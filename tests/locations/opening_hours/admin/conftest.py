"""A location and a coordinator who edits its hours."""

import pytest
import time_machine

from home.core.roles import Role
from tests.factories import locations


@pytest.fixture
def monday_morning():
    with time_machine.travel(locations.MONDAY_MORNING, tick=False):
        yield


@pytest.fixture
def location():
    for code in ("help", "lending"):
        locations.service(code)
    return locations.location("AAL", name="Digipunt Aalst", partnership=locations.partnership())


@pytest.fixture
def editor(client, location):
    user = locations.staff(Role.COORDINATOR, location.partnership)
    client.force_login(user)
    return user
