"""What the database refuses, also to whoever goes round the operations."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import F, ProtectedError
from django.utils import timezone

from home.core.triggers import registered
from lending.core.states import SANITIZED_STATES, State
from lending.devices.errors import DeviceNotSanitized
from lending.devices.models import Device, Erasure, StorageMedium
from lending.devices.operations import devices, erasures, media
from lending.donations.models import Attest
from lending.donations.operations import attests
from lending.loans.models import Loan, Reservation
from lending.loans.operations import loans
from tests.factories import staff as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    point = make.place()
    make.policy(point)
    return point


@pytest.fixture
def lent(place):
    device = make.available(place)
    make.lent(device, make.borrower(place))
    return device


def refused(statement):
    with pytest.raises(IntegrityError), transaction.atomic():
        statement()
    return True


def test_every_promise_is_in_the_database():
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        else:
            cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal")
        found = {name for (name,) in cursor.fetchall()}
    assert set(registered["lending"]) <= found


@pytest.mark.parametrize("state", SANITIZED_STATES)
def test_no_update_makes_a_device_with_data_free(place, state):
    device = make.bought(place, new=False)
    exited = timezone.now() if state in ("gifted", "transferred") else None
    assert refused(
        lambda: Device.objects.filter(pk=device.pk).update(state=state, grade="A", exited_at=exited)
    )
    device.refresh_from_db()
    assert device.state == State.RECEIVED


def test_no_insert_makes_a_device_with_data_free(place):
    assert refused(
        lambda: Device.objects.bulk_create(
            [
                Device(
                    number="DP-99999",
                    model=make.model(),
                    location=place,
                    source="purchase",
                    state=State.AVAILABLE,
                    grade="A",
                )
            ]
        )
    )


@pytest.mark.parametrize("result", ["failed", "aborted"])
def test_a_later_failure_takes_the_promise_away(place, result):
    device = make.available(place, new=False)
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


def test_an_erasure_is_not_taken_away_from_under_a_device(place):
    device = make.available(place, new=False)
    erasure = device.media.get().erasures.get()
    with pytest.raises(ProtectedError):
        erasure.delete()
    with pytest.raises(ProtectedError):
        Erasure.objects.all().delete()
    assert refused(lambda: raw("DELETE FROM lending_erasure"))


def raw(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)


def test_a_dirty_medium_does_not_come_into_a_free_device(place):
    device = make.available(place)
    assert refused(
        lambda: StorageMedium.objects.create(device=device, kind="ssd", serial="NEW-DISK")
    )


def test_the_last_medium_does_not_leave_a_free_device(place):
    device = make.available(place)
    assert refused(lambda: device.media.update(removed_at=timezone.now()))


def test_a_device_that_was_outside_since_is_not_free(place):
    device = make.available(place)
    later = timezone.now() + timedelta(minutes=1)
    assert refused(lambda: Device.objects.filter(pk=device.pk).update(last_outside_at=later))


@pytest.mark.parametrize(
    "change",
    [{"result": "failed"}, {"level": "purge"}, {"tool": "other"}, {"verification": "other"}],
    ids=lambda change: next(iter(change)),
)
def test_an_erasure_never_changes(place, change):
    make.available(place)
    assert refused(lambda: Erasure.objects.update(**change))


def test_at_most_one_open_loan_per_device(lent, place):
    loan = Loan.objects.get()
    assert refused(
        lambda: Loan.objects.create(
            device=lent, borrower=loan.borrower, policy=loan.policy, due_on=loan.due_on
        )
    )


def test_at_most_one_open_reservation_per_device(place):
    device, someone = make.available(place), make.borrower(place)
    today = timezone.localdate()
    Reservation.objects.create(device=device, borrower=someone, until=today)
    assert refused(lambda: Reservation.objects.create(device=device, borrower=someone, until=today))


@pytest.mark.parametrize(
    "change",
    [
        {"due_on": F("due_on") + timedelta(days=1)},
        {"returned_at": None, "outcome": ""},
        {"outcome": "lost"},
        {"renewals": 1},
        {"lent_at": F("lent_at") - timedelta(days=1)},
    ],
    ids=["due", "opened again", "outcome", "renewals", "lent"],
)
def test_a_closed_loan_never_changes(lent, change):
    loans.check_in(lent)
    assert refused(lambda: Loan.objects.update(**change))


def test_a_closed_loan_forgets_its_person_and_gets_no_other(lent, place):
    loans.check_in(lent)
    assert refused(lambda: Loan.objects.update(borrower=make.borrower(place, "Iemand Anders")))
    Loan.objects.update(borrower=None)
    assert refused(lambda: Loan.objects.update(borrower=make.borrower(place, "Nog Iemand")))


def test_an_open_loan_has_a_person(lent):
    assert refused(lambda: Loan.objects.update(borrower=None))


@pytest.mark.parametrize("change", [{"returned_at": timezone.now()}, {"outcome": "returned"}])
def test_a_loan_is_closed_exactly_when_it_has_an_outcome(lent, change):
    assert refused(lambda: Loan.objects.update(**change))


def test_a_signed_agreement_never_changes(lent):
    agreement = lent.loans.get().agreement
    agreement.data["serial"] = "OTHER"
    assert refused(agreement.save)


def test_an_issued_attest_never_changes(place):
    donation = make.donation(place)
    device = make.accepted(donation.lines.get())
    make.erased(device)
    attest = Attest.objects.get(donation=donation)
    attest.data["media"] = []
    assert refused(attest.save)
    assert refused(lambda: Attest.objects.update(code="AAAA-AAAA-AAAA"))
    assert attests.issue_attest(donation).pk == attest.pk


@pytest.mark.parametrize("state", ["lost", "stolen", "recycled", "returned_to_donor"])
def test_a_device_left_the_stock_exactly_if_its_state_says_so(place, state):
    device = make.bought(place)
    assert refused(lambda: Device.objects.filter(pk=device.pk).update(state=state))
    assert refused(lambda: Device.objects.filter(pk=device.pk).update(exited_at=timezone.now()))


def test_devices_are_never_deleted(place):
    device = make.bought(place)
    with pytest.raises(ProtectedError):
        device.delete()
    with pytest.raises(ProtectedError):
        Device.objects.all().delete()


def test_a_refused_line_has_a_reason(place):
    donation = make.donation(place)
    assert refused(
        lambda: donation.lines.update(state="refused", reason="", decided_at=timezone.now())
    )


def test_a_new_unused_purchase_needs_no_erasure_and_says_why(place):
    device = make.bought(place, new=True)
    devices.transition_to(device, State.ERASING)
    devices.transition_to(device, State.INSPECTION)
    assert device.media.get().unused_reason == "nieuw in doos"


def test_after_a_loan_the_new_disk_counts_as_used(place):
    device = make.available(place)
    make.lent(device, make.borrower(place))
    loans.check_in(device)
    devices.transition_to(device, State.ERASING)
    with pytest.raises(DeviceNotSanitized):
        devices.transition_to(device, State.INSPECTION)


def test_a_replaced_disk_is_on_record_as_destroyed(place):
    device = make.bought(place, new=False)
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
