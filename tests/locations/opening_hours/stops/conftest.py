"""A bus and its planner, on a fixed Monday morning."""

import pytest
import time_machine

from home.core.roles import Role
from tests.factories import locations
from tests.factories.stops import NOW


@pytest.fixture
def together():
    return locations.partnership()


@pytest.fixture
def bus(together):
    return locations.location("BUS", kind="bus", name="Digibus", partnership=together)


@pytest.fixture
def planner(client, together):
    user = locations.staff(Role.COORDINATOR, together)
    client.force_login(user)
    return user


@pytest.fixture(autouse=True)
def _monday_morning():
    with time_machine.travel(NOW, tick=False):
        yield
