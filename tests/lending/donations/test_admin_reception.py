"""Tests of the reception of donations."""

import pytest
from django.urls import reverse

from home.core.roles import Role
from lending.core.states import State
from lending.devices.models import Device, DeviceModel
from lending.donations.models import Attest, Donation, DonationLine
from tests.factories import staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def aalst():
    return staff.place()


@pytest.fixture
def tom(client, aalst):
    client.force_login(staff.someone("tom", Role.DESK, aalst))
    return client


@pytest.fixture
def donation(aalst):
    laptop = {"type": staff.device_type(), "brand": "Dell", "model_name": "Latitude 5490"}
    return staff.donation(aalst, lines=[laptop | {"quantity": 2, "charger": True}])


def reception_url(donation):
    return reverse("reception:donation", args=[donation.pk])


def post_decision(client, line, do, **data):
    rows = {"media-TOTAL_FORMS": 3, "media-INITIAL_FORMS": 0, "media-0-kind": "ssd"}
    return client.post(
        reception_url(line.donation), {"do": do, "line": line.pk} | rows | data, follow=True
    )


def post_acceptance(client, line, **data):
    typed = {
        "accept-brand": "Dell",
        "accept-name": "Latitude 5490",
        "accept-serial": "ABC",
        "accept-accessories": "lader",
        "media-0-serial": f"M{line.pk}",
    }
    return post_decision(client, line, "accept", **typed | data)


@pytest.mark.parametrize("typed", ["{number}", "s{year}{serial}", "https://d.example/x/{number}/"])
def test_number_opens_donation(tom, donation, typed):
    year, serial = donation.number[2:6], donation.number[7:]
    code = typed.format(number=donation.number, year=year, serial=serial)
    response = tom.get(reverse("reception:index"), {"code": code})
    assert response.url == reception_url(donation)


@pytest.mark.parametrize("code", ["S-2026-9999", "DP-00001", "\x00", "x" * 5000, "'"])
def test_unknown_number_is_reported(tom, code):
    response = tom.get(reverse("reception:index"), {"code": code})
    assert response.status_code == 200


def test_form_is_filled_in_from_offered_line(tom, donation):
    form = tom.get(reception_url(donation)).context["accept"]
    assert form.initial["brand"] == "Dell"
    assert form.initial["accessories"]


def test_accepted_device_gets_number_label_and_media(tom, donation):
    line = donation.lines.first()
    response = post_acceptance(tom, line)
    device = Device.objects.get(donation_line=line)
    assert device.number == "DP-00001"
    assert device.state == State.RECEIVED
    assert device.media.get().serial == f"M{line.pk}"
    assert reverse("device:label", args=[device.pk]) in response.content.decode()
    assert response.context["line"] == donation.lines.last()


def test_existing_model_is_reused(tom, donation):
    for line in donation.lines.all():
        post_acceptance(tom, line, **{"accept-brand": "dell" if line.position == 2 else "Dell"})
    assert DeviceModel.objects.count() == 1
    donation.refresh_from_db()
    assert donation.state == Donation.State.RECEIVED


def test_device_is_refused_with_reason(tom, donation):
    line = donation.lines.first()
    post_decision(tom, line, "refuse", **{"refuse-reason": ""})
    line.refresh_from_db()
    assert line.state == DonationLine.State.OFFERED
    post_decision(tom, line, "refuse", **{"refuse-reason": "scherm gebarsten"})
    line.refresh_from_db()
    assert (line.state, line.reason) == (DonationLine.State.REFUSED, "scherm gebarsten")
    assert not Device.objects.exists()


def test_line_is_decided_once(tom, donation):
    line = donation.lines.first()
    post_acceptance(tom, line)
    post_acceptance(tom, line, **{"media-0-serial": "ANDERS"})
    post_decision(tom, line, "refuse", **{"refuse-reason": "toch niet"})
    assert Device.objects.count() == 1
    line.refresh_from_db()
    assert line.state == DonationLine.State.ACCEPTED


@pytest.mark.parametrize(
    "data",
    [
        {"accept-brand": ""},
        {"accept-model": "999"},
        {"accept-serial": "850730 03328"},
        {"media-0-serial": "", "media-0-size_gb": "5"},
    ],
    ids=["no model", "no such model", "national number", "medium without serial"],
)
def test_invalid_form_is_not_stored(tom, donation, data):
    response = post_acceptance(tom, donation.lines.first(), **data)
    assert response.status_code == 200
    assert not Device.objects.exists()
    assert response.context["accept"].errors or not response.context["media_forms"].is_valid()


def test_line_of_other_donation_is_not_found(tom, donation):
    other = staff.donation(staff.place("HAL", "Digipunt Halle")).lines.get()
    response = tom.post(
        reception_url(donation), {"do": "refuse", "line": other.pk, "refuse-reason": "x"}
    )
    assert response.status_code == 404
    other.refresh_from_db()
    assert other.state == DonationLine.State.OFFERED


def test_closing_refuses_undecided_lines(tom, donation):
    first, second = donation.lines.all()
    post_acceptance(tom, first)
    post_decision(tom, second, "close")
    second.refresh_from_db()
    assert second.state == DonationLine.State.REFUSED
    assert second.reason
    donation.refresh_from_db()
    assert donation.state == Donation.State.RECEIVED
    assert post_decision(tom, second, "close").status_code == 200


def test_documents_are_pdfs(tom, donation):
    post_acceptance(tom, donation.lines.first())
    for name in ("receipt", "labels"):
        answered = tom.get(reverse(f"donation:{name}", args=[donation.pk]))
        assert answered.content.startswith(b"%PDF"), name


def test_attest_is_issued_when_everything_is_erased(tom, donation):
    for line in donation.lines.all():
        post_acceptance(tom, line)
    url = reverse("donation:attest", args=[donation.pk])
    assert tom.get(url).status_code == 404
    tom.post(url)
    assert not Attest.objects.exists()
    for device in Device.objects.all():
        staff.erased(device)
    tom.post(url)
    assert Attest.objects.get().donation == donation
    assert tom.get(url).content.startswith(b"%PDF")
