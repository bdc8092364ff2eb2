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
    place = staff.place()
    staff.policy(place)
    return place


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
def test_a_code_means_the_same_however_it_is_typed(typed, code):
    assert normalise_code(typed) == code


def test_a_device_and_then_a_card_is_a_hand_over(desk, laptop, lotte):
    assert scan(desk, laptop.number).context["device"] == laptop
    response = scan(desk, lotte.card, device=laptop.number)
    assert response.context["handing_over"]
    assert len(response.context["handover"]) == 9


def test_a_card_and_then_a_device_is_a_hand_over_too(desk, laptop, lotte):
    assert scan(desk, laptop.number, borrower=lotte.card).context["handing_over"]


def test_a_second_card_without_a_device_is_the_next_person(desk, aalst, lotte):
    jozef = staff.borrower(aalst, "Jozef Maes")
    assert scan(desk, jozef.card, borrower=lotte.card).context["borrower"] == jozef


def test_a_person_without_a_card_is_found_by_name(desk, lotte):
    assert scan(desk, "peeters").context["people"] == [lotte]


def test_an_unknown_code_is_answered_with_itself(desk):
    response = scan(desk, "QRX-19")
    assert "QRX-19" in response.context["sentence"]
    assert response.context["tone"] == "bad"


@pytest.mark.parametrize(
    "code", ["\x00", "'", '"', "a" * 10_000, "⁂", "%", "DP-99999999", "-", " "]
)
def test_whatever_is_typed_is_answered(desk, code):
    assert scan(desk, code).status_code == 200


def test_nothing_changes_on_a_get(desk, laptop, lotte):
    scan(desk, "OK", device=laptop.number, borrower=lotte.card, do="check_out")
    assert not Loan.objects.exists()


def test_nothing_leaves_with_an_open_point(desk, laptop, lotte):
    for missing in HANDOVER_POINTS:
        response = lend(desk, laptop, lotte, points=[p for p in HANDOVER_POINTS if p != missing])
        assert response.context["tone"] == "bad"
        assert str(HANDOVER_POINTS[missing]) in response.context["sentence"]
    assert not Loan.objects.exists()


def test_a_device_is_lent_with_every_point_done(desk, laptop, lotte):
    response = lend(desk, laptop, lotte)
    laptop.refresh_from_db()
    assert laptop.state == State.ON_LOAN
    loan = Loan.objects.get()
    assert reverse("loan:agreement", args=[loan.pk]) in response.content.decode()


def test_the_agreement_can_be_printed(desk, laptop, lotte):
    lend(desk, laptop, lotte)
    answer = desk.get(reverse("loan:agreement", args=[Loan.objects.get().pk]))
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")


def test_a_double_click_is_one_loan(desk, laptop, lotte):
    key = uuid.uuid4()
    first, second = lend(desk, laptop, lotte, key=key), lend(desk, laptop, lotte, key=key)
    assert Loan.objects.count() == 1
    assert first.context["sentence"] == second.context["sentence"]


def test_without_a_key_nothing_is_lent(desk, laptop, lotte):
    lend(desk, laptop, lotte, key="x")
    assert not Loan.objects.exists()


def test_who_is_second_hears_why(desk, aalst, laptop, lotte):
    lend(desk, laptop, staff.borrower(aalst, "Jozef Maes"))
    response = lend(desk, laptop, lotte)
    assert laptop.number in response.context["sentence"]
    assert response.context["tone"] == "bad"
    assert Loan.objects.count() == 1


def test_who_has_something_overdue_is_refused_at_the_scan(desk, aalst, laptop, lotte):
    loan = staff.lent(staff.available(aalst), lotte)
    Loan.objects.filter(pk=loan.pk).update(due_on=timezone.localdate() - timezone.timedelta(days=1))
    response = scan(desk, lotte.card, device=laptop.number)
    assert response.context["refused"]
    assert not response.context["handing_over"]


