"""What the desk does with what is scanned, typed and pressed."""

import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from home.core.roles import Role
from lending.core.barcodes import normalise_code
from lending.core.states import State
from lending.loans.handover import HANDOVER_POINTS
from lending.loans.models import Loan
from tests.factories import staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def aalst():
    location = staff.place()
    staff.policy(location)
    return location


@pytest.fixture
def desk(client, aalst):
    client.force_login(staff.someone("tom", Role.DESK, aalst))
    return client


@pytest.fixture
def laptop(aalst):
    return staff.available(aalst)


@pytest.fixture
def lotte(aalst):
    return staff.borrower(aalst)


def scan(client, code, **table):
    return client.get(reverse("desk:index"), {"code": code, **table})


def press(client, do, **data):
    return client.post(reverse("desk:index"), {"do": do, **data}, follow=True)


def lend(client, device, borrower, *, points=tuple(HANDOVER_POINTS), key=None, **more):
    return press(
        client,
        "check_out",
        device=device.number,
        borrower=borrower.card,
        points=list(points),
        key=key or uuid.uuid4(),
        **more,
    )


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("DP-00071", "DP-00071"),
        (" dp71 ", "DP-00071"),
        ("71", "DP-00071"),
        ("dp)àààè&", "DP-00071"),
        ("HTTPS://DIGI.EXAMPLE/T/DP-00071", "DP-00071"),
        ("https://digi.example/t/DP-00071/", "DP-00071"),
        ("DP-123456", "DP-123456"),
        ("s20261", "S-2026-0001"),
        ("S-2026-12345", "S-2026-12345"),
        ("l)àààé", "L-00002"),
        ("l12", "L-00012"),
        ("ok", "OK"),
        ("stop", "STOP"),
        ("\x00", ""),
        ("Lotte", "LOTTE"),
    ],
)
def test_code_is_normalised(typed, code):
    assert normalise_code(typed) == code


def test_device_followed_by_card_opens_handover(desk, laptop, lotte):
    assert scan(desk, laptop.number).context["device"] == laptop
    response = scan(desk, lotte.card, device=laptop.number)
    assert response.context["handing_over"]
    assert len(response.context["handover"]) == 9


def test_card_followed_by_device_opens_handover(desk, laptop, lotte):
    assert scan(desk, laptop.number, borrower=lotte.card).context["handing_over"]


def test_second_card_replaces_borrower_when_no_device_waits(desk, aalst, lotte):
    jozef = staff.borrower(aalst, "Jozef Maes")
    assert scan(desk, jozef.card, borrower=lotte.card).context["borrower"] == jozef


def test_borrower_without_card_is_found_by_name(desk, lotte):
    assert scan(desk, "peeters").context["people"] == [lotte]


def test_unknown_code_is_shown_in_the_message(desk):
    response = scan(desk, "QRX-19")
    assert "QRX-19" in response.context["sentence"]
    assert response.context["tone"] == "bad"


@pytest.mark.parametrize(
    "code", ["\x00", "'", '"', "a" * 10_000, "⁂", "%", "DP-99999999", "-", " "]
)
def test_any_input_gets_an_answer(desk, code):
    assert scan(desk, code).status_code == 200


def test_get_changes_nothing(desk, laptop, lotte):
    scan(desk, "OK", device=laptop.number, borrower=lotte.card, do="check_out")
    assert not Loan.objects.exists()


def test_check_out_is_refused_while_a_point_is_open(desk, laptop, lotte):
    for missing in HANDOVER_POINTS:
        response = lend(desk, laptop, lotte, points=[p for p in HANDOVER_POINTS if p != missing])
        assert response.context["tone"] == "bad"
        assert str(HANDOVER_POINTS[missing]) in response.context["sentence"]
    assert not Loan.objects.exists()


def test_check_out_succeeds_when_every_point_is_completed(desk, laptop, lotte):
    response = lend(desk, laptop, lotte)
    laptop.refresh_from_db()
    assert laptop.state == State.ON_LOAN
    loan = Loan.objects.get()
    assert reverse("loan:agreement", args=[loan.pk]) in response.content.decode()


def test_agreement_can_be_printed(desk, laptop, lotte):
    lend(desk, laptop, lotte)
    answer = desk.get(reverse("loan:agreement", args=[Loan.objects.get().pk]))
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")


def test_form_submitted_twice_creates_one_loan(desk, laptop, lotte):
    key = uuid.uuid4()
    first, second = lend(desk, laptop, lotte, key=key), lend(desk, laptop, lotte, key=key)
    assert Loan.objects.count() == 1
    assert first.context["sentence"] == second.context["sentence"]


def test_check_out_is_refused_without_request_key(desk, laptop, lotte):
    lend(desk, laptop, lotte, key="x")
    assert not Loan.objects.exists()


def test_second_desk_gets_the_reason_for_the_refusal(desk, aalst, laptop, lotte):
    lend(desk, laptop, staff.borrower(aalst, "Jozef Maes"))
    response = lend(desk, laptop, lotte)
    assert laptop.number in response.context["sentence"]
    assert response.context["tone"] == "bad"
    assert Loan.objects.count() == 1


