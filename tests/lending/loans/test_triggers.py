"""Tests of the triggers and constraints on loans, reservations and agreements."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from lending.loans.models import Loan, Reservation
from lending.loans.operations import loans
from tests.factories import staff as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def location():
    point = make.place()
    make.policy(point)
    return point


@pytest.fixture
def lent(location):
    device = make.available(location)
    make.lent(device, make.borrower(location))
    return device


def refused(statement):
    with pytest.raises(IntegrityError), transaction.atomic():
        statement()
    return True


def test_device_has_at_most_one_open_loan(lent, location):
    loan = Loan.objects.get()
    assert refused(
        lambda: Loan.objects.create(
            device=lent, borrower=loan.borrower, policy=loan.policy, due_on=loan.due_on
        )
    )


def test_device_has_at_most_one_open_reservation(location):
    device, someone = make.available(location), make.borrower(location)
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
def test_closed_loan_cannot_change(lent, change):
    loans.check_in(lent)
    assert refused(lambda: Loan.objects.update(**change))


def test_closed_loan_can_lose_its_borrower_but_not_get_another(lent, location):
    loans.check_in(lent)
    assert refused(lambda: Loan.objects.update(borrower=make.borrower(location, "Iemand Anders")))
    Loan.objects.update(borrower=None)
    assert refused(lambda: Loan.objects.update(borrower=make.borrower(location, "Nog Iemand")))


def test_open_loan_has_a_borrower(lent):
    assert refused(lambda: Loan.objects.update(borrower=None))


@pytest.mark.parametrize("change", [{"returned_at": timezone.now()}, {"outcome": "returned"}])
def test_loan_has_outcome_exactly_when_closed(lent, change):
    assert refused(lambda: Loan.objects.update(**change))


def test_signed_agreement_cannot_change(lent):
    agreement = lent.loans.get().agreement
    agreement.data["serial"] = "OTHER"
    assert refused(agreement.save)
