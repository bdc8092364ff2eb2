"""The page of a device: its moves, its media, its papers."""

import pytest
from django.urls import reverse

from home.core.roles import Role
from lending.core.states import State
from lending.devices.admin.inspections import TESTS
from lending.devices.models import DeviceEvent
from lending.devices.operations import devices as device_operations
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


def page(client, device):
    return client.get(reverse("device:inspect", args=[device.pk]))


def move(client, device, to, **data):
    client.post(reverse("device:move", args=[device.pk]), {"to": to, **data})
    device.refresh_from_db()
    return device.state


def send(client, name, pk, **data):
    return client.post(reverse(f"device:{name}", args=[pk]), data, follow=True)


def test_the_page_shows_only_legal_moves_and_says_what_waits(ilse, aalst):
    device = staff.bought(aalst, new=False)
    device_operations.become(device, State.ERASING)
    context = page(ilse, device).context
    assert [item["move"].target for item in context["moves"]] == [State.ERASURE_FAILED]
    ((waiting, reason),) = context["waiting"]
    assert waiting.target == State.INSPECTION
    assert device.number in str(reason)


@pytest.mark.parametrize("target", [State.AVAILABLE, State.READY, State.INSPECTION, State.ON_LOAN])
def test_no_button_gets_round_a_missing_erasure(ilse, aalst, target):
    device = staff.bought(aalst, new=False)
    device_operations.become(device, State.ERASING)
    assert move(ilse, device, target) == State.ERASING
    send(ilse, "inspection", device.pk, grade="A", passed=list(TESTS))
    send(ilse, "available", device.pk, location=aalst.pk)
    ilse.post(reverse("workbench:index"), {"move": f"{device.pk}:{target}"})
    ilse.post(reverse("device:edit", args=[device.pk]), {"state": target, "model": device.model_id})
    device.refresh_from_db()
    assert device.state == State.ERASING


def test_a_step_that_can_not_be_undone_needs_a_reason(ilse, aalst):
    device = staff.bought(aalst, new=False)
    device_operations.become(device, State.TRIAGE)
    assert move(ilse, device, State.RECYCLED) == State.TRIAGE
    assert move(ilse, device, State.RECYCLED, reason="scherm gebarsten") == State.RECYCLED
    assert DeviceEvent.objects.filter(device=device, reason="scherm gebarsten").exists()


def test_a_reason_never_holds_a_national_number(ilse, aalst):
    device = staff.bought(aalst, new=False)
    device_operations.become(device, State.TRIAGE)
    assert move(ilse, device, State.RECYCLED, reason="van 85.07.30-033.28") == State.TRIAGE


def test_the_desk_does_not_process_and_the_workshop_does_not_lend(client, aalst):
    device = staff.available(aalst)
    client.force_login(staff.someone("tom", Role.DESK, aalst))
    assert move(client, device, State.DEFECT) == State.AVAILABLE
    client.force_login(staff.someone("ilse", Role.REFURBISHER, aalst))
    assert move(client, device, State.DEFECT) == State.DEFECT


def test_a_lost_device_ends_its_loan(client, aalst):
    staff.policy(aalst)
    client.force_login(staff.someone("tom", Role.DESK, aalst))
    device = staff.available(aalst)
    loan = staff.lent(device, staff.borrower(aalst))
    assert move(client, device, State.STOLEN, reason="in de trein") == State.STOLEN
    loan.refresh_from_db()
    assert loan.outcome == "stolen"


def test_an_inspection_with_a_grade_makes_it_ready(ilse, aalst):
    device = staff.erased(staff.bought(aalst, new=False))
    assert device.state == State.INSPECTION
    send(ilse, "inspection", device.pk, grade="", passed=[])
    device.refresh_from_db()
    assert device.state == State.INSPECTION
    send(ilse, "inspection", device.pk, grade="B", passed=["screen", "wifi"], notes="kras")
    device.refresh_from_db()
    assert (device.state, device.grade) == (State.READY, "B")
    tests = device.inspections.get().tests
    assert tests["screen"]
    assert not tests["battery"]