def test_borrower_with_overdue_loan_is_refused_at_the_scan(desk, aalst, laptop, lotte):
    loan = staff.lent(staff.available(aalst), lotte)
    Loan.objects.filter(pk=loan.pk).update(due_on=timezone.localdate() - timezone.timedelta(days=1))
    response = scan(desk, lotte.card, device=laptop.number)
    assert response.context["refused"]
    assert not response.context["handing_over"]


def test_policy_is_chosen_when_there_are_several(desk, aalst, laptop, lotte):
    longer = staff.policy(aalst, "Langdurig", duration=24, duration_unit="months", renewals=0)
    response = scan(desk, lotte.card, device=laptop.number)
    assert [policy.name for policy, _due in response.context["terms"]] == ["Standaard", "Langdurig"]
    lend(desk, laptop, lotte, policy=longer.pk)
    assert Loan.objects.get().policy == longer


def test_policy_of_another_location_cannot_be_chosen(desk, laptop, lotte):
    other = staff.policy(staff.place("HAL", "Digipunt Halle"), "Elders")
    lend(desk, laptop, lotte, policy=other.pk)
    assert not Loan.objects.exists()


def test_due_date_is_shown_before_confirmation(desk, laptop, lotte):
    response = scan(desk, lotte.card, device=laptop.number)
    ((_policy, due),) = response.context["terms"]
    lend(desk, laptop, lotte)
    assert Loan.objects.get().due_on == due


def test_message_is_shown_when_location_has_no_policy(client):
    halle = staff.place("HAL", "Digipunt Halle")
    client.force_login(staff.someone("ann", Role.DESK, halle))
    laptop, person = staff.available(halle), staff.borrower(halle)
    response = scan(client, person.card, device=laptop.number)
    assert response.context["tone"] == "bad"
    assert not response.context["terms"]


@pytest.mark.parametrize("allowed", [True, False])
def test_ok_card_ticks_the_list_only_where_the_policy_allows_it(
    desk, aalst, laptop, lotte, allowed
):
    aalst.loan_policies.update(ok_card=allowed)
    page = scan(desk, lotte.card, device=laptop.number).content.decode()
    assert ("data-confirm-by-card" in page) is allowed
    response = scan(desk, "OK", device=laptop.number, borrower=lotte.card)
    assert response.context["tone"] == "bad"


def test_start_again_code_clears_the_desk(desk, laptop, lotte):
    response = scan(desk, "STOP", device=laptop.number, borrower=lotte.card)
    assert response.context["device"] is None
    assert response.context["borrower"] is None


def test_returned_device_cannot_be_lent(desk, laptop, lotte):
    staff.lent(laptop, lotte)
    press(desk, "check_in", device=laptop.number)
    laptop.refresh_from_db()
    assert laptop.state == State.RETURNED
    assert not scan(desk, laptop.number).context["can_lend"]


def test_renewal_is_offered_until_none_is_left(desk, laptop, lotte):
    loan = staff.lent(laptop, lotte)
    for _time in range(2):
        assert press(desk, "renew", device=laptop.number).context["tone"] == "good"
    assert press(desk, "renew", device=laptop.number).context["tone"] == "bad"
    loan.refresh_from_db()
    assert loan.renewals == 2


def test_device_is_reserved_and_released(desk, aalst, laptop, lotte):
    press(desk, "set_aside", device=laptop.number, borrower=lotte.card)
    laptop.refresh_from_db()
    assert laptop.state == State.SET_ASIDE
    jozef = staff.borrower(aalst, "Jozef Maes")
    assert scan(desk, jozef.card, device=laptop.number).context["refused"]
    assert scan(desk, lotte.card, device=laptop.number).context["handing_over"]
    press(desk, "release", device=laptop.number)
    laptop.refresh_from_db()
    assert laptop.state == State.AVAILABLE


def test_donation_number_opens_the_reception(desk, aalst):
    donation = staff.donation(aalst)
    response = scan(desk, donation.number.lower())
    assert response.url == reverse("reception:donation", args=[donation.pk])


def test_code_of_another_location_is_unknown(desk, laptop, lotte):
    halle = staff.place("HAL", "Digipunt Halle")
    staff.policy(halle)
    device, person = staff.available(halle), staff.borrower(halle, "Kanarie Geheim")
    donation = staff.donation(halle, name="Kanarie Geheim")
    for code in (device.number, person.card, donation.number, "kanarie"):
        response = scan(desk, code)
        assert response.context["tone"] == "bad"
        assert "Kanarie" not in response.content.decode()
    lend(desk, device, lotte)
    lend(desk, laptop, person)
    press(desk, "set_aside", device=device.number, borrower=lotte.card)
    device.refresh_from_db()
    assert device.state == State.AVAILABLE
    assert not Loan.objects.exists()


def test_scan_query_count(desk, aalst, laptop, lotte, django_assert_max_num_queries):
    desk.get(reverse("desk:index"))
    for code, table, most in [
        (laptop.number, {}, 14),
        (lotte.card, {}, 14),
        (lotte.card, {"device": laptop.number}, 18),
        ("onbekend", {}, 14),
    ]:
        with django_assert_max_num_queries(most):  # 9 of these are the session, user and menu
            scan(desk, code, **table)
