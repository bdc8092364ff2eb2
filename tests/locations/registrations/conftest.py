"""Monday morning, and words in English, whatever is translated."""

import pytest
import time_machine
from django.core.cache import caches

from tests.factories.registrations import NOW


@pytest.fixture(autouse=True)
def _monday_morning(settings, request):
    settings.LANGUAGE_CODE = "en"
    caches["shared"].clear()
    if request.node.get_closest_marker("clock"):
        yield
        return
    with time_machine.travel(NOW, tick=False):
        yield
