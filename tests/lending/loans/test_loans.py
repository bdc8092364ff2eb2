"""Devices over the desk: who may borrow, until when, and what is written down."""

import uuid
from datetime import date, time, timedelta

import pytest
import time_machine
from django.utils import timezone

from home.messages.models import Message
from lending.core.states import State
from lending.devices.errors import IllegalTransition
from lending.loans import errors
from lending.loans.due_dates import due_date, loan_term
from lending.loans.handover import HANDOVER_POINTS
from lending.loans.models import Agreement, Loan, LoanPolicy
from lending.loans.operations import loans, reservations
from tests.factories import staff as make

pytestmark = pytest.mark.django_db

NOW = "2026-11-25 10:00+01:00"


@pytest.fixture
def location():
    location = make.place()
    make.policy(location)
    return location


@pytest.fixture
def device(location):
    return make.available(location)


@pytest.fixture
def lotte(location):
    return make.borrower(location, "Lotte Demo", email="lotte@digipunt.example")


POINTS = list(HANDOVER_POINTS)


@pytest.mark.parametrize("left_out", POINTS)
def test_check_out_is_refused_while_any_point_is_open(device, lotte, left_out):
    points = [point for point in POINTS if point != left_out]
    with pytest.raises(errors.HandoverIncomplete, match=str(HANDOVER_POINTS[left_out])):
        loans.check_out(device, borrower=lotte, points=points)
    assert not Loan.objects.exists()


def test_check_out_creates_loan_agreement_event_and_message(device, lotte):
    loan = loans.check_out(device, borrower=lotte, points=POINTS)
    device.refresh_from_db()
    assert device.state == State.ON_LOAN
    agreement = Agreement.objects.get(loan=loan)
    assert agreement.data["serial"] == device.serial
    assert agreement.data["accessories"] == "lader, tas"
    event = device.events.first()
    assert (event.kind, event.data) == ("lent", {"loan": loan.pk})
    message = Message.objects.get(kind="loan_started")
    assert (message.channel, message.location_code) == ("mail", device.location.code)
    assert message.language == lotte.language


def test_timeline_contains_no_name(device, lotte):
    loans.check_out(device, borrower=lotte, points=POINTS)
    loans.check_in(device)
    for event in device.events.all():
        assert "Lotte" not in f"{event} {event.reason} {event.data}"


def test_borrower_without_email_is_called(device, location):
    loans.check_out(device, borrower=make.borrower(location, "Jozef Demo"), points=POINTS)
    assert Message.objects.get(kind="loan_started").channel == "phone"


@pytest.mark.parametrize("state", ["ready", "in_transit", "defect"])
def test_device_that_is_not_available_is_not_lent(location, lotte, state):
    device = make.available(location)
    device.state = state
    device.save(update_fields=["state"])
    with pytest.raises(errors.DeviceNotAvailable):
        loans.check_out(device, borrower=lotte, points=POINTS)


@pytest.mark.parametrize(
    ("days", "refused"),
    [(-1, True), (0, False), (1, False)],
    ids=["yesterday", "today", "tomorrow"],
)
def test_borrower_with_overdue_loan_is_refused(location, lotte, days, refused):
    first = loans.check_out(make.available(location), borrower=lotte, points=POINTS)
    Loan.objects.filter(pk=first.pk).update(due_on=timezone.localdate() + timedelta(days=days))
    second = make.available(location)
    if refused:
        with pytest.raises(errors.BorrowerHasOverdueLoan):
            loans.check_out(second, borrower=lotte, points=POINTS)
    else:
        assert loans.check_out(second, borrower=lotte, points=POINTS)


def test_repeated_request_key_returns_the_same_loan(device, lotte):
    key = uuid.uuid4()
    first = loans.check_out(device, borrower=lotte, points=POINTS, request_key=key)
    again = loans.check_out(device, borrower=lotte, points=POINTS, request_key=key)
    assert first == again
    assert Loan.objects.count() == 1


def test_reserved_device_is_lent_only_to_its_borrower(device, lotte, location):
    reservations.reserve(device, borrower=lotte)
    device.refresh_from_db()
    with pytest.raises(errors.ReservedForSomeoneElse):
        loans.check_out(device, borrower=make.borrower(location, "Iemand Anders"), points=POINTS)
    loans.check_out(device, borrower=lotte, points=POINTS)
    assert not device.reservations.open().exists()


def test_policy_of_another_location_is_refused(device, lotte):
    other = make.policy(make.place("BOO", "Boom"))
    with pytest.raises(errors.PolicyOfAnotherLocation):
        loans.check_out(device, borrower=lotte, policy=other, points=POINTS)


def test_check_out_is_refused_when_location_has_no_policy(lotte):
    bare = make.place("ROT", "Rotselaar")
    with pytest.raises(errors.LocationHasNoPolicy):
        loans.check_out(make.available(bare), borrower=lotte, points=POINTS)


def test_due_date_is_refused_when_location_never_lends(lotte):
    closed = make.place("NIE", "Niel", open_days=[])
    make.policy(closed)
    with pytest.raises(errors.NoLendingDay):
        loans.check_out(make.available(closed), borrower=lotte, points=POINTS)


@time_machine.travel(NOW, tick=False)
def test_due_date_is_a_lending_day():
    """24 months after 25 November 2026 is a Saturday; the location lends on Monday 27 November."""
    aalst = make.place("AAX", "Aalst", open_days=[0, 2, 3])
    policy = make.policy(aalst, duration=24, duration_unit="months")
    assert due_date(policy, timezone.localdate()) == date(2028, 11, 27)


