"""Tests of the operations on donations and of their documents."""

import pytest

from home.messages.models import Message
from lending.devices.errors import SerialNumberInUse
from lending.devices.models import Device
from lending.devices.operations.devices import DeviceDetails
from lending.donations import errors
from lending.donations.models import Donation, DonationLine
from lending.donations.operations import donations
from tests.factories import staff as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def location():
    return make.place()


def declarations(**changes):
    return {
        "is_owner": True,
        "gives_up_ownership": True,
        "privacy_read": True,
        "wants_attest": False,
    } | changes


def register(location, **fields):
    facts = {
        "donor": {"name": "Wim", "email": "wim@digipunt.example"},
        "lines": [{"type": make.device_type()}],
        "collection_point": location,
        "declarations": declarations(),
    } | fields
    return donations.register_donation(**facts)


@pytest.mark.parametrize("missing", ["is_owner", "gives_up_ownership", "privacy_read"])
def test_donation_is_refused_when_a_declaration_is_missing(location, missing):
    with pytest.raises(errors.MissingDeclarations):
        register(location, declarations=declarations(**{missing: False}))
    assert not Donation.objects.exists()


def test_donation_without_devices_is_refused(location):
    with pytest.raises(errors.NoDevicesOffered):
        register(location, lines=[])


def test_numbers_are_consecutive(location):
    first, second = register(location), register(location)
    assert int(second.number[-4:]) == int(first.number[-4:]) + 1
    assert first.number.startswith("S-")


def test_line_with_quantity_gives_a_line_per_device(location):
    donation = register(location, lines=[{"type": make.device_type(), "quantity": 3}])
    assert [line.position for line in donation.lines.all()] == [1, 2, 3]


def test_registration_creates_no_device(location):
    register(location)
    assert not Device.objects.exists()


def test_donor_gets_message_with_secret_link(location):
    donation = register(location)
    message = Message.objects.get(kind="donation_registered")
    assert donation.secret in message.text
    assert len(donation.secret) >= 43


def test_accepted_device_gets_number_and_media(location):
    donation = make.donation(location)
    device = donations.accept_line(
        donation.lines.get(),
        DeviceDetails(
            make.model(),
            serial="SN1",
            media=[{"kind": "ssd", "serial": "D1", "size_gb": 256}],
        ),
    )
    assert device.number.startswith("DP-")
    assert (device.state, device.location, device.source) == ("received", location, "donation")
    assert [medium.serial for medium in device.media.all()] == ["D1"]
    donation.refresh_from_db()
    assert (donation.state, donation.received_at is not None) == ("received", True)


def test_donor_gets_message_after_last_decision(location):
    kind = make.device_type()
    donation = register(location, lines=[{"type": kind, "brand": "Dell", "quantity": 2}])
    first, second = donation.lines.all()
    donations.accept_line(
        first, DeviceDetails(make.model(), media=[{"kind": "ssd", "serial": "D2"}])
    )
    donation.refresh_from_db()
    assert donation.state == "in_progress"
    assert not Message.objects.filter(kind="donation_decided").exists()
    donations.refuse_line(second, reason="Te oud voor ons")
    donation.refresh_from_db()
    assert donation.state == "received"
    assert "Te oud voor ons" in Message.objects.get(kind="donation_decided").text


def test_donation_is_refused_when_all_devices_are(location):
    donation = make.donation(location)
    donations.refuse_line(donation.lines.get(), reason="Gebroken scherm")
    donation.refresh_from_db()
    assert (donation.state, donation.received_at) == ("refused", None)
    assert not Device.objects.exists()


def test_line_is_decided_once(location):
    line = make.donation(location).lines.get()
    donations.refuse_line(line, reason="Te oud")
    with pytest.raises(errors.AlreadyDecided):
        donations.accept_line(line, DeviceDetails(make.model()))
    with pytest.raises(errors.AlreadyDecided):
        donations.refuse_line(line, reason="Toch te oud")
    assert DonationLine.objects.get().reason == "Te oud"


def test_acceptance_is_refused_when_disk_is_in_other_device(location):
    make.bought(location, disk="TAKEN")
    line = make.donation(location).lines.get()
    with pytest.raises(SerialNumberInUse):
        donations.accept_line(
            line, DeviceDetails(make.model(), media=[{"kind": "ssd", "serial": "TAKEN"}])
        )
    line.refresh_from_db()
    assert line.state == "offered"
    assert Device.objects.count() == 1


def test_receipt_lists_accepted_devices(location):
    from io import BytesIO

    from pypdf import PdfReader

    from lending.donations.documents.receipt import receipt_pdf

    donation = make.donation(location)
    make.accepted(donation.lines.get())
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(receipt_pdf(donation))).pages)
    assert donation.number in text
    assert "Latitude 5490" in " ".join(text.split())


def test_label_shows_number_and_no_name(location):
    from io import BytesIO

    from pypdf import PdfReader

    from lending.devices.documents.label import label_pdf

    device = make.bought(location)
    reader = PdfReader(BytesIO(label_pdf([device])))
    assert len(reader.pages) == 1
    width, height = reader.pages[0].mediabox.width, reader.pages[0].mediabox.height
    assert (round(float(width) / 72 * 25.4), round(float(height) / 72 * 25.4)) == (57, 32)
    assert device.number in reader.pages[0].extract_text().replace("\u2060", "")
