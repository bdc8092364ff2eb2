"""Donations at the door: a number for what is taken, a reason for what is not."""

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
def place():
    return make.place()


def declared(**changes):
    return {
        "is_owner": True,
        "gives_up_ownership": True,
        "privacy_read": True,
        "wants_attest": False,
    } | changes


def register(place, **fields):
    facts = {
        "donor": {"name": "Wim", "email": "wim@digipunt.example"},
        "lines": [{"type": make.device_type()}],
        "collection_point": place,
        "declarations": declared(),
    } | fields
    return donations.register_donation(**facts)


@pytest.mark.parametrize("missing", ["is_owner", "gives_up_ownership", "privacy_read"])
def test_without_its_declarations_nothing_is_registered(place, missing):
    with pytest.raises(errors.MissingDeclarations):
        register(place, declarations=declared(**{missing: False}))
    assert not Donation.objects.exists()


def test_nothing_offered_is_nothing_registered(place):
    with pytest.raises(errors.NoDevicesOffered):
        register(place, lines=[])


def test_numbers_follow_each_other(place):
    first, second = register(place), register(place)
    assert int(second.number[-4:]) == int(first.number[-4:]) + 1
    assert first.number.startswith("S-")


def test_three_laptops_on_one_line_are_three_devices_to_decide_on(place):
    donation = register(place, lines=[{"type": make.device_type(), "quantity": 3}])
    assert [line.position for line in donation.lines.all()] == [1, 2, 3]


def test_an_offer_is_no_stock(place):
    register(place)
    assert not Device.objects.exists()


def test_the_donor_hears_of_it_with_a_link_that_nobody_guesses(place):
    donation = register(place)
    message = Message.objects.get(kind="donation_registered")
    assert donation.secret in message.text
    assert len(donation.secret) >= 43


def test_an_accepted_device_gets_a_number_and_its_media(place):
    donation = make.donation(place)
    device = donations.accept_line(
        donation.lines.get(),
        DeviceDetails(
            make.model(),
            serial="SN1",
            media=[{"kind": "ssd", "serial": "D1", "size_gb": 256}],
        ),
    )
    assert device.number.startswith("DP-")
    assert (device.state, device.location, device.source) == ("received", place, "donation")
    assert [medium.serial for medium in device.media.all()] == ["D1"]
    donation.refresh_from_db()
    assert (donation.state, donation.received_at is not None) == ("received", True)


def test_after_the_last_decision_the_donor_hears_what_was_refused_and_why(place):
    kind = make.device_type()
    donation = register(place, lines=[{"type": kind, "brand": "Dell", "quantity": 2}])
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


def test_all_refused_is_a_refused_donation(place):
    donation = make.donation(place)
    donations.refuse_line(donation.lines.get(), reason="Gebroken scherm")
    donation.refresh_from_db()
    assert (donation.state, donation.received_at) == ("refused", None)
    assert not Device.objects.exists()


def test_a_device_is_decided_on_once(place):
    line = make.donation(place).lines.get()
    donations.refuse_line(line, reason="Te oud")
    with pytest.raises(errors.AlreadyDecided):
        donations.accept_line(line, DeviceDetails(make.model()))
    with pytest.raises(errors.AlreadyDecided):
        donations.refuse_line(line, reason="Toch te oud")
    assert DonationLine.objects.get().reason == "Te oud"


def test_a_disk_that_is_elsewhere_stops_the_whole_acceptance(place):
    make.bought(place, disk="TAKEN")
    line = make.donation(place).lines.get()
    with pytest.raises(SerialNumberInUse):
        donations.accept_line(
            line, DeviceDetails(make.model(), media=[{"kind": "ssd", "serial": "TAKEN"}])
        )
    line.refresh_from_db()
    assert line.state == "offered"
    assert Device.objects.count() == 1


def test_the_receipt_says_what_was_taken(place):
    from io import BytesIO

    from pypdf import PdfReader

    from lending.donations.documents.receipt import receipt_pdf

    donation = make.donation(place)
    make.accepted(donation.lines.get())
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(receipt_pdf(donation))).pages)
    assert donation.number in text
    assert "Latitude 5490" in " ".join(text.split())


def test_a_label_holds_the_number_and_no_person(place):
    from io import BytesIO

    from pypdf import PdfReader

    from lending.devices.documents.label import label_pdf

    device = make.bought(place)
    reader = PdfReader(BytesIO(label_pdf([device])))
    assert len(reader.pages) == 1
    width, height = reader.pages[0].mediabox.width, reader.pages[0].mediabox.height
    assert (round(float(width) / 72 * 25.4), round(float(height) / 72 * 25.4)) == (57, 32)
    assert device.number in reader.pages[0].extract_text().replace("\u2060", "")