@pytest.mark.parametrize(
    ("duration", "unit", "start", "end"),
    [
        (183, "days", date(2026, 11, 24), date(2027, 5, 26)),
        (1, "months", date(2027, 1, 31), date(2027, 2, 28)),
        (12, "months", date(2028, 2, 29), date(2029, 2, 28)),
        (21, "days", date(2026, 10, 10), date(2026, 10, 31)),
    ],
)
def test_term_counts_calendar_days_and_months(duration, unit, start, end):
    assert start + loan_term(LoanPolicy(duration=duration, duration_unit=unit)) == end


def test_due_date_moves_past_a_closed_day(location):
    from locations.opening_hours.models import ClosedDays

    policy = location.loan_policies.get()
    due = due_date(policy, date(2026, 11, 25))
    ClosedDays.objects.create(
        location=location, first_day=due, last_day=due + timedelta(days=2), reason="Verlof"
    )
    assert due_date(policy, date(2026, 11, 25)) == due + timedelta(days=3)


def test_returned_device_is_erased_before_the_next_loan(device, lotte):
    loans.check_out(device, borrower=lotte, points=POINTS)
    loans.check_in(device)
    device.refresh_from_db()
    assert device.state == State.RETURNED
    loan = Loan.objects.get()
    assert (loan.outcome, loan.returned_at is not None) == ("returned", True)
    for target in (State.AVAILABLE, State.READY, State.INSPECTION):
        from lending.devices.operations import devices

        with pytest.raises(IllegalTransition):
            devices.transition_to(device, target)
    assert Message.objects.filter(kind="loan_returned").count() == 1


def test_check_in_is_refused_when_device_is_not_on_loan(device):
    with pytest.raises(errors.DeviceNotOnLoan):
        loans.check_in(device)


@pytest.mark.parametrize("state", [State.LOST, State.STOLEN])
def test_lost_device_closes_its_loan_and_can_be_found_again(device, lotte, state):
    loans.check_out(device, borrower=lotte, points=POINTS)
    loans.report_lost_or_stolen(device, state, reason="Op de trein")
    device.refresh_from_db()
    assert (device.state, device.exited_at is not None) == (state, True)
    assert Loan.objects.get().outcome == state
    loans.check_in(device)
    device.refresh_from_db()
    assert (device.state, device.exited_at) == (State.RETURNED, None)


def test_renewal_extends_the_due_date_as_often_as_the_policy_allows(device, lotte, location):
    location.loan_policies.update(renewals=2)
    loan = loans.check_out(device, borrower=lotte, points=POINTS)
    first = loan.due_on
    for _ in range(2):
        loan = loans.renew(loan)
    assert loan.due_on == first + timedelta(days=366)
    with pytest.raises(errors.NoRenewalsLeft):
        loans.renew(loan)


def test_renewal_of_overdue_loan_counts_from_today(device, lotte):
    loan = loans.check_out(device, borrower=lotte, points=POINTS)
    today = timezone.localdate()
    Loan.objects.filter(pk=loan.pk).update(due_on=today - timedelta(days=30))
    assert loans.renew(loan).due_on == today + timedelta(days=183)


def test_closed_loan_is_not_renewed(device, lotte):
    loan = loans.check_out(device, borrower=lotte, points=POINTS)
    loans.check_in(device)
    with pytest.raises(errors.DeviceNotOnLoan):
        loans.renew(loan)


def test_reservation_lasts_five_lending_days():
    location = make.place("PEP", "Pepingen", open_days=[4])
    make.policy(location)
    with time_machine.travel(NOW, tick=False):
        device, someone = make.available(location), make.borrower(location)
        kept = reservations.reserve(device, borrower=someone)
    assert kept.until == date(2026, 12, 25)


def test_released_device_is_available(device, lotte):
    reservations.reserve(device, borrower=lotte)
    reservations.release(device)
    device.refresh_from_db()
    assert device.state == State.AVAILABLE
    assert not device.reservations.open().exists()


@pytest.mark.parametrize("number", ["85.07.30-033.28", "85073003328"])
def test_national_number_is_refused_in_every_field_of_the_desk(location, number):
    from home.core.personal_data import NationalNumberRefused

    for field in ("name", "phone"):
        with pytest.raises(NationalNumberRefused):
            make.borrower(location, **{"name": "Iemand", field: number})


def test_agreement_is_a_tagged_pdf_with_serial_and_accessories(device, lotte):
    from io import BytesIO

    from pypdf import PdfReader

    from lending.loans.documents import agreement_pdf

    loan = loans.check_out(device, borrower=lotte, points=POINTS)
    reader = PdfReader(BytesIO(agreement_pdf(loan)))
    text = "".join(page.extract_text() for page in reader.pages)
    assert device.serial in text
    assert device.number in text
    assert "tas" in text
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_opening_hours_of_help_are_not_lending_days():
    from locations.opening_hours.models import OpeningRule
    from locations.places.models import Service

    location = make.place("GOO", "Gooik", open_days=[0])
    service, _ = Service.objects.get_or_create(code="help", defaults={"name": "Hulp"})
    OpeningRule.objects.create(
        location=location, service=service, weekday=2, opens=time(9), closes=time(12)
    )
    policy = make.policy(location, duration=7)
    assert due_date(policy, date(2026, 11, 25)) == date(2026, 12, 7)
