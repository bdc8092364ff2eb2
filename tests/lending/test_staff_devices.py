"""The page of a device: its moves, its media, its papers."""

import pytest
from django.urls import reverse

from lending.models import Device, DeviceEvent, Erasure, StorageMedium
from lending.operations import devices as device_operations
from lending.staff.inspections import TESTS
from lending.states import State
from locations.scope import Role
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


def erasure(**data):
    return {
        "result": "passed",
        "method": "overwrite",
        "level": "clear",
        "tool": "nwipe 0.33",
        "verification": "teruggelezen",
    } | data


def test_an_erasure_is_recorded_by_hand(ilse, aalst):
    device = staff.bought(aalst, new=False)
    medium = device.media.get()
    send(ilse, "erase", medium.pk, **erasure())
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
def test_a_record_that_claims_too_much_is_refused(ilse, aalst, data, field):
    device = staff.bought(aalst, new=False)
    response = send(ilse, "erase", device.media.get().pk, **erasure(**data))
    assert field in response.context["form"].errors
    assert not Erasure.objects.exists()


def test_a_failed_erasure_blocks_until_the_medium_is_replaced(ilse, aalst):
    device = staff.bought(aalst, new=False)
    medium = device.media.get()
    send(ilse, "erase", medium.pk, **erasure(result="failed", verification=""))
    device.refresh_from_db()
    assert device.state == State.ERASURE_FAILED
    send(
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
    assert move(ilse, device, State.INSPECTION) == State.INSPECTION


def test_a_serial_number_in_use_is_refused_without_telling_where(ilse, aalst):
    staff.bought(staff.place("HAL", "Digipunt Halle"), disk="SERIE-1")
    device = staff.bought(aalst, new=False)
    response = send(ilse, "add_medium", device.pk, kind="ssd", serial="SERIE-1")
    (message,) = response.context["form"].errors["serial"]
    assert "DP-" not in message
    assert device.media.count() == 1


def purchase(aalst, **data):
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


def test_a_bought_device_is_clean_only_with_a_reason(ilse, aalst):
    ilse.post(reverse("device:add"), purchase(aalst, unused_reason="factuur 2026-118"))
    new = Device.objects.get()
    assert move(ilse, new, State.TRIAGE) == State.TRIAGE
    assert new.media.get().unused_reason == "factuur 2026-118"
    ilse.post(reverse("device:add"), purchase(aalst, **{"media-0-serial": "M2"}))
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
def test_nothing_is_stored_of_a_purchase_that_is_not_right(ilse, aalst, data):
    response = ilse.post(reverse("device:add"), purchase(aalst, **data))
    assert response.status_code == 200
    assert not Device.objects.exists()


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
