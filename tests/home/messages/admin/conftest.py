"""A coordinator of one location with permission to change messages and texts."""

import pytest

from home.messages.rendering import custom_texts
from locations.places.models import Location
from tests.home.messages.test_admin_messages import staff


@pytest.fixture(autouse=True)
def empty_cache():
    custom_texts.clear()
    yield
    custom_texts.clear()


@pytest.fixture
def aalst():
    return Location.objects.create(code="AAL", name="Digipunt Aalst")


@pytest.fixture
def coordinator(client, aalst):
    texts = [f"{action}_messagetext" for action in ("view", "change", "delete")]
    user = staff(aalst, "view_message", "change_message", *texts)
    client.force_login(user)
    client.user = user
    return client
