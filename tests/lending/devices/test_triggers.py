"""Tests of the triggers and constraints on devices, media and erasures."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from home.core.triggers import registered
from lending.core.states import SANITIZED_STATES, State
from lending.devices.errors import DeviceNotSanitized
from lending.devices.models import Device, Erasure, StorageMedium
from lending.devices.operations import devices, erasures, media
from lending.loans.operations import loans
from tests.factories import staff as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def location():
    point = make.place()
    make.policy(point)
    return point


def refused(statement):
    with pytest.raises(IntegrityError), transaction.atomic():
        statement()
    return True


def test_every_trigger_is_in_the_database():
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        else:
            cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal")
        installed = {name for (name,) in cursor.fetchall()}
    assert set(registered["lending"]) <= installed


@pytest.mark.parametrize("state", SANITIZED_STATES)
def test_update_to_sanitized_state_is_refused_when_device_holds_data(location, state):
    device = make.bought(location, new=False)
    exited = timezone.now() if state in ("gifted", "transferred") else None
    assert refused(
        lambda: Device.objects.filter(pk=device.pk).update(state=state, grade="A", exited_at=exited)
    )
    device.refresh_from_db()
    assert device.state == State.RECEIVED


def test_insert_in_sanitized_state_is_refused_when_device_holds_data(location):
    assert refused(
        lambda: Device.objects.bulk_create(
            [
                Device(
                    number="DP-99999",
                    model=make.model(),
                    location=location,
                    source="purchase",
                    state=State.AVAILABLE,
                    grade="A",
                )
            ]
        )
    )


@pytest.mark.parametrize("result", ["failed", "aborted"])
def test_failed_erasure_of_available_device_is_refused(location, result):
    device = make.available(location, new=False)
    medium = device.media.get()
    assert refused(
        lambda: Erasure.objects.create(
            medium=medium,
            result=result,
            level="clear",
            method="overwrite",
            tool="x",
            finished_at=timezone.now(),
        )
    )


def test_erasure_of_available_device_cannot_be_deleted(location):
    device = make.available(location, new=False)
    erasure = device.media.get().erasures.get()
    with pytest.raises(ProtectedError):
        erasure.delete()
    with pytest.raises(ProtectedError):
        Erasure.objects.all().delete()
    assert refused(lambda: execute("DELETE FROM lending_erasure"))


def execute(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)


def test_unsanitized_medium_is_refused_in_available_device(location):
    device = make.available(location)
    assert refused(
        lambda: StorageMedium.objects.create(device=device, kind="ssd", serial="NEW-DISK")
    )


def test_last_medium_cannot_be_removed_from_available_device(location):
    device = make.available(location)
    assert refused(lambda: device.media.update(removed_at=timezone.now()))


def test_available_device_cannot_be_outside_after_its_erasure(location):
    device = make.available(location)
    later = timezone.now() + timedelta(minutes=1)
    assert refused(lambda: Device.objects.filter(pk=device.pk).update(last_outside_at=later))


@pytest.mark.parametrize(
    "change",
    [{"result": "failed"}, {"level": "purge"}, {"tool": "other"}, {"verification": "other"}],
    ids=lambda change: next(iter(change)),
)
def test_erasure_cannot_change(location, change):
    make.available(location)
    assert refused(lambda: Erasure.objects.update(**change))


@pytest.mark.parametrize("state", ["lost", "stolen", "recycled", "returned_to_donor"])
def test_device_has_exit_moment_exactly_in_exit_state(location, state):
    device = make.bought(location)
    assert refused(lambda: Device.objects.filter(pk=device.pk).update(state=state))
    assert refused(lambda: Device.objects.filter(pk=device.pk).update(exited_at=timezone.now()))


def test_device_cannot_be_deleted(location):
    device = make.bought(location)
    with pytest.raises(ProtectedError):
        device.delete()
    with pytest.raises(ProtectedError):
        Device.objects.all().delete()


def test_unused_device_needs_no_erasure(location):
    device = make.bought(location, new=True)
    devices.transition_to(device, State.ERASING)
    devices.transition_to(device, State.INSPECTION)
    assert device.media.get().unused_reason == "nieuw in doos"


def test_unused_disk_needs_erasure_after_a_loan(location):
    device = make.available(location)
    make.lent(device, make.borrower(location))
    loans.check_in(device)
    devices.transition_to(device, State.ERASING)
    with pytest.raises(DeviceNotSanitized):
        devices.transition_to(device, State.INSPECTION)


def test_replaced_disk_is_recorded_as_destroyed(location):
    device = make.bought(location, new=False)
    medium = device.media.get()
    erasures.record_erasure(medium, make.erasure_record(result="failed", verification=""))
    device.refresh_from_db()
    assert device.state == State.ERASURE_FAILED
    media.replace_medium(
        medium,
        kind="ssd",
        serial="FRESH-1",
        unused_reason="nieuwe schijf 240 GB",
        destroyed_by="Atelier, 25 november",
    )
    device.refresh_from_db()
    medium.refresh_from_db()
    assert device.state == State.ERASING
    assert medium.destroyed_by
    devices.transition_to(device, State.INSPECTION)
