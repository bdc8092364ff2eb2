"""Tests of offers to the waiting list."""

from datetime import UTC, date, datetime, timedelta

import pytest

from home.messages.models import Message
from locations.core.time_zone import BRUSSELS
from locations.workshops.errors import (
    AlreadyEnded,
    NotOffered,
    OfferExpired,
    RunCancelled,
    RunStarted,
)
from locations.workshops.models import Registration, WorkshopRun
from locations.workshops.operations import registrations, waiting_list
from tests.factories import registrations as make
from tests.factories.registrations import NOW, START, TWO_DAYS, State, register

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


def offered():
    """Return a run of two seats and five people; the first in line was offered seat 1 at NOW."""
    run, people = make.full_run(2, 3)
    registrations.cancel_registration(people[0], now=NOW)
    for person in people:
        person.refresh_from_db()
    return run, people


def test_freed_seat_is_offered_to_the_first_in_line():
    run, (gone, _stays, first, second, _third) = offered()
    assert (gone.state, gone.seat, gone.ended_at) == (State.CANCELLED, None, NOW)
    assert (first.state, first.seat, first.position) == (State.OFFERED, 1, None)
    assert first.offered_until == NOW + TWO_DAYS
    assert second.state == State.WAITING


def test_cancelled_position_frees_no_seat():
    run, people = make.full_run(2, 3)
    registrations.cancel_registration(people[2], now=NOW)
    assert make.reload_states(*people) == [
        "registered",
        "registered",
        "cancelled",
        "waiting",
        "waiting",
    ]


@pytest.mark.parametrize(
    ("later", "taken"),
    [(timedelta(0), True), (TWO_DAYS - SECOND, True), (TWO_DAYS, False)],
    ids=["at once", "in the last second", "at the moment itself"],
)
def test_offer_can_be_accepted_until_its_end(later, taken):
    run, (_gone, stays, first, second, _third) = offered()
    if taken:
        waiting_list.accept_offer(first, now=NOW + later)
        assert make.reload_states(first, second) == [State.REGISTERED, State.WAITING]
        assert (first.seat, first.offered_until) == (1, None)
    else:
        with pytest.raises(OfferExpired):
            waiting_list.accept_offer(first, now=NOW + later)
        assert make.reload_states(first, second) == [State.EXPIRED, State.OFFERED]
        assert (second.seat, second.offered_until) == (1, NOW + later + TWO_DAYS)


@pytest.mark.parametrize(
    ("later", "ended"),
    [(TWO_DAYS - SECOND, 0), (TWO_DAYS, 1)],
    ids=["a second early", "at the moment itself"],
)
def test_unanswered_offer_goes_to_the_next_person(later, ended):
    run, (_gone, _stays, first, second, _third) = offered()
    assert waiting_list.expire_offers(NOW + later) == ended
    wanted = [State.EXPIRED, State.OFFERED] if ended else [State.OFFERED, State.WAITING]
    assert make.reload_states(first, second) == wanted
    assert waiting_list.expire_offers(NOW + later) == 0


def test_offers_expire_until_nobody_waits():
    run, (_gone, stays, *line) = offered()
    for turn in range(1, 4):
        waiting_list.expire_offers(NOW + turn * TWO_DAYS)
    assert make.reload_states(*line) == [State.EXPIRED] * 3
    assert make.seats(run) == ({2: stays.pk}, [])
    assert register(run, 9, now=NOW + 4 * TWO_DAYS).seat == 1


def test_offer_lasts_real_hours_when_the_clock_changes():
    """An hour is skipped in the night after Saturday 27 March 2027."""
    saturday = datetime(2027, 3, 27, 12, 0, tzinfo=BRUSSELS)
    run = make.run_in_aalst(1, day=datetime(2027, 4, 8).date())
    person, waits = register(run, 1, now=saturday), register(run, 2, now=saturday)
    registrations.cancel_registration(person, now=saturday)
    waits.refresh_from_db()
    assert waits.offered_until == datetime(2027, 3, 29, 11, 0, tzinfo=UTC)
    assert waits.offered_until.astimezone(BRUSSELS).hour == 13
    with pytest.raises(OfferExpired):
        waiting_list.accept_offer(waits, now=datetime(2027, 3, 29, 13, 0, tzinfo=BRUSSELS))


def test_term_of_an_offer_is_a_setting():
    make.change_settings(offer_hours=24)
    _run, people = offered()
    assert people[2].offered_until == NOW + timedelta(hours=24)


def test_offer_ends_at_the_start():
    run, (gone, _stays, waits) = make.full_run()
    registrations.cancel_registration(gone, now=START - timedelta(hours=3))
    waits.refresh_from_db()
    assert waits.offered_until == START


@pytest.mark.parametrize(
    ("now", "state"),
    [(START - SECOND, State.OFFERED), (START, State.WAITING)],
    ids=["a second before the start", "at the start"],
)
def test_nothing_is_offered_after_the_start(now, state):
    run, (_one, _other, waits) = make.full_run()
    WorkshopRun.objects.filter(pk=run.pk).update(capacity=3)
    waiting_list.offer_free_seats(run, now)
    assert make.reload_states(waits) == [state]