def test_only_lending_points_of_ones_own_can_be_chosen(ilse, aalst):
    workshop = staff.place("ATE", "Atelier", is_lending_point=False, kind="workshop")
    halle = staff.place("HAL", "Digipunt Halle")
    device = staff.ready(aalst)
    form = ilse.get(reverse("device:available", args=[device.pk])).context["form"]
    assert list(form.fields["location"].queryset) == [aalst]
    for elsewhere in (workshop, halle):
        send(ilse, "available", device.pk, location=elsewhere.pk)
        device.refresh_from_db()
        assert device.state == State.READY
    send(ilse, "available", device.pk, location=aalst.pk)
    device.refresh_from_db()
    assert (device.state, device.location) == (State.AVAILABLE, aalst)


def test_a_device_is_sent_and_arrives(client, aalst):
    halle = staff.place("HAL", "Digipunt Halle")
    client.force_login(staff.someone("els", Role.LOGISTICS, aalst, halle))
    device = staff.ready(aalst)
    send(client, "send", device.pk, location=halle.pk)
    device.refresh_from_db()
    assert (device.state, device.location) == (State.IN_TRANSIT, halle)
    assert move(client, device, State.READY) == State.READY


def test_a_correction_stands_on_the_timeline(ilse, aalst):
    device = staff.bought(aalst)
    data = {"model": device.model_id, "serial": "ANDERS", "accessories": "lader", "notes": ""}
    ilse.post(reverse("device:edit", args=[device.pk]), data)
    device.refresh_from_db()
    assert device.serial == "ANDERS"
    assert device.events.first().kind == DeviceEvent.Kind.EDITED


def test_a_label_is_a_pdf(ilse, aalst):
    device = staff.bought(aalst)
    assert ilse.get(reverse("device:label", args=[device.pk])).content.startswith(b"%PDF")


def test_the_board_moves_what_can_be_undone(ilse, aalst):
    device = staff.bought(aalst, new=False)
    ilse.post(reverse("workbench:index"), {"move": f"{device.pk}:triage"})
    device.refresh_from_db()
    assert device.state == State.TRIAGE
    ilse.post(reverse("workbench:index"), {"move": f"{device.pk}:recycled"})
    device.refresh_from_db()
    assert device.state == State.TRIAGE
    for nonsense in ("", "x", "1", ":", "9:9", f"{device.pk}:x"):
        answer = ilse.post(reverse("workbench:index"), {"move": nonsense})
        assert answer.status_code in (302, 404)


def bulk(client, action, ids, next_url="", **data):
    address = reverse("wagtail_bulk_action", args=["lending", "device", action])
    query = "&".join([*(f"id={pk}" for pk in ids), f"next={next_url}"])
    return client.post(f"{address}?{query}", data, follow=True)


def test_many_devices_are_made_available_and_the_rest_says_why(ilse, aalst):
    ready, dirty = staff.ready(aalst), staff.bought(aalst, new=False)
    bulk(ilse, "available", [ready.pk, dirty.pk], location=aalst.pk)
    ready.refresh_from_db()
    dirty.refresh_from_db()
    assert (ready.state, dirty.state) == (State.AVAILABLE, State.RECEIVED)


def test_all_in_a_bulk_action_means_what_the_listing_showed(ilse, aalst):
    staff.bought(aalst)
    aside = staff.ready(aalst)
    address = reverse("wagtail_bulk_action", args=["lending", "device", "available"])
    listing = reverse("device:index") + "?state=ready"
    response = ilse.get(address, {"id": "all", "next": listing})
    assert [item["item"] for item in response.context["items"]] == [aside]


@pytest.mark.parametrize("ids", [["x"], ["-1"], ["999999999999999999999"], []])
def test_a_bulk_action_with_odd_ids_is_answered(ilse, aalst, ids):
    assert bulk(ilse, "send", ids, location=aalst.pk).status_code == 200
