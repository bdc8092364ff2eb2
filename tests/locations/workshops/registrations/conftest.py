"""Fixtures: a Monday morning and English texts."""

import pytest
import time_machine
from django.core.cache import caches

from locations.workshops.operations import registrations
from tests.factories import registrations as make
from tests.factories.registrations import NOW, register


@pytest.fixture(autouse=True)
def _monday_morning(settings, request):
    settings.LANGUAGE_CODE = "en"
    caches["shared"].clear()
    if request.node.get_closest_marker("clock"):
        yield
        return
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def called():
    """Return the registration of Jozef, who has to be called about an offer."""
    run = make.run_in_aalst(1)
    first = register(run, 1)
    jozef = register(run, name="Jozef", phone="0470 12 34 56")
    registrations.cancel_registration(first, now=NOW)
    jozef.refresh_from_db()
    return jozef
