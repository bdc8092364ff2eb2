"""Somebody comes on another date, or there are more or fewer seats: nobody loses what they had."""

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


def test_moving_keeps_the_link_and_gives_the_seat_to_the_next():
    run, (first, second, waits) = make.full_run()
    other = make.another_run(run, day=NEXT_WEEK)
    moved = move(first, other)
    assert (moved.pk, moved.secret, moved.run, moved.seat) == (first.pk, first.secret, other, 1)
    assert make.reload_states(waits) == [State.OFFERED]
    assert waits.seat == 1


def test_who_is_moved_back_and_forth_hears_each_time():
    run, (first, *_others) = make.full_run(2, 0)
    other = make.another_run(run, day=NEXT_WEEK)
    for number, to_run in enumerate((other, run, other)):
        first = move(first, to_run, now=NOW + timedelta(minutes=number))
    assert Message.objects.filter(kind="registration_moved").count() == 3


def test_who_waits_here_gets_a_seat_there():
    run, (_first, _second, waits) = make.full_run()
    moved = move(waits, make.another_run(run, day=NEXT_WEEK))
    assert (moved.state, moved.seat, moved.position) == (State.REGISTERED, 1, None)


def test_who_was_offered_a_seat_here_leaves_it_to_the_next():
    run, (first, _second, waits, then) = make.full_run(2, 2)
    registrations.cancel_registration(first, now=NOW)
    moved = move(waits, make.another_run(run, day=NEXT_WEEK))
    assert (moved.state, moved.offered_until) == (State.REGISTERED, None)
    assert make.reload_states(then) == [State.OFFERED]


def test_nothing_is_lost_when_the_other_date_is_full():
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


def test_nobody_is_moved_past_who_waits_there():
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
def test_nobody_is_moved_where_one_can_not_register(fields, now, error):
    run, people = make.full_run()
    other = make.another_run(run, **fields)
    with pytest.raises(error):
        move(people[0], other, now=now)
    assert make.reload_states(*people) == ["registered", "registered", "waiting"]


def test_from_a_run_that_does_not_take_place_people_go_to_another():
    run, people = make.full_run()
    WorkshopRun.objects.filter(pk=run.pk).update(status="cancelled", cancelled_reason="Ziek")
    other = make.another_run(run, day=NEXT_WEEK)
    assert move(people[0], other, now=START).seat == 1
    assert make.reload_states(people[2]) == [State.WAITING]


def test_who_is_there_already_is_not_moved_there():
    run, people = make.full_run()
    other = make.another_run(run, day=NEXT_WEEK)
    register(other, 1)
    with pytest.raises(AlreadyRegistered):
        move(people[0], other)
    with pytest.raises(SameRun):
        move(people[0], run)


def test_who_cancelled_is_not_moved():
    run, people = make.full_run()
    registrations.cancel_registration(people[0], now=NOW)
    with pytest.raises(AlreadyEnded):
        move(people[0], make.another_run(run, day=NEXT_WEEK))


def test_more_seats_are_offered_to_who_waits_in_their_turn():
    run, people = make.full_run(2, 3)
    registrations.change_capacity(run, 4, user=None, now=NOW)
    assert make.reload_states(*people[2:]) == [State.OFFERED, State.OFFERED, State.WAITING]
    assert [one.seat for one in people[2:]] == [3, 4, None]


def test_fewer_seats_are_numbered_anew_and_everybody_keeps_one():
    run = make.run_in_aalst(5)
    people = [register(run, number) for number in range(1, 6)]
    for one in (people[0], people[2]):
        registrations.cancel_registration(one, now=NOW)
    registrations.change_capacity(run, 3, user=None, now=NOW)
    make.reload_states(*people)
    assert [one.seat for one in people] == [None, 2, None, 1, 3]
    run.refresh_from_db()
    assert run.capacity == 3


@pytest.mark.parametrize(("capacity", "refused"), [(3, True), (4, False)])
def test_there_are_no_fewer_seats_than_people_with_one(capacity, refused):
    """Three are registered and one is offered a seat: an offer counts too."""
    run, people = make.full_run(4, 1)
    registrations.cancel_registration(people[0], now=NOW)
    if refused:
        with pytest.raises(CapacityBelowSeats, match="4 people have a place already"):
            registrations.change_capacity(run, capacity, user=None, now=NOW)
    else:
        registrations.change_capacity(run, capacity, user=None, now=NOW)
    run.refresh_from_db()
    assert run.capacity == 4


def test_an_offer_whose_time_is_over_does_not_keep_a_seat():
    run, people = make.full_run(4, 1)
    registrations.cancel_registration(people[0], now=NOW)
    registrations.change_capacity(run, 3, user=None, now=NOW + TWO_DAYS)
    assert make.reload_states(people[4]) == [State.EXPIRED]
    assert make.seats(run)[0].keys() == {1, 2, 3}


def test_a_workshop_has_at_least_one_seat():
    run = make.run_in_aalst()
    with pytest.raises(CapacityTooLow):
        registrations.change_capacity(run, 0, user=None, now=NOW)


def test_after_the_start_more_seats_are_offered_to_nobody():
    run, people = make.full_run()
    registrations.change_capacity(run, 3, user=None, now=START + timedelta(seconds=1))
    assert make.reload_states(people[2]) == [State.WAITING]


@pytest.mark.parametrize(
    ("hours", "kept"), [(-1, 0), (1, 1)], ids=["before the lesson began", "it was given"]
)
def test_who_is_moved_was_not_at_a_lesson_that_is_still_to_come(hours, kept):
    """Noted in the morning; of a series that stopped halfway, the lessons that were given count."""
    run, (first, _second) = make.full_run(2, 0)
    lesson = run.sessions.get()
    Attendance.objects.create(session=lesson, registration=first, attended=True)
    WorkshopRun.objects.filter(pk=run.pk).update(status="cancelled", cancelled_reason="Ziek")
    move(first, make.another_run(run, day=NEXT_WEEK), now=START + timedelta(hours=hours))
    assert Attendance.objects.count() == kept