def test_with_several_policies_one_chooses(desk, aalst, laptop, lotte):
    longer = staff.policy(aalst, "Langdurig", duration=24, duration_unit="months", renewals=0)
    response = scan(desk, lotte.card, device=laptop.number)
    assert [policy.name for policy, _due in response.context["terms"]] == ["Standaard", "Langdurig"]
    lend(desk, laptop, lotte, policy=longer.pk)
    assert Loan.objects.get().policy == longer


def test_a_policy_of_another_place_can_not_be_chosen(desk, laptop, lotte):
    other = staff.policy(staff.place("HAL", "Digipunt Halle"), "Elders")
    lend(desk, laptop, lotte, policy=other.pk)
    assert not Loan.objects.exists()


def test_the_due_date_is_shown_before_anything_is_confirmed(desk, laptop, lotte):
    response = scan(desk, lotte.card, device=laptop.number)
    ((_policy, due),) = response.context["terms"]
    lend(desk, laptop, lotte)
    assert Loan.objects.get().due_on == due


def test_a_place_without_a_policy_says_so(client):
    halle = staff.place("HAL", "Digipunt Halle")
    client.force_login(staff.someone("ann", Role.DESK, halle))
    laptop, person = staff.available(halle), staff.borrower(halle)
    response = scan(client, person.card, device=laptop.number)
    assert response.context["tone"] == "bad"
    assert not response.context["terms"]


@pytest.mark.parametrize("allowed", [True, False])
def test_the_ok_card_ticks_the_list_only_where_the_policy_says_so(
    desk, aalst, laptop, lotte, allowed
):
    aalst.loan_policies.update(ok_card=allowed)
    page = scan(desk, lotte.card, device=laptop.number).content.decode()
    assert ("data-confirm-by-card" in page) is allowed
    response = scan(desk, "OK", device=laptop.number, borrower=lotte.card)
    assert response.context["tone"] == "bad"


def test_stop_clears_the_table(desk, laptop, lotte):
    response = scan(desk, "STOP", device=laptop.number, borrower=lotte.card)
    assert response.context["device"] is None
    assert response.context["borrower"] is None


def test_a_device_that_is_back_is_not_lendable(desk, laptop, lotte):
    staff.lent(laptop, lotte)
    press(desk, "check_in", device=laptop.number)
    laptop.refresh_from_db()
    assert laptop.state == State.RETURNED
    assert not scan(desk, laptop.number).context["can_lend"]


def test_a_loan_is_renewed_until_it_can_not_be(desk, laptop, lotte):
    loan = staff.lent(laptop, lotte)
    for _time in range(2):
        assert press(desk, "renew", device=laptop.number).context["tone"] == "good"
    assert press(desk, "renew", device=laptop.number).context["tone"] == "bad"
    loan.refresh_from_db()
    assert loan.renewals == 2


def test_a_device_is_set_aside_and_released(desk, aalst, laptop, lotte):
    press(desk, "set_aside", device=laptop.number, borrower=lotte.card)
    laptop.refresh_from_db()
    assert laptop.state == State.SET_ASIDE
    jozef = staff.borrower(aalst, "Jozef Maes")
    assert scan(desk, jozef.card, device=laptop.number).context["refused"]
    assert scan(desk, lotte.card, device=laptop.number).context["handing_over"]
    press(desk, "release", device=laptop.number)
    laptop.refresh_from_db()
    assert laptop.state == State.AVAILABLE


def test_a_donation_number_goes_to_the_reception(desk, aalst):
    donation = staff.donation(aalst)
    response = scan(desk, donation.number.lower())
    assert response.url == reverse("reception:donation", args=[donation.pk])


def test_what_is_of_another_place_is_as_unknown_as_any(desk, laptop, lotte):
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


def test_a_scan_takes_few_queries(desk, aalst, laptop, lotte, django_assert_max_num_queries):
    desk.get(reverse("desk:index"))
    for code, table, most in [
        (laptop.number, {}, 14),
        (lotte.card, {}, 14),
        (lotte.card, {"device": laptop.number}, 18),
        ("onbekend", {}, 14),
    ]:
        with django_assert_max_num_queries(most):  # 9 of these are the session, user and menu
            scan(desk, code, **table)
