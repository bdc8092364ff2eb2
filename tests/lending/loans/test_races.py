"""Nothing is promised twice, also when many want it at the same moment on their own connection."""

import pytest
from django.db import connection

from lending.core.errors import LendingError
from lending.core.states import State
from lending.donations.models import Attest
from lending.donations.operations import attests
from lending.loans.handover import HANDOVER_POINTS
from lending.loans.models import Loan
from lending.loans.operations import loans, reservations
from tests.concurrency import run_concurrently
from tests.factories import staff as make

pytestmark = pytest.mark.django_db(transaction=True)

THREADS = 8
ROUNDS = 50


@pytest.fixture
def location():
    location = make.place()
    make.policy(location)
    return location


def free_again(device):
    """The device back on the shelf, by the road that every device takes."""
    loans.check_in(device)
    make.erased(device)
    from lending.devices.operations import devices, inspections

    inspections.record_inspection(device, grade="B", tests={})
    devices.move_to_location(device, device.location, state=State.AVAILABLE)


def test_exactly_one_of_eight_desks_checks_out_a_device(location):
    device = make.available(location)
    people = [make.borrower(location, f"Lener {index}") for index in range(THREADS)]
    points = list(HANDOVER_POINTS)
    for number in range(1, ROUNDS + 1):
        answers = run_concurrently(
            *(
                lambda person=person: loans.check_out(device, borrower=person, points=points)
                for person in people
            )
        )
        won = [answer for answer in answers if isinstance(answer, Loan)]
        lost = [answer for answer in answers if not isinstance(answer, Loan)]
        assert len(won) == 1
        assert all(isinstance(error, LendingError) and str(error) for error in lost), lost
        assert Loan.objects.count() == number
        assert Loan.objects.open().count() == 1
        free_again(device)


def test_exactly_one_of_eight_desks_reserves_a_device(location):
    device = make.available(location)
    people = [make.borrower(location, f"Lener {index}") for index in range(THREADS)]
    answers = run_concurrently(
        *(lambda person=person: reservations.reserve(device, borrower=person) for person in people)
    )
    refused = [answer for answer in answers if isinstance(answer, LendingError)]
    assert len(refused) == THREADS - 1
    assert device.reservations.open().count() == 1


def test_form_submitted_eight_times_creates_one_loan(location):
    import uuid

    device, person, key = make.available(location), make.borrower(location), uuid.uuid4()
    answers = run_concurrently(
        *(
            lambda: loans.check_out(
                device, borrower=person, points=list(HANDOVER_POINTS), request_key=key
            ),
        )
        * THREADS
    )
    assert {answer.pk for answer in answers} == {Loan.objects.get().pk}


def test_concurrent_check_in_and_check_out_stay_consistent(location):
    device, person = make.available(location), make.borrower(location)
    make.lent(device, person)
    other = make.borrower(location, "Iemand Anders")
    run_concurrently(
        lambda: loans.check_in(device),
        lambda: loans.check_in(device),
        lambda: loans.check_out(device, borrower=other, points=list(HANDOVER_POINTS)),
    )
    device.refresh_from_db()
    assert device.state == State.RETURNED
    assert Loan.objects.open().count() == 0


def test_attest_is_issued_once(location):
    donation = make.donation(location, wants_attest=False)
    make.erased(make.accepted(donation.lines.get()))
    answers = run_concurrently(*(lambda: attests.issue_attest(donation),) * THREADS)
    assert {answer.pk for answer in answers} == {Attest.objects.get().pk}


def test_database_refuses_second_loan_without_the_lock(location, monkeypatch):
    """The twin: with our lock taken away the constraint holds, and it is the lock that speaks."""
    from django.db import IntegrityError

    from lending.devices.models import Device

    device = make.available(location)
    people = [make.borrower(location, f"Lener {index}") for index in range(THREADS)]
    monkeypatch.setattr(
        loans,
        "lock_device",
        lambda device: Device.objects.select_related("location").get(pk=device.pk),
    )
    answers = run_concurrently(
        *(
            lambda person=person: loans.check_out(
                device, borrower=person, points=list(HANDOVER_POINTS)
            )
            for person in people
        )
    )
    assert sum(isinstance(answer, Loan) for answer in answers) == 1
    assert Loan.objects.open().count() == 1
    if connection.vendor == "postgresql":
        assert any(isinstance(answer, IntegrityError) for answer in answers)
