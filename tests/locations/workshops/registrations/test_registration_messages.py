"""Everybody hears it once, by mail or by a call; who told us so is not called about it."""

from datetime import date, timedelta

import pytest

from home.messages.models import Message
from locations.workshops.operations import registrations, waiting_list
from locations.workshops.operations.notifications import queue_notices
from tests.factories import registrations as make
from tests.factories.registrations import NOW, START, TWO_DAYS, register

pytestmark = pytest.mark.django_db


def said(registration, channel=None):
    """The kinds of what was said to this person, in their order."""
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


def test_the_whole_way_by_mail():
    run, (first, _second, waits) = make.full_run()
    registrations.cancel_registration(first, now=NOW)
    waiting_list.accept_offer(waits, now=NOW)
    assert said(first) == ["cancelled", "confirmed"]
    assert said(waits) == ["confirmed", "offered", "waiting"]


def test_who_has_a_telephone_only_is_called_about_an_offer_and_nothing_else():
    """Scenario A2: Jozef stands on the list of people to call when it is his turn, not before."""
    run = make.run_in_aalst(1)
    first = register(run, 1)
    jozef = register(run, name="Jozef", phone="0470 12 34 56")
    assert calls(jozef) == []
    registrations.cancel_registration(first, now=NOW)
    (call,) = Message.objects.waiting_calls(NOW)
    assert call.kind == "registration_offered"
    assert (call.recipient_name, call.phone, call.place) == ("Jozef", "0470 12 34 56", "AAL")
    for words in ("Itsme installeren", "Wednesday 25 November at 10", "Je bankkaart"):
        assert words in call.text


@pytest.mark.parametrize(
    "answer",
    [
        lambda one: waiting_list.accept_offer(one, now=NOW),
        lambda one: waiting_list.decline_offer(one, now=NOW),
        lambda one: registrations.cancel_registration(one, now=NOW),
    ],
    ids=["yes", "no", "cancelled"],
)
def test_who_answered_needs_no_call_any_more(answer):
    run = make.run_in_aalst(1)
    first = register(run, 1)
    jozef = register(run, name="Jozef", phone="0470 12 34 56")
    registrations.cancel_registration(first, now=NOW)
    answer(jozef)
    assert waiting_calls() == []


def test_who_did_not_answer_in_time_hears_that_and_not_the_offer():
    run = make.run_in_aalst(1)
    first = register(run, 1)
    jozef = register(run, name="Jozef", phone="0470 12 34 56")
    registrations.cancel_registration(first, now=NOW)
    waiting_list.expire_offers(NOW + TWO_DAYS)
    waiting_list.expire_offers(NOW + TWO_DAYS)
    assert waiting_calls() == ["registration_offer_expired"]
    assert calls(jozef) == ["offer_expired", "offered"]


def test_moving_is_said_with_both_dates():
    run, (first, _second, _waits) = make.full_run()
    other = make.another_run(run, day=date(2026, 12, 17))
    registrations.move_registration(first, other, user=None, now=NOW)
    text = Message.objects.get(kind="registration_moved").text
    assert "17 December" in text
    assert "10 December" in text
    assert "waiting list" not in text


def test_moving_to_a_full_date_says_that_one_waits_there():
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
def test_the_same_is_said_once_unless_it_happened_twice(once, count):
    run = make.run_in_aalst()
    one = register(run)
    for key in once:
        queue_notices(one, "run_moved", once=key, was=START - timedelta(days=7))
    assert said(one).count("run_moved") == count


@pytest.mark.parametrize(
    "kind", ["run_cancelled", "run_moved", "run_reinstated", "reminder", "offered", "moved"]
)
def test_what_changes_for_people_is_told_by_phone_too(kind):
    run = make.run_in_aalst()
    one = register(run, phone="0470 12 34 56")
    (message,) = queue_notices(one, kind)
    assert message.channel == "phone"
    assert calls(one) == [kind]


@pytest.mark.parametrize("kind", ["confirmed", "waiting", "cancelled"])
def test_nobody_is_called_about_what_they_just_did(kind):
    one = register(make.run_in_aalst(), phone="0470 12 34 56")
    assert queue_notices(one, kind) == []


def test_nobody_without_a_number_or_address_is_told_anything():
    one = register(make.run_in_aalst())
    one.email = one.name = ""
    assert queue_notices(one, "run_cancelled") == []


def test_of_a_run_that_is_off_nobody_is_called_about_a_place(called):
    queue_notices(called, "run_cancelled")
    assert waiting_calls() == ["registration_run_cancelled"]


def test_who_is_moved_is_not_called_about_the_old_date(called):
    other = make.another_run(called.run, day=date(2026, 12, 17))
    registrations.move_registration(called, other, user=None, now=NOW)
    assert waiting_calls() == ["registration_moved"]


def test_an_offer_in_a_run_that_moved_is_made_with_the_new_date(called):
    run = called.run
    run.starts_at = START + timedelta(days=7)
    queue_notices(called, "run_moved", was=START)
    assert sorted(waiting_calls()) == ["registration_offered", "registration_run_moved"]
    call = Message.objects.waiting_calls(NOW).get(kind="registration_offered")
    assert "17 December" in call.text


def test_why_a_run_is_cancelled_is_said():
    run = make.run_in_aalst()
    one = register(run)
    run.status, run.cancelled_reason = "cancelled", "De lesgever is ziek"
    one.run = run
    (message,) = queue_notices(one, "run_cancelled")
    assert "De lesgever is ziek" in message.text
    assert "De lesgever is ziek" in message.html


def test_a_series_says_every_lesson():
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


def test_the_link_opens_the_persons_own_page_and_the_mail_brings_what_to_bring():
    one = register(make.run_in_aalst())
    message = Message.objects.get()
    for part in (message.text, message.html):
        assert f"/workshops/plaats/{one.secret}/" in part
        assert "Je bankkaart" in part
    assert message.html.count("<h1") == 1


def test_what_is_undone_is_not_said():
    from locations.workshops.errors import RunFull

    run, (first, _second, _waits) = make.full_run()
    other = make.another_run(run, day=date(2026, 12, 17), capacity=1)
    register(other, 9)
    before = Message.objects.count()
    with pytest.raises(RunFull):
        registrations.move_registration(first, other, user=None, now=NOW)
    assert Message.objects.count() == before
