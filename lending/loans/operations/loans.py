"""Devices over the desk: out on loan, renewed, and back."""

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from home.messages.operations.queue import Recipient, queue_message
from lending.core.states import State
from lending.devices.models import DeviceEvent
from lending.devices.operations.devices import apply_transition, lock_device, log_event
from lending.loans.due_dates import due_on
from lending.loans.errors import (
    HasOverdueLoan,
    NoPolicy,
    NoRenewalsLeft,
    NotFree,
    NotOnLoan,
    OpenPoints,
    SetAsideForSomeoneElse,
    WrongPolicy,
)
from lending.loans.models import Agreement, Loan, LoanPolicy

# What the person at the desk has done before a device leaves; the code is what the form posts.
HANDOVER = {
    "terms": _("Conditions are fulfilled"),
    "identity": _("Identity card seen"),
    "explained": _("Device explained"),
    "signed": _("Agreement signed"),
    "accessories": _("Accessories counted"),
    "number": _("Inventory number is the scanned one"),
    "due": _("Due date told"),
    "files": _("Told what happens with their files"),
    "help": _("Told where to get help"),
}


def refusal(borrower, device=None):
    """Why this person can not borrow now, or None; the desk asks before anyone ticks a list."""
    late = borrower.loans.overdue().select_related("device", "borrower").first()
    if late:
        return HasOverdueLoan(late)
    if device is not None and device.state == State.SET_ASIDE:
        kept = device.reservations.open().first()
        if kept and kept.borrower_id != borrower.pk:
            return SetAsideForSomeoneElse(device)
    return None


def policy_for(device, policy=None):
    """The policy of the device's place: the one that was chosen, or the only or first one."""
    if policy is not None:
        if policy.location_id != device.location_id or not policy.active:
            raise WrongPolicy
        return policy
    first = LoanPolicy.objects.active().filter(location=device.location_id).order_by("pk").first()
    if first is None:
        raise NoPolicy(device.location)
    return first


@transaction.atomic
def check_out(device, *, borrower, policy=None, points=(), user=None, request_key=None):
    """Lend the device, locking it so that no one else can at the same moment.

    Every point of the hand-over must be done. `request_key` (UUID) makes a form that is sent
    twice one loan: the second time answers with the first loan.
    """
    if open_points := [label for code, label in HANDOVER.items() if code not in points]:
        raise OpenPoints(open_points)
    device = lock_device(device)
    if request_key and (before := Loan.objects.filter(request_key=request_key).first()):
        return before
    if device.state not in (State.AVAILABLE, State.SET_ASIDE):
        raise NotFree(device)
    if refused := refusal(borrower, device):
        raise refused
    policy = policy_for(device, policy)
    policy.location = device.location
    loan = Loan.objects.create(
        device=device,
        borrower=borrower,
        policy=policy,
        due_on=due_on(policy, timezone.localdate()),
        request_key=request_key,
    )
    apply_transition(device, State.ON_LOAN, kind=DeviceEvent.Kind.LENT, user=user, loan=loan.pk)
    sign(loan, points=points, user=user)
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


def sign(loan, *, points, user):
    """Keep what was agreed, as it was at that moment: the device, the term, the words' version."""
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
            "points": [code for code in HANDOVER if code in points],
        },
    )


def close(device, state, outcome, *, user, reason):
    """End the open loan of a locked device and move the device on."""
    loan = device.loans.open().select_for_update().first()
    if loan is None:
        raise NotOnLoan(device)
    loan.returned_at, loan.outcome = timezone.now(), outcome
    loan.save(update_fields=["returned_at", "outcome"])
    kind = DeviceEvent.Kind.RETURNED if state == State.RETURNED else DeviceEvent.Kind.MOVED
    apply_transition(device, state, kind=kind, user=user, reason=reason, loan=loan.pk)
    return loan


@transaction.atomic
def check_in(device, *, user=None, reason=""):
    """Take the device back; it is checked and erased again before anybody else gets it."""
    device = lock_device(device)
    if device.state in (State.LOST, State.STOLEN):
        return apply_transition(device, State.RETURNED, user=user, reason=reason)
    if device.state != State.ON_LOAN:
        raise NotOnLoan(device)
    loan = close(device, State.RETURNED, Loan.Outcome.RETURNED, user=user, reason=reason)
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
def report_gone(device, state, *, reason, user=None):
    """A borrower's device is lost or stolen: the loan ends, the device leaves the stock."""
    device = lock_device(device)
    close(device, State(state), Loan.Outcome(state), user=user, reason=reason)
    return device


@transaction.atomic
def renew(loan, *, user=None):
    """Move the due date on by the policy's term, counted from the due date or today if later."""
    device = lock_device(loan.device)
    loan = Loan.objects.select_for_update(of=("self",)).select_related("policy").get(pk=loan.pk)
    loan.device = device
    if loan.returned_at:
        raise NotOnLoan(device)
    if loan.renewals >= loan.policy.renewals:
        raise NoRenewalsLeft(loan)
    loan.policy.location = device.location
    start = max(loan.due_on, timezone.localdate())
    loan.due_on, loan.renewals = due_on(loan.policy, start), loan.renewals + 1
    loan.save(update_fields=["due_on", "renewals"])
    log_event(
        device, DeviceEvent.Kind.RENEWED, user=user, loan=loan.pk, due=loan.due_on.isoformat()
    )
    return loan
