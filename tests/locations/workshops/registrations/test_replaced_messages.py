"""Tests of messages that replace earlier ones that were not delivered."""

from datetime import date, timedelta

import pytest

from home.messages.models import Message
from home.messages.operations import staff_actions
from locations.workshops.models import Session, WorkshopRun
from locations.workshops.operations import registrations, runs
from locations.workshops.operations.notifications import queue_notices
from tests.factories import locations
from tests.factories import registrations as make
from tests.factories.registrations import NOW, START, register

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
WEEK = timedelta(days=7)
TENTH, SEVENTEENTH, TWENTY_FOURTH = "10 December", "17 December", "24 December"


@pytest.fixture
def run():
    return make.run_in_aalst()


@pytest.fixture
def jozef(run):
    return register(run, name="Jozef", phone="0470 12 34 56")


def postpone(run, by=WEEK, now=NOW):
    """Move the whole run by a period."""
    run = WorkshopRun.objects.get(pk=run.pk)
    (session,) = run.sessions.all()
    run.sessions = [
        Session(pk=session.pk, starts_at=session.starts_at + by, ends_at=session.ends_at + by)
    ]
    return runs.update_run(run, now=now)


def cancel(run, now=NOW):
    return runs.cancel_run(run, reason="De lesgever is ziek", now=now)


def reinstate(run, now=NOW):
    return runs.reinstate_run(run, now=now)


def to_say():
    """Return (type, text) of the messages that were not delivered."""
    waiting = Message.objects.filter(state=Message.State.WAITING).order_by("created_at", "kind")
    return [(message.kind.removeprefix("registration_"), message.text) for message in waiting]


def heard():
    """Deliver every message."""
    for message in Message.objects.filter(state=Message.State.WAITING):
        staff_actions.record_call(message, Message.Outcome.REACHED)


def test_second_move_mentions_the_first_date_when_the_first_move_was_not_delivered(run, jozef):
    postpone(run)
    postpone(run, now=NOW + HOUR)
    ((kind, text),) = to_say()
    assert kind == "run_moved"
    assert TENTH in text
    assert TWENTY_FOURTH in text
    assert SEVENTEENTH not in text


def test_second_move_mentions_the_date_of_the_first_when_delivered(run, jozef):
    postpone(run)
    heard()
    postpone(run, now=NOW + HOUR)
    ((kind, text),) = to_say()
    assert kind == "run_moved"
    assert SEVENTEENTH in text
    assert TENTH not in text


def test_undelivered_move_is_replaced_by_a_cancellation(run, jozef):
    """The cancellation mentions the date that Jozef knows, or he comes on that day."""
    postpone(run)
    cancel(run, now=NOW + HOUR)
    ((kind, text),) = to_say()
    assert kind == "run_cancelled"
    assert SEVENTEENTH in text
    assert TENTH in text


def test_reinstatement_is_silent_when_the_cancellation_was_not_delivered(run, jozef):
    cancel(run)
    reinstate(run, now=NOW + HOUR)
    assert to_say() == []


def test_reinstatement_is_announced_when_the_cancellation_was_delivered(run, jozef):
    cancel(run)
    heard()
    reinstate(run, now=NOW + HOUR)
    assert [kind for kind, _text in to_say()] == ["run_reinstated"]


def test_move_is_announced_when_cancelled_and_reinstated_in_between(run, jozef):
    postpone(run)
    cancel(run, now=NOW + HOUR)
    reinstate(run, now=NOW + 2 * HOUR)
    ((kind, text),) = to_say()
    assert kind == "run_moved"
    assert TENTH in text
    assert SEVENTEENTH in text


def test_second_cancellation_replaces_an_undelivered_reinstatement(run, jozef):
    cancel(run)
    heard()
    reinstate(run, now=NOW + HOUR)
    cancel(run, now=NOW + 2 * HOUR)
    assert [kind for kind, _text in to_say()] == ["run_cancelled"]


def test_moved_person_is_not_told_that_the_old_run_is_cancelled(run, jozef):
    other = make.another_run(run, day=date(2026, 12, 24))
    cancel(run)
    registrations.move_registration(jozef, other, user=None, now=NOW + HOUR)
    ((kind, text),) = to_say()
    assert kind == "moved"
    assert TENTH in text
    assert TWENTY_FOURTH in text


