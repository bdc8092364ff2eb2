"""Tests of recording erasures, what they do to the device, and of attests."""

from datetime import timedelta

import pytest
from django.utils import timezone

from lending.core.errors import LendingError
from lending.core.states import State
from lending.devices import errors
from lending.devices.models import Erasure
from lending.devices.operations import devices, erasures, media
from lending.donations.models import Attest
from lending.donations.operations import donations
from tests.factories import staff as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def location():
    return make.place()


@pytest.fixture
def device(location):
    return make.bought(location, new=False)


def record(medium, **fields):
    return erasures.record_erasure(medium, make.erasure_record(**fields))


def test_passed_erasure_moves_device_to_inspection(device):
    record(device.media.get())
    device.refresh_from_db()
    assert device.state == State.INSPECTION


@pytest.mark.parametrize("result", [Erasure.Result.FAILED, Erasure.Result.ABORTED])
def test_unsuccessful_erasure_keeps_device_out_of_stock(device, result):
    record(device.media.get(), result=result, verification="")
    device.refresh_from_db()
    assert device.state == State.ERASURE_FAILED
    for target in (State.INSPECTION, State.READY, State.AVAILABLE):
        with pytest.raises(LendingError):
            devices.transition_to(device, target)


def test_device_waits_until_all_media_are_erased(device):
    media.add_medium(device, kind="hdd", serial="SECOND")
    first, second = device.media.order_by("pk")
    record(first)
    device.refresh_from_db()
    assert device.state == State.ERASING
    with pytest.raises(errors.DeviceNotSanitized):
        devices.transition_to(device, State.INSPECTION)
    record(second)
    device.refresh_from_db()
    assert device.state == State.INSPECTION


def test_device_fails_when_one_medium_fails(device):
    media.add_medium(device, kind="hdd", serial="SECOND")
    first, second = device.media.order_by("pk")
    record(first)
    record(second, result=Erasure.Result.FAILED, verification="")
    device.refresh_from_db()
    assert device.state == State.ERASURE_FAILED


def test_second_attempt_replaces_failed_one(device):
    medium = device.media.get()
    at = timezone.now()
    record(medium, result=Erasure.Result.FAILED, verification="", finished_at=at)
    record(medium)
    device.refresh_from_db()
    assert device.state == State.INSPECTION


def test_passed_erasure_is_refused_without_verification(device):
    with pytest.raises(errors.ErasureNotVerified):
        record(device.media.get(), verification="  ")
    assert not Erasure.objects.exists()


@pytest.mark.parametrize(
    ("seconds", "refused"),
    [(-1, True), (0, False)],
    ids=["a second before it came in", "the moment it came in"],
)
def test_erasure_is_refused_when_it_ended_before_intake(device, seconds, refused):
    at = device.last_outside_at + timedelta(seconds=seconds)
    if refused:
        with pytest.raises(errors.ErasureBeforeIntake):
            record(device.media.get(), finished_at=at)
    else:
        assert record(device.media.get(), finished_at=at)


def test_erasure_in_the_future_is_refused(device):
    with pytest.raises(errors.ErasureInFuture):
        record(device.media.get(), finished_at=timezone.now() + timedelta(minutes=5))


def test_same_erasure_is_recorded_once(device):
    at = timezone.now()
    medium = device.media.get()
    record(medium, result=Erasure.Result.FAILED, verification="", finished_at=at)
    with pytest.raises(errors.DuplicateErasure):
        record(medium, finished_at=at)


def test_erasure_of_available_device_is_refused(location):
    device = make.available(location)
    with pytest.raises(errors.NotErasable):
        record(device.media.get())


def test_erasure_of_removed_medium_is_refused(device):
    medium = device.media.get()
    media.replace_medium(
        medium, kind="ssd", serial="FRESH", unused_reason="nieuw", destroyed_by="Atelier"
    )
    with pytest.raises(errors.MediumRemoved):
        record(medium)


def test_medium_cannot_be_in_two_devices(device, location):
    with pytest.raises(errors.SerialNumberInUse):
        media.add_medium(make.bought(location), kind="ssd", serial=device.media.get().serial)


def test_device_without_media_is_not_sanitized(location):
    device = devices.receive_purchase(
        devices.DeviceDetails(make.model(), serial="X1"), location=location
    )
    devices.transition_to(device, State.ERASING)
    with pytest.raises(errors.NoStorageMedium):
        devices.transition_to(device, State.INSPECTION)


def test_device_without_storage_needs_no_erasure(location):
    router = make.model(
        "TP-Link", "M7350", type=make.device_type("mifi", "mifi", has_storage=False)
    )
    device = devices.receive_purchase(devices.DeviceDetails(router, serial="R1"), location=location)
    devices.transition_to(device, State.ERASING)
    devices.transition_to(device, State.INSPECTION)
    device.refresh_from_db()
    assert device.state == State.INSPECTION


def test_attest_is_issued_after_last_erasure_when_donor_wants_one(location):
    donation = make.donation(location, wants_attest=True)
    make.erased(make.accepted(donation.lines.get()))
    attest = Attest.objects.get(donation=donation)
    donation.refresh_from_db()
    assert donation.state == "processed"
    assert attest.data["media"][0]["result"] == "erased"
    assert len(attest.code) == 14


def test_attest_is_not_issued_when_donor_wants_none(location):
    donation = make.donation(location, wants_attest=False)
    make.erased(make.accepted(donation.lines.get()))
    assert not Attest.objects.exists()


def test_attest_waits_for_every_device_of_donation(location):
    kind = make.device_type()
    donation = make.donation(location, lines=[{"type": kind, "brand": "Dell", "quantity": 2}])
    first, second = donation.lines.all()
    make.erased(make.accepted(first))
    assert not Attest.objects.exists()
    make.erased(make.accepted(second))
    assert Attest.objects.count() == 1


def test_attest_is_issued_when_last_device_is_refused(location):
    kind = make.device_type()
    donation = make.donation(location, lines=[{"type": kind, "brand": "Dell", "quantity": 2}])
    first, second = donation.lines.all()
    make.erased(make.accepted(first))
    assert not Attest.objects.exists()
    donations.refuse_line(second, reason="Scherm stuk")
    donation.refresh_from_db()
    assert donation.state == "processed"
    assert Attest.objects.get(donation=donation).data["devices"] == 1


def test_attest_lists_replaced_disk_as_destroyed(location):
    donation = make.donation(location)
    device = make.accepted(donation.lines.get())
    medium = device.media.get()
    record(medium, result=Erasure.Result.FAILED, verification="")
    media.replace_medium(
        medium, kind="ssd", serial="FRESH", unused_reason="nieuw", destroyed_by="Recycler Demo"
    )
    device.refresh_from_db()
    devices.transition_to(device, State.INSPECTION)
    (row,) = Attest.objects.get(donation=donation).data["media"]
    assert (row["result"], row["destroyed_by"]) == ("destroyed", "Recycler Demo")


def test_attest_pdf_is_tagged_and_describes_erasure(location):
    from io import BytesIO

    from pypdf import PdfReader

    from lending.donations.documents.attest import attest_pdf

    donation = make.donation(location)
    device = make.accepted(donation.lines.get(), disk="S3Z9NB0K512345X")
    make.erased(device)
    attest = Attest.objects.get()
    content = attest_pdf(attest)
    assert content == attest_pdf(attest)
    reader = PdfReader(BytesIO(content))
    text = "".join(page.extract_text() for page in reader.pages)
    assert "S3Z9NB0K512345X" in text
    assert attest.number in text
    assert reader.metadata.title.startswith("Attest datawissing")
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
