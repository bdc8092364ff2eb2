"""Tests of the page of a device, its forms, the workbench and bulk actions."""

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


def post_transition(client, device, to, **data):
    client.post(reverse("device:move", args=[device.pk]), {"to": to, **data})
    device.refresh_from_db()
    return device.state


def post_form(client, name, pk, **data):
    return client.post(reverse(f"device:{name}", args=[pk]), data, follow=True)


def test_page_shows_allowed_transitions_and_unmet_requirements(ilse, aalst):
    device = staff.bought(aalst, new=False)
    device_operations.transition_to(device, State.ERASING)
    context = page(ilse, device).context
    assert [action["transition"].target for action in context["actions"]] == [State.ERASURE_FAILED]
    ((waiting, requirement),) = context["waiting"]
    assert waiting.target == State.INSPECTION
    assert device.number in str(requirement)


@pytest.mark.parametrize("target", [State.AVAILABLE, State.READY, State.INSPECTION, State.ON_LOAN])
def test_no_screen_skips_erasure(ilse, aalst, target):
    device = staff.bought(aalst, new=False)
    device_operations.transition_to(device, State.ERASING)
    assert post_transition(ilse, device, target) == State.ERASING
    post_form(ilse, "inspection", device.pk, grade="A", passed=list(TESTS))
    post_form(ilse, "available", device.pk, location=aalst.pk)
    ilse.post(reverse("workbench:index"), {"move": f"{device.pk}:{target}"})
    ilse.post(reverse("device:edit", args=[device.pk]), {"state": target, "model": device.model_id})
    device.refresh_from_db()
    assert device.state == State.ERASING


def test_irreversible_transition_needs_reason(ilse, aalst):
    device = staff.bought(aalst, new=False)
    device_operations.transition_to(device, State.TRIAGE)
    assert post_transition(ilse, device, State.RECYCLED) == State.TRIAGE
    assert (
        post_transition(ilse, device, State.RECYCLED, reason="scherm gebarsten") == State.RECYCLED
    )
    assert DeviceEvent.objects.filter(device=device, reason="scherm gebarsten").exists()


def test_reason_with_national_number_is_refused(ilse, aalst):
    device = staff.bought(aalst, new=False)
    device_operations.transition_to(device, State.TRIAGE)
    assert (
        post_transition(ilse, device, State.RECYCLED, reason="van 85.07.30-033.28") == State.TRIAGE
    )


def test_transition_is_refused_without_its_permission(client, aalst):
    device = staff.available(aalst)
    client.force_login(staff.someone("tom", Role.DESK, aalst))
    assert post_transition(client, device, State.DEFECT) == State.AVAILABLE
    client.force_login(staff.someone("ilse", Role.REFURBISHER, aalst))
    assert post_transition(client, device, State.DEFECT) == State.DEFECT


def test_loan_ends_when_device_is_lost(client, aalst):
    staff.policy(aalst)
    client.force_login(staff.someone("tom", Role.DESK, aalst))
    device = staff.available(aalst)
    loan = staff.lent(device, staff.borrower(aalst))
    assert post_transition(client, device, State.STOLEN, reason="in de trein") == State.STOLEN
    loan.refresh_from_db()
    assert loan.outcome == "stolen"


def test_inspection_makes_device_ready(ilse, aalst):
    device = staff.erased(staff.bought(aalst, new=False))
    assert device.state == State.INSPECTION
    post_form(ilse, "inspection", device.pk, grade="", passed=[])
    device.refresh_from_db()
    assert device.state == State.INSPECTION
    post_form(ilse, "inspection", device.pk, grade="B", passed=["screen", "wifi"], notes="kras")
    device.refresh_from_db()
    assert (device.state, device.grade) == (State.READY, "B")
    tests = device.inspections.get().tests
    assert tests["screen"]
    assert not tests["battery"]


def test_only_own_lending_points_can_be_chosen(ilse, aalst):
    workshop = staff.place("ATE", "Atelier", is_lending_point=False, kind="workshop")
    halle = staff.place("HAL", "Digipunt Halle")
    device = staff.ready(aalst)
    form = ilse.get(reverse("device:available", args=[device.pk])).context["form"]
    assert list(form.fields["location"].queryset) == [aalst]
    for elsewhere in (workshop, halle):
        post_form(ilse, "available", device.pk, location=elsewhere.pk)
        device.refresh_from_db()
        assert device.state == State.READY
    post_form(ilse, "available", device.pk, location=aalst.pk)
    device.refresh_from_db()
    assert (device.state, device.location) == (State.AVAILABLE, aalst)


def test_device_is_sent_and_arrives(client, aalst):
    halle = staff.place("HAL", "Digipunt Halle")
    client.force_login(staff.someone("els", Role.LOGISTICS, aalst, halle))
    device = staff.ready(aalst)
    post_form(client, "send", device.pk, location=halle.pk)
    device.refresh_from_db()
    assert (device.state, device.location) == (State.IN_TRANSIT, halle)
    assert post_transition(client, device, State.READY) == State.READY


def test_correction_is_logged_on_timeline(ilse, aalst):
    device = staff.bought(aalst)
    data = {"model": device.model_id, "serial": "ANDERS", "accessories": "lader", "notes": ""}
    ilse.post(reverse("device:edit", args=[device.pk]), data)
    device.refresh_from_db()
    assert device.serial == "ANDERS"
    assert device.events.first().kind == DeviceEvent.Kind.EDITED


def test_label_is_a_pdf(ilse, aalst):
    device = staff.bought(aalst)
    assert ilse.get(reverse("device:label", args=[device.pk])).content.startswith(b"%PDF")


def test_workbench_makes_only_reversible_transitions(ilse, aalst):
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


def test_bulk_action_reports_devices_that_cannot_move(ilse, aalst):
    ready, dirty = staff.ready(aalst), staff.bought(aalst, new=False)
    bulk(ilse, "available", [ready.pk, dirty.pk], location=aalst.pk)
    ready.refresh_from_db()
    dirty.refresh_from_db()
    assert (ready.state, dirty.state) == (State.AVAILABLE, State.RECEIVED)


def test_bulk_action_on_all_takes_filtered_devices(ilse, aalst):
    staff.bought(aalst)
    aside = staff.ready(aalst)
    address = reverse("wagtail_bulk_action", args=["lending", "device", "available"])
    listing = reverse("device:index") + "?state=ready"
    response = ilse.get(address, {"id": "all", "next": listing})
    assert [item["item"] for item in response.context["items"]] == [aside]


@pytest.mark.parametrize("ids", [["x"], ["-1"], ["999999999999999999999"], []])
def test_bulk_action_ignores_invalid_ids(ilse, aalst, ids):
    assert bulk(ilse, "send", ids, location=aalst.pk).status_code == 200