def test_answers_and_cancellations_are_refused_after_the_start():
    run, (_gone, stays, first, second, _third) = offered()
    Registration.objects.filter(pk=first.pk).update(offered_until=START + TWO_DAYS)
    for operation in (waiting_list.accept_offer, waiting_list.decline_offer):
        with pytest.raises(RunStarted):
            operation(first, now=START)
    for person in (stays, second):
        with pytest.raises(RunStarted):
            registrations.cancel_registration(person, now=START)
    assert make.reload_states(stays, first, second) == ["registered", "offered", "waiting"]


def test_offer_that_expires_after_the_start_is_silent():
    from home.messages.models import Message

    run, (gone, _stays, first, second) = make.full_run(2, 2)
    registrations.cancel_registration(gone, now=START - timedelta(hours=1))
    Message.objects.all().delete()
    assert waiting_list.expire_offers(START) == 1
    assert make.reload_states(first, second) == [State.EXPIRED, State.WAITING]
    assert not Message.objects.exists()


def test_cancelled_run_offers_nothing_and_takes_no_answer():
    run, (_gone, stays, first, second, _third) = offered()
    WorkshopRun.objects.filter(pk=run.pk).update(status="cancelled", cancelled_reason="Ziek")
    for operation in (waiting_list.accept_offer, waiting_list.decline_offer):
        with pytest.raises(RunCancelled):
            operation(first, now=NOW)
    with pytest.raises(RunCancelled):
        registrations.cancel_registration(stays, now=NOW)
    waiting_list.expire_offers(NOW + TWO_DAYS)
    assert make.reload_states(stays, first, second) == [
        State.REGISTERED,
        State.EXPIRED,
        State.WAITING,
    ]


def test_declined_seat_goes_to_the_next_person():
    run, (_gone, _stays, first, second, third) = offered()
    waiting_list.decline_offer(first, now=NOW)
    assert make.reload_states(first, second, third) == [
        State.CANCELLED,
        State.OFFERED,
        State.WAITING,
    ]
    assert second.seat == 1


def test_late_decline_expires_the_offer():
    run, (_gone, _stays, first, second, _third) = offered()
    with pytest.raises(OfferExpired):
        waiting_list.decline_offer(first, now=NOW + TWO_DAYS)
    assert make.reload_states(first, second) == [State.EXPIRED, State.OFFERED]


def test_second_acceptance_changes_nothing():
    run, (gone, _stays, first, second, _third) = offered()
    waiting_list.accept_offer(first, now=NOW)
    assert waiting_list.accept_offer(first, now=NOW).seat == 1
    with pytest.raises(AlreadyEnded):
        registrations.cancel_registration(gone, now=NOW)
    assert make.reload_states(second) == [State.WAITING]


@pytest.mark.parametrize("operation", [waiting_list.accept_offer, waiting_list.decline_offer])
def test_answer_is_refused_without_an_offer(operation):
    run, people = make.full_run()
    with pytest.raises(NotOffered):
        operation(people[2], now=NOW)
    assert make.reload_states(people[2]) == [State.WAITING]


def test_offered_person_can_cancel():
    run, (_gone, _stays, first, second, _third) = offered()
    registrations.cancel_registration(first, now=NOW)
    assert make.reload_states(first, second) == [State.CANCELLED, State.OFFERED]


def test_newcomer_does_not_pass_the_waiting_list_when_an_offer_is_late():
    """The late offer is expired first, and the newcomer joins the end of the line."""
    run, (_gone, _stays, first, second, third) = offered()
    new = register(run, 9, now=NOW + TWO_DAYS)
    assert make.reload_states(first, second, third, new) == [
        "expired",
        "offered",
        "waiting",
        "waiting",
    ]
    assert new.position > third.position


def test_free_seat_beside_a_waiting_person_is_offered(django_assert_max_num_queries):
    """A raw update or a stopped worker can leave a seat free."""
    run, (_one, _other, first, second) = make.full_run(2, 2)
    later = make.another_run(run, day=datetime(2026, 12, 17).date())
    register(later, 7)
    WorkshopRun.objects.filter(pk=run.pk).update(capacity=3)
    assert waiting_list.offer_all_free_seats(NOW) == 1
    assert make.reload_states(first, second) == [State.OFFERED, State.WAITING]
    with django_assert_max_num_queries(1):
        assert waiting_list.offer_all_free_seats(NOW) == 0


def test_second_acceptance_after_a_move_is_confirmed_again():
    """The person accepted, was moved away, came back and accepts again."""
    run, (first, _second, waits) = make.full_run()
    registrations.cancel_registration(first, now=NOW)
    waiting_list.accept_offer(waits, now=NOW)
    other = make.another_run(run, day=date(2026, 12, 17))
    waits.refresh_from_db()
    waits = registrations.move_registration(waits, other, user=None, now=NOW + SECOND)
    third = register(run, 9, now=NOW + 2 * SECOND)
    waits = registrations.move_registration(waits, run, user=None, wait=True, now=NOW + 3 * SECOND)
    registrations.cancel_registration(third, now=NOW + 4 * SECOND)
    waiting_list.accept_offer(waits, now=NOW + 5 * SECOND)
    told = Message.objects.filter(about=f"registration:{waits.pk}")
    assert told.filter(kind="registration_offered").count() == 2
    assert told.filter(kind="registration_confirmed").count() == 2