def test_move_back_mentions_no_former_date(run, jozef):
    other = make.another_run(run, day=date(2026, 12, 24))
    jozef = registrations.move_registration(jozef, other, user=None, now=NOW)
    registrations.move_registration(jozef, run, user=None, now=NOW + HOUR)
    ((kind, text),) = to_say()
    assert kind == "moved"
    assert TWENTY_FOURTH not in text
    assert text.count(TENTH) == 1


def test_cancelled_person_hears_nothing_of_a_move(run, jozef):
    postpone(run)
    registrations.cancel_registration(jozef, now=NOW + HOUR)
    assert to_say() == []


def test_failed_message_is_settled_when_replaced(run):
    register(run)
    postpone(run)
    moved = Message.objects.filter(kind="registration_run_moved")
    moved.update(state=Message.State.FAILED, last_error="550", next_attempt_at=None)
    cancel(run, now=NOW + HOUR)
    assert moved.get().state == Message.State.DONE


def test_confirmation_is_delivered_before_the_move(run):
    register(run)
    postpone(run, now=NOW + HOUR)
    assert [kind for kind, _text in to_say()] == ["confirmed", "run_moved"]


def test_same_notice_again_replaces_nothing(run, jozef):
    for _time in range(2):
        queue_notices(jozef, "run_moved", once="a", was=START - WEEK)
    assert [kind for kind, _text in to_say()] == ["run_moved"]


def test_waiting_person_hears_only_of_the_cancellation():
    run, (first, _second, waits) = make.full_run()
    registrations.cancel_registration(first, now=NOW)
    cancel(run, now=NOW + HOUR)
    told = Message.objects.filter(about=f"registration:{waits.pk}", state=Message.State.WAITING)
    kinds = told.values_list("kind", flat=True)
    assert set(kinds) == {"registration_waiting", "registration_run_cancelled"}


# What is offered in a run that moves


@pytest.fixture
def offered(called):
    """Return the registration of Jozef with an undelivered offer of two days."""
    Message.objects.exclude(kind="registration_offered").delete()
    return called


@pytest.mark.parametrize(
    ("by", "until"),
    [
        (NOW + 24 * HOUR - START, NOW + 24 * HOUR),
        (NOW + 48 * HOUR - START, NOW + 48 * HOUR),
        (NOW + 49 * HOUR - START, NOW + 48 * HOUR),
    ],
    ids=["before", "at the same moment", "after"],
)
def test_offer_ends_at_the_latest_when_the_run_starts(offered, by, until):
    postpone(offered.run, by, now=NOW + HOUR)
    offered.refresh_from_db()
    assert offered.offered_until == until


def test_offer_is_repeated_with_the_new_date_and_term(offered):
    postpone(offered.run, NOW + 24 * HOUR - START, now=NOW + HOUR)
    said = dict(to_say())
    assert said.keys() == {"offered", "run_moved"}
    assert "Tuesday 24 November at 10" in said["offered"]
    assert TENTH not in said["offered"]


def test_offer_is_repeated_when_only_the_location_changes(offered):
    elsewhere = locations.location("BOR", name="Digipunt Borsbeke")
    run = WorkshopRun.objects.get(pk=offered.run_id)
    run.location = elsewhere
    runs.update_run(run, now=NOW + HOUR)
    said = dict(to_say())
    assert said.keys() == {"offered", "run_moved"}
    assert "Borsbeke" in said["offered"]


def test_new_seats_after_a_move_are_offered_for_the_new_date():
    run, (_first, waits) = make.full_run(1, 1)
    Message.objects.all().delete()
    run = WorkshopRun.objects.get(pk=run.pk)
    run.capacity = 2
    run.sessions = [Session(starts_at=START + WEEK, ends_at=START + WEEK + HOUR)]
    assert runs.update_run(run, now=NOW) == 2
    about = Message.objects.filter(about=f"registration:{waits.pk}").order_by("kind")
    assert [message.kind for message in about] == ["registration_offered", "registration_run_moved"]
    assert all(SEVENTEENTH in message.text for message in about)
    assert all(message.state == Message.State.WAITING for message in about)
