"""Of what becomes of a place the last word is said, and earlier ones only if they were heard."""

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
    """The whole run so much later."""
    run = WorkshopRun.objects.get(pk=run.pk)
    (lesson,) = run.sessions.all()
    run.sessions = [
        Session(pk=lesson.pk, starts_at=lesson.starts_at + by, ends_at=lesson.ends_at + by)
    ]
    return runs.update_run(run, now=now)


def cancel(run, now=NOW):
    return runs.cancel_run(run, reason="De lesgever is ziek", now=now)


def reinstate(run, now=NOW):
    return runs.reinstate_run(run, now=now)


def to_say():
    """What still has to be said, in any way: kind and text."""
    waiting = Message.objects.filter(state=Message.State.WAITING).order_by("created_at", "kind")
    return [(one.kind.removeprefix("registration_"), one.text) for one in waiting]


def heard():
    """Somebody called about everything."""
    for message in Message.objects.filter(state=Message.State.WAITING):
        staff_actions.record_call(message, Message.Outcome.REACHED)


def test_of_two_moves_that_nobody_heard_the_last_is_told_against_the_first_date(run, jozef):
    postpone(run)
    postpone(run, now=NOW + HOUR)
    ((kind, text),) = to_say()
    assert kind == "run_moved"
    assert TENTH in text
    assert TWENTY_FOURTH in text
    assert SEVENTEENTH not in text


def test_of_two_moves_that_were_heard_the_second_is_told_against_the_first(run, jozef):
    postpone(run)
    heard()
    postpone(run, now=NOW + HOUR)
    ((kind, text),) = to_say()
    assert kind == "run_moved"
    assert SEVENTEENTH in text
    assert TENTH not in text


def test_a_move_that_nobody_heard_is_not_told_of_a_run_that_is_off(run, jozef):
    """And the date that Jozef knows is named, or he comes on that day."""
    postpone(run)
    cancel(run, now=NOW + HOUR)
    ((kind, text),) = to_say()
    assert kind == "run_cancelled"
    assert SEVENTEENTH in text
    assert TENTH in text


def test_that_it_goes_ahead_is_no_news_to_who_never_heard_that_it_would_not(run, jozef):
    cancel(run)
    reinstate(run, now=NOW + HOUR)
    assert to_say() == []


def test_that_it_goes_ahead_is_told_to_who_heard_that_it_would_not(run, jozef):
    cancel(run)
    heard()
    reinstate(run, now=NOW + HOUR)
    assert [kind for kind, _text in to_say()] == ["run_reinstated"]


def test_a_new_date_is_still_told_when_it_was_off_in_between(run, jozef):
    postpone(run)
    cancel(run, now=NOW + HOUR)
    reinstate(run, now=NOW + 2 * HOUR)
    ((kind, text),) = to_say()
    assert kind == "run_moved"
    assert TENTH in text
    assert SEVENTEENTH in text


def test_off_once_more_before_anybody_heard_that_it_goes_ahead(run, jozef):
    cancel(run)
    heard()
    reinstate(run, now=NOW + HOUR)
    cancel(run, now=NOW + 2 * HOUR)
    assert [kind for kind, _text in to_say()] == ["run_cancelled"]


def test_who_comes_on_another_date_hears_no_more_that_the_first_one_is_off(run, jozef):
    other = make.another_run(run, day=date(2026, 12, 24))
    cancel(run)
    registrations.move_registration(jozef, other, user=None, now=NOW + HOUR)
    ((kind, text),) = to_say()
    assert kind == "moved"
    assert TENTH in text
    assert TWENTY_FOURTH in text


def test_who_moved_back_before_anybody_called_is_told_no_date_that_it_was(run, jozef):
    other = make.another_run(run, day=date(2026, 12, 24))
    jozef = registrations.move_registration(jozef, other, user=None, now=NOW)
    registrations.move_registration(jozef, run, user=None, now=NOW + HOUR)
    ((kind, text),) = to_say()
    assert kind == "moved"
    assert TWENTY_FOURTH not in text
    assert text.count(TENTH) == 1


def test_who_does_not_come_any_more_hears_nothing_of_a_move(run, jozef):
    postpone(run)
    registrations.cancel_registration(jozef, now=NOW + HOUR)
    assert to_say() == []


def test_what_a_mail_server_refused_does_not_go_out_again_later(run):
    register(run)
    postpone(run)
    moved = Message.objects.filter(kind="registration_run_moved")
    moved.update(state=Message.State.FAILED, last_error="550", next_attempt_at=None)
    cancel(run, now=NOW + HOUR)
    assert moved.get().state == Message.State.DONE


def test_the_confirmation_is_said_before_the_move_also_when_both_wait(run):
    register(run)
    postpone(run, now=NOW + HOUR)
    assert [kind for kind, _text in to_say()] == ["confirmed", "run_moved"]


def test_saying_the_same_again_takes_nothing_back(run, jozef):
    for _time in range(2):
        queue_notices(jozef, "run_moved", once="a", was=START - WEEK)
    assert [kind for kind, _text in to_say()] == ["run_moved"]


def test_who_waits_hears_that_a_run_is_off_and_of_nothing_else():
    run, (first, _second, waits) = make.full_run()
    registrations.cancel_registration(first, now=NOW)
    cancel(run, now=NOW + HOUR)
    told = Message.objects.filter(about=f"registration:{waits.pk}", state=Message.State.WAITING)
    kinds = told.values_list("kind", flat=True)
    assert set(kinds) == {"registration_waiting", "registration_run_cancelled"}


# What is offered in a run that moves


@pytest.fixture
def offered(called):
    """Jozef, and nothing to say but that offer, which stands for two days."""
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
def test_an_offer_never_stands_longer_than_until_the_start(offered, by, until):
    postpone(offered.run, by, now=NOW + HOUR)
    offered.refresh_from_db()
    assert offered.offered_until == until


def test_an_offer_is_made_again_with_the_new_date_and_the_new_moment_to_answer(offered):
    postpone(offered.run, NOW + 24 * HOUR - START, now=NOW + HOUR)
    said = dict(to_say())
    assert said.keys() == {"offered", "run_moved"}
    assert "Tuesday 24 November at 10" in said["offered"]
    assert TENTH not in said["offered"]


def test_an_offer_in_a_run_that_changes_nothing_but_its_place_is_made_again(offered):
    elsewhere = locations.location("BOR", name="Digipunt Borsbeke")
    run = WorkshopRun.objects.get(pk=offered.run_id)
    run.location = elsewhere
    runs.update_run(run, now=NOW + HOUR)
    said = dict(to_say())
    assert said.keys() == {"offered", "run_moved"}
    assert "Borsbeke" in said["offered"]


def test_more_seats_on_another_date_are_offered_for_that_date():
    run, (_first, waits) = make.full_run(1, 1)
    Message.objects.all().delete()
    run = WorkshopRun.objects.get(pk=run.pk)
    run.capacity = 2
    run.sessions = [Session(starts_at=START + WEEK, ends_at=START + WEEK + HOUR)]
    assert runs.update_run(run, now=NOW) == 2
    about = Message.objects.filter(about=f"registration:{waits.pk}").order_by("kind")
    assert [one.kind for one in about] == ["registration_offered", "registration_run_moved"]
    assert all(SEVENTEENTH in one.text for one in about)
    assert all(one.state == Message.State.WAITING for one in about)
