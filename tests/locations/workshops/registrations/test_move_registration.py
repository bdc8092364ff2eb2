"""Tests of moves to another run and of changes of the capacity."""

from datetime import date, timedelta

import pytest

from home.messages.models import Message
from locations.workshops.errors import (
    AlreadyEnded,
    AlreadyRegistered,
    CapacityBelowSeats,
    CapacityTooLow,
    DropInOnly,
    RunCancelled,
    RunFull,
    RunStarted,
    SameRun,
)
from locations.workshops.models import Attendance, WorkshopRun
from locations.workshops.operations import registrations
from tests.factories import registrations as make
from tests.factories.registrations import NOW, START, TWO_DAYS, State, register

pytestmark = pytest.mark.django_db
NEXT_WEEK = date(2026, 12, 17)


def move(registration, run, **fields):
    return registrations.move_registration(registration, run, user=None, **{"now": NOW} | fields)


def test_move_keeps_the_link_and_offers_the_seat():
    run, (first, second, waits) = make.full_run()
    other = make.another_run(run, day=NEXT_WEEK)
    moved = move(first, other)
    assert (moved.pk, moved.secret, moved.run, moved.seat) == (first.pk, first.secret, other, 1)
    assert make.reload_states(waits) == [State.OFFERED]
    assert waits.seat == 1


def test_each_move_is_announced():
    run, (first, *_others) = make.full_run(2, 0)
    other = make.another_run(run, day=NEXT_WEEK)
    for number, to_run in enumerate((other, run, other)):
        first = move(first, to_run, now=NOW + timedelta(minutes=number))
    assert Message.objects.filter(kind="registration_moved").count() == 3


def test_waiting_person_gets_a_seat_in_the_other_run():
    run, (_first, _second, waits) = make.full_run()
    moved = move(waits, make.another_run(run, day=NEXT_WEEK))
    assert (moved.state, moved.seat, moved.position) == (State.REGISTERED, 1, None)


def test_offered_seat_goes_to_the_next_person_after_a_move():
    run, (first, _second, waits, then) = make.full_run(2, 2)
    registrations.cancel_registration(first, now=NOW)
    moved = move(waits, make.another_run(run, day=NEXT_WEEK))
    assert (moved.state, moved.offered_until) == (State.REGISTERED, None)
    assert make.reload_states(then) == [State.OFFERED]


def test_move_to_a_full_run_is_refused_and_changes_nothing():
    run, (first, _second, waits) = make.full_run()
    other = make.another_run(run, day=NEXT_WEEK, capacity=1)
    register(other, 9)
    with pytest.raises(RunFull):
        move(first, other)
    assert make.reload_states(first, waits) == [State.REGISTERED, State.WAITING]
    assert (first.run_id, first.seat) == (run.pk, 1)

    moved = move(first, other, wait=True)
    assert (moved.state, moved.seat, moved.position) == (State.WAITING, None, 1)
    assert make.reload_states(waits) == [State.OFFERED]


def test_move_does_not_pass_the_waiting_list():
    run, people = make.full_run()
    other = make.another_run(run, day=NEXT_WEEK, capacity=1)
    register(other, 8), register(other, 9)
    WorkshopRun.objects.filter(pk=other.pk).update(capacity=2)
    with pytest.raises(RunFull):
        move(people[0], other)
    assert make.seats(other)[0].keys() == {1}


@pytest.mark.parametrize(
    ("fields", "now", "error"),
    [
        ({"day": NEXT_WEEK, "status": "cancelled", "cancelled_reason": "Ziek"}, NOW, RunCancelled),
        ({"day": NEXT_WEEK, "entry": "drop_in"}, NOW, DropInOnly),
        ({"day": date(2026, 11, 20)}, NOW, RunStarted),
        ({"day": NEXT_WEEK}, START, RunStarted),
    ],
    ids=["cancelled", "drop-in", "was last week", "this one has begun"],
)
def test_move_is_refused_when_registration_is_impossible(fields, now, error):
    run, people = make.full_run()
    other = make.another_run(run, **fields)
    with pytest.raises(error):
        move(people[0], other, now=now)
    assert make.reload_states(*people) == ["registered", "registered", "waiting"]


