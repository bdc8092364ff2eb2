"""Tests of the forms about storage media, erasures and purchases."""

import pytest
from django.urls import reverse

from home.core.roles import Role
from lending.core.states import State
from lending.devices.models import Device, Erasure, StorageMedium
from tests.factories import staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def aalst():
    return staff.place()


@pytest.fixture
def ilse(client, aalst):
    """A refurbisher, logged in."""
    client.force_login(staff.someone("ilse", Role.REFURBISHER, aalst))
    return client


def post_transition(client, device, to, **data):
    client.post(reverse("device:move", args=[device.pk]), {"to": to, **data})
    device.refresh_from_db()
    return device.state


def post_form(client, name, pk, **data):
    return client.post(reverse(f"device:{name}", args=[pk]), data, follow=True)


def erasure_data(**data):
    return {
        "result": "passed",
        "method": "overwrite",
        "level": "clear",
        "tool": "nwipe 0.33",
        "verification": "teruggelezen",
    } | data


def test_erasure_is_recorded_by_hand(ilse, aalst):
    device = staff.bought(aalst, new=False)
    medium = device.media.get()
    post_form(ilse, "erase", medium.pk, **erasure_data())
    device.refresh_from_db()
    assert device.state == State.INSPECTION
    assert medium.erasures.get().operator.username == "ilse"


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"verification": ""}, "verification"),
        ({"level": "purge"}, "level"),
        ({"tool": ""}, "tool"),
        ({"finished_at": "2999-01-01T10:00"}, "finished_at"),
        ({"method_detail": "85.07.30-033.28"}, "method_detail"),
    ],
    ids=["not verified", "overwritten is no purge", "no tool", "future", "national number"],
)
def test_invalid_erasure_is_refused(ilse, aalst, data, field):
    device = staff.bought(aalst, new=False)
    response = post_form(ilse, "erase", device.media.get().pk, **erasure_data(**data))
    assert field in response.context["form"].errors
    assert not Erasure.objects.exists()


def test_failed_erasure_blocks_device_until_medium_is_replaced(ilse, aalst):
    device = staff.bought(aalst, new=False)
    medium = device.media.get()
    post_form(ilse, "erase", medium.pk, **erasure_data(result="failed", verification=""))
    device.refresh_from_db()
    assert device.state == State.ERASURE_FAILED
    post_form(
        ilse,
        "replace_medium",
        medium.pk,
        kind="ssd",
        serial="NIEUW-1",
        size_gb=240,
        destroyed_by="Atelier, vernietigd met de pers",
        unused_reason="nieuw in verpakking",
    )
    medium.refresh_from_db()
    assert medium.destroyed_at
    new = device.media.fitted().get()
    assert (new.serial, new.size_gb) == ("NIEUW-1", 240)
    device.refresh_from_db()
    assert post_transition(ilse, device, State.INSPECTION) == State.INSPECTION


def test_serial_number_in_use_is_refused_without_revealing_device(ilse, aalst):
    staff.bought(staff.place("HAL", "Digipunt Halle"), disk="SERIE-1")
    device = staff.bought(aalst, new=False)
    response = post_form(ilse, "add_medium", device.pk, kind="ssd", serial="SERIE-1")
    (message,) = response.context["form"].errors["serial"]
    assert "DP-" not in message
    assert device.media.count() == 1


def purchase_data(aalst, **data):
    rows = {"media-TOTAL_FORMS": 3, "media-INITIAL_FORMS": 0}
    return (
        {
            "model": staff.model().pk,
            "serial": "PF1",
            "location": aalst.pk,
            "media-0-kind": "ssd",
            "media-0-serial": "M1",
            "media-0-size_gb": 256,
            "media-1-kind": "ssd",
            "media-2-kind": "ssd",
        }
        | rows
        | data
    )


def test_bought_device_is_unused_only_with_reason(ilse, aalst):
    ilse.post(reverse("device:add"), purchase_data(aalst, unused_reason="factuur 2026-118"))
    new = Device.objects.get()
    assert post_transition(ilse, new, State.TRIAGE) == State.TRIAGE
    assert new.media.get().unused_reason == "factuur 2026-118"
    ilse.post(reverse("device:add"), purchase_data(aalst, **{"media-0-serial": "M2"}))
    assert StorageMedium.objects.get(serial="M2").unused_reason == ""


@pytest.mark.parametrize(
    "data",
    [
        {"media-1-serial": "M1"},
        {"media-1-size_gb": 5},
        {"model": ""},
        {"location": 999},
        {"media-TOTAL_FORMS": "x"},
    ],
    ids=["twice", "size without serial", "no model", "other place", "tampered"],
)
def test_invalid_purchase_is_not_stored(ilse, aalst, data):
    response = ilse.post(reverse("device:add"), purchase_data(aalst, **data))
    assert response.status_code == 200
    assert not Device.objects.exists()
