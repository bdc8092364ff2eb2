"""Check out, renew and check in devices."""

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format

from home.messages.operations.queue import Recipient, queue_message
from lending.core.states import State
from lending.devices.models import DeviceEvent
from lending.devices.operations.devices import apply_transition, lock_device, log_event
from lending.loans.due_dates import due_date
from lending.loans.errors import (
    BorrowerHasOverdueLoan,
    DeviceNotAvailable,
    DeviceNotOnLoan,
    HandoverIncomplete,
    LocationHasNoPolicy,
    NoRenewalsLeft,
    PolicyOfAnotherLocation,
    ReservedForSomeoneElse,
)
from lending.loans.handover import HANDOVER_POINTS
from lending.loans.models import Agreement, Loan, LoanPolicy


def find_refusal(borrower, device=None):
    """Return the LendingError for which this borrower cannot borrow now, or None."""
    overdue_loan = borrower.loans.overdue().select_related("device", "borrower").first()
    if overdue_loan:
        return BorrowerHasOverdueLoan(overdue_loan)
    if device is not None and device.state == State.SET_ASIDE:
        reservation = device.reservations.open().first()
        if reservation and reservation.borrower_id != borrower.pk:
            return ReservedForSomeoneElse(device)
    return None


def choose_policy(device, policy=None):
    """Return the given policy, or the first active one of the location of the device.

    Raise PolicyOfAnotherLocation if the policy belongs to another location or is no longer in
    use, and LocationHasNoPolicy if the location has none.
    """
    if policy is not None:
        if policy.location_id != device.location_id or not policy.active:
            raise PolicyOfAnotherLocation
        return policy
    policies = LoanPolicy.objects.active().filter(location=device.location_id)
    policy = policies.order_by("pk").first()
    if policy is None:
        raise LocationHasNoPolicy(device.location)
    return policy


@transaction.atomic
def check_out(device, *, borrower, policy=None, points=(), user=None, request_key=None):
    """Lend the device to the borrower and return the loan.

    Every point of the hand-over must be completed. A form that is submitted twice has the same
    `request_key` (a UUID) and returns the same loan. Raise DeviceNotAvailable if the device is not
    available once it is locked.
    """
    if open_points := [label for code, label in HANDOVER_POINTS.items() if code not in points]:
        raise HandoverIncomplete(open_points)
    device = lock_device(device)
    if request_key and (loan := Loan.objects.filter(request_key=request_key).first()):
        return loan
    if device.state not in (State.AVAILABLE, State.SET_ASIDE):
        raise DeviceNotAvailable(device)
    if refusal := find_refusal(borrower, device):
        raise refusal
    policy = choose_policy(device, policy)
    policy.location = device.location
    loan = Loan.objects.create(
        device=device,
        borrower=borrower,
        policy=policy,
        due_on=due_date(policy, timezone.localdate()),
        request_key=request_key,
    )
    apply_transition(device, State.ON_LOAN, kind=DeviceEvent.Kind.LENT, user=user, loan=loan.pk)
    create_agreement(loan, points=points, user=user)
    queue_message(
        "loan_started",
        to=Recipient(borrower.name, borrower.email, borrower.phone, borrower.language),
        context={
            "device": str(device.model),
            "number": device.number,
            "due": date_format(loan.due_on, "l j F Y"),
            "place": device.location.name,
            "accessories": device.accessories,
        },
        key=f"loan_started:{loan.pk}",
        about=f"loan:{loan.pk}",
        location_code=device.location.code,
    )
    return loan


def create_agreement(loan, *, points, user):
    """Store what was agreed, as it is at this moment: device, due date and version of the terms."""
    device, policy = loan.device, loan.policy
    return Agreement.objects.create(
        loan=loan,
        version=policy.terms_version,
        language=loan.borrower.language,
        staff=user,
        signed_at=loan.lent_at,
        data={
            "device": str(device.model),
            "type": device.model.type.name,
            "number": device.number,
            "serial": device.serial,
            "accessories": device.accessories,
            "due_on": loan.due_on.isoformat(),
            "deposit": str(policy.deposit),
            "training": policy.training_required,
            "place": device.location.name,
            "points": [code for code in HANDOVER_POINTS if code in points],
        },
    )


def close_loan(device, state, outcome, *, user, reason):
    """Close the open loan of a locked device, change the device's state and return the loan."""
    loan = device.loans.open().select_for_update().first()
    if loan is None:
        raise DeviceNotOnLoan(device)
    loan.returned_at, loan.outcome = timezone.now(), outcome
    loan.save(update_fields=["returned_at", "outcome"])
    kind = DeviceEvent.Kind.RETURNED if state == State.RETURNED else DeviceEvent.Kind.MOVED
    apply_transition(device, state, kind=kind, user=user, reason=reason, loan=loan.pk)
    return loan


@transaction.atomic
def check_in(device, *, user=None, reason=""):
    """Take the device back; it is erased and inspected before it is available again."""
    device = lock_device(device)
    if device.state in (State.LOST, State.STOLEN):
        return apply_transition(device, State.RETURNED, user=user, reason=reason)
    if device.state != State.ON_LOAN:
        raise DeviceNotOnLoan(device)
    loan = close_loan(device, State.RETURNED, Loan.Outcome.RETURNED, user=user, reason=reason)
    borrower = loan.borrower
    queue_message(
        "loan_returned",
        to=Recipient(borrower.name, borrower.email, borrower.phone, borrower.language),
        context={"device": str(device.model), "place": device.location.name},
        key=f"loan_returned:{loan.pk}",
        about=f"loan:{loan.pk}",
        location_code=device.location.code,
    )
    return device


@transaction.atomic
def report_lost_or_stolen(device, state, *, reason, user=None):
    """Close the loan of a device that its borrower lost, or that was stolen from them."""
    device = lock_device(device)
    close_loan(device, State(state), Loan.Outcome(state), user=user, reason=reason)
    return device


@transaction.atomic
def renew(loan, *, user=None):
    """Extend the loan by the term of its policy, from the due date or today if that is later."""
    device = lock_device(loan.device)
    loan = Loan.objects.select_for_update(of=("self",)).select_related("policy").get(pk=loan.pk)
    loan.device = device
    if loan.returned_at:
        raise DeviceNotOnLoan(device)
    if loan.renewals >= loan.policy.renewals:
        raise NoRenewalsLeft(loan)
    loan.policy.location = device.location
    start = max(loan.due_on, timezone.localdate())
    loan.due_on, loan.renewals = due_date(loan.policy, start), loan.renewals + 1
    loan.save(update_fields=["due_on", "renewals"])
    log_event(
        device, DeviceEvent.Kind.RENEWED, user=user, loan=loan.pk, due=loan.due_on.isoformat()
    )
    return loan
