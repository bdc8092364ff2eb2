"""Tests of the messages about a registration."""

from datetime import date, timedelta

import pytest

from home.messages.models import Message
from locations.workshops.operations import registrations, waiting_list
from locations.workshops.operations.notifications import queue_notices
from tests.factories import registrations as make
from tests.factories.registrations import NOW, START, TWO_DAYS, register

pytestmark = pytest.mark.django_db


def said(registration, channel=None):
    """Return the types of the messages to this person, in order."""
    found = Message.objects.filter(about=f"registration:{registration.pk}")
    if channel:
        found = found.filter(channel=channel)
    kinds = found.order_by("created_at", "kind").values_list("kind", flat=True)
    return [kind.removeprefix("registration_") for kind in kinds]


def calls(registration):
    return said(registration, "phone")


def waiting_calls():
    return list(
        Message.objects.waiting_calls(NOW + timedelta(days=30)).values_list("kind", flat=True)
    )


def test_messages_by_mail_from_waiting_to_confirmed():
    run, (first, _second, waits) = make.full_run()
    registrations.cancel_registration(first, now=NOW)
    waiting_list.accept_offer(waits, now=NOW)
    assert said(first) == ["cancelled", "confirmed"]
    assert said(waits) == ["confirmed", "offered", "waiting"]


def test_person_without_email_is_called_about_an_offer_only():
    """Scenario A2: Jozef is on the call list when he gets an offer, not before."""
    run = make.run_in_aalst(1)
    first = register(run, 1)
    jozef = register(run, name="Jozef", phone="0470 12 34 56")
    assert calls(jozef) == []
    registrations.cancel_registration(first, now=NOW)
    (call,) = Message.objects.waiting_calls(NOW)
    assert call.kind == "registration_offered"
    assert (call.recipient_name, call.phone, call.location_code) == (
        "Jozef",
        "0470 12 34 56",
        "AAL",
    )
    for words in ("Itsme installeren", "Wednesday 25 November at 10", "Je bankkaart"):
        assert words in call.text


@pytest.mark.parametrize(
    "answer",
    [
        lambda person: waiting_list.accept_offer(person, now=NOW),
        lambda person: waiting_list.decline_offer(person, now=NOW),
        lambda person: registrations.cancel_registration(person, now=NOW),
    ],
    ids=["yes", "no", "cancelled"],
)
def test_answered_offer_leaves_the_call_list(answer):
    run = make.run_in_aalst(1)
    first = register(run, 1)
    jozef = register(run, name="Jozef", phone="0470 12 34 56")
    registrations.cancel_registration(first, now=NOW)
    answer(jozef)
    assert waiting_calls() == []


def test_expired_offer_replaces_the_undelivered_offer():
    run = make.run_in_aalst(1)
    first = register(run, 1)
    jozef = register(run, name="Jozef", phone="0470 12 34 56")
    registrations.cancel_registration(first, now=NOW)
    waiting_list.expire_offers(NOW + TWO_DAYS)
    waiting_list.expire_offers(NOW + TWO_DAYS)
    assert waiting_calls() == ["registration_offer_expired"]
    assert calls(jozef) == ["offer_expired", "offered"]


def test_move_mentions_both_dates():
    run, (first, _second, _waits) = make.full_run()
    other = make.another_run(run, day=date(2026, 12, 17))
    registrations.move_registration(first, other, user=None, now=NOW)
    text = Message.objects.get(kind="registration_moved").text
    assert "17 December" in text
    assert "10 December" in text
    assert "waiting list" not in text


def test_move_to_a_full_run_mentions_the_waiting_list():
    run, (first, _second, _waits) = make.full_run()
    other = make.another_run(run, day=date(2026, 12, 17), capacity=1)
    register(other, 9)
    registrations.move_registration(first, other, user=None, wait=True, now=NOW)
    assert "waiting list" in Message.objects.get(kind="registration_moved").text


@pytest.mark.parametrize(
    ("once", "count"),
    [(("", ""), 1), (("a", "a"), 1), (("a", "b"), 2)],
    ids=["none", "same", "two"],
)
def test_notice_is_queued_once_per_event(once, count):
    run = make.run_in_aalst()
    person = register(run)
    for key in once:
        queue_notices(person, "run_moved", once=key, was=START - timedelta(days=7))
    assert said(person).count("run_moved") == count


@pytest.mark.parametrize(
    "kind", ["run_cancelled", "run_moved", "run_reinstated", "reminder", "offered", "moved"]
)
def test_changes_are_announced_by_phone_without_email(kind):
    run = make.run_in_aalst()
    person = register(run, phone="0470 12 34 56")
    (message,) = queue_notices(person, kind)
    assert message.channel == "phone"
    assert calls(person) == [kind]


@pytest.mark.parametrize("kind", ["confirmed", "waiting", "cancelled"])
def test_own_actions_are_not_announced_by_phone(kind):
    person = register(make.run_in_aalst(), phone="0470 12 34 56")
    assert queue_notices(person, kind) == []


def test_person_without_contact_gets_no_message():
    person = register(make.run_in_aalst())
    person.email = person.name = ""
    assert queue_notices(person, "run_cancelled") == []


def test_cancelled_run_replaces_the_call_about_an_offer(called):
    queue_notices(called, "run_cancelled")
    assert waiting_calls() == ["registration_run_cancelled"]


def test_move_replaces_the_call_about_the_old_run(called):
    other = make.another_run(called.run, day=date(2026, 12, 17))
    registrations.move_registration(called, other, user=None, now=NOW)
    assert waiting_calls() == ["registration_moved"]


def test_offer_is_repeated_with_the_new_date_when_the_run_moves(called):
    run = called.run
    run.starts_at = START + timedelta(days=7)
    queue_notices(called, "run_moved", was=START)
    assert sorted(waiting_calls()) == ["registration_offered", "registration_run_moved"]
    call = Message.objects.waiting_calls(NOW).get(kind="registration_offered")
    assert "17 December" in call.text


def test_cancellation_mentions_the_reason():
    run = make.run_in_aalst()
    person = register(run)
    run.status, run.cancelled_reason = "cancelled", "De lesgever is ziek"
    person.run = run
    (message,) = queue_notices(person, "run_cancelled")
    assert "De lesgever is ziek" in message.text
    assert "De lesgever is ziek" in message.html


def test_message_lists_every_session_of_a_series():
    from locations.workshops.models import Session

    run = make.run_in_aalst()
    Session.objects.create(
        run=run, starts_at=START + timedelta(days=7), ends_at=START + timedelta(days=7, hours=2)
    )
    run = type(run).objects.get(pk=run.pk)
    run.save()
    register(run)
    message = Message.objects.get()
    for words in ("10 December", "17 December"):
        assert words in message.text
        assert words in message.html


def test_mail_has_the_private_link_and_what_to_bring():
    person = register(make.run_in_aalst())
    message = Message.objects.get()
    for part in (message.text, message.html):
        assert f"/workshops/plaats/{person.secret}/" in part
        assert "Je bankkaart" in part
    assert message.html.count("<h1") == 1


def test_message_is_not_queued_after_a_rollback():
    from locations.workshops.errors import RunFull

    run, (first, _second, _waits) = make.full_run()
    other = make.another_run(run, day=date(2026, 12, 17), capacity=1)
    register(other, 9)
    before = Message.objects.count()
    with pytest.raises(RunFull):
        registrations.move_registration(first, other, user=None, now=NOW)
    assert Message.objects.count() == before