def test_move_from_a_cancelled_run_is_allowed():
    run, people = make.full_run()
    WorkshopRun.objects.filter(pk=run.pk).update(status="cancelled", cancelled_reason="Ziek")
    other = make.another_run(run, day=NEXT_WEEK)
    assert move(people[0], other, now=START).seat == 1
    assert make.reload_states(people[2]) == [State.WAITING]


def test_move_is_refused_when_already_registered_there():
    run, people = make.full_run()
    other = make.another_run(run, day=NEXT_WEEK)
    register(other, 1)
    with pytest.raises(AlreadyRegistered):
        move(people[0], other)
    with pytest.raises(SameRun):
        move(people[0], run)


def test_move_is_refused_after_cancellation():
    run, people = make.full_run()
    registrations.cancel_registration(people[0], now=NOW)
    with pytest.raises(AlreadyEnded):
        move(people[0], make.another_run(run, day=NEXT_WEEK))


def test_new_seats_are_offered_in_order():
    run, people = make.full_run(2, 3)
    registrations.change_capacity(run, 4, user=None, now=NOW)
    assert make.reload_states(*people[2:]) == [State.OFFERED, State.OFFERED, State.WAITING]
    assert [person.seat for person in people[2:]] == [3, 4, None]


def test_lower_capacity_renumbers_seats():
    run = make.run_in_aalst(5)
    people = [register(run, number) for number in range(1, 6)]
    for person in (people[0], people[2]):
        registrations.cancel_registration(person, now=NOW)
    registrations.change_capacity(run, 3, user=None, now=NOW)
    make.reload_states(*people)
    assert [person.seat for person in people] == [None, 2, None, 1, 3]
    run.refresh_from_db()
    assert run.capacity == 3


@pytest.mark.parametrize(("capacity", "refused"), [(3, True), (4, False)])
def test_capacity_below_taken_seats_is_refused(capacity, refused):
    """Three people are registered and one has an offer, which counts too."""
    run, people = make.full_run(4, 1)
    registrations.cancel_registration(people[0], now=NOW)
    if refused:
        with pytest.raises(CapacityBelowSeats, match="4 people already have a seat"):
            registrations.change_capacity(run, capacity, user=None, now=NOW)
    else:
        registrations.change_capacity(run, capacity, user=None, now=NOW)
    run.refresh_from_db()
    assert run.capacity == 4


def test_late_offer_does_not_keep_its_seat():
    run, people = make.full_run(4, 1)
    registrations.cancel_registration(people[0], now=NOW)
    registrations.change_capacity(run, 3, user=None, now=NOW + TWO_DAYS)
    assert make.reload_states(people[4]) == [State.EXPIRED]
    assert make.seats(run)[0].keys() == {1, 2, 3}


def test_capacity_is_at_least_one():
    run = make.run_in_aalst()
    with pytest.raises(CapacityTooLow):
        registrations.change_capacity(run, 0, user=None, now=NOW)


def test_new_seats_are_not_offered_after_the_start():
    run, people = make.full_run()
    registrations.change_capacity(run, 3, user=None, now=START + timedelta(seconds=1))
    assert make.reload_states(people[2]) == [State.WAITING]


@pytest.mark.parametrize(
    ("hours", "kept"), [(-1, 0), (1, 1)], ids=["before the lesson began", "it was given"]
)
def test_move_deletes_attendance_of_sessions_to_come(hours, kept):
    """Attendance recorded in the morning is deleted, but not that of past sessions."""
    run, (first, _second) = make.full_run(2, 0)
    session = run.sessions.get()
    Attendance.objects.create(session=session, registration=first, attended=True)
    WorkshopRun.objects.filter(pk=run.pk).update(status="cancelled", cancelled_reason="Ziek")
    move(first, make.another_run(run, day=NEXT_WEEK), now=START + timedelta(hours=hours))
    assert Attendance.objects.count() == kept
