"""Tests of races between registrations, each on its own database connection."""

import random
from collections import Counter
from datetime import timedelta

import pytest

from home.messages.models import Message
from locations.workshops.errors import AlreadyRegistered, CapacityBelowSeats, WorkshopError
from locations.workshops.models import Registration, WorkshopRun
from locations.workshops.operations import registrations, waiting_list
from tests.browser.steps import restore_wagtail_rows
from tests.concurrency import run_concurrently
from tests.factories import registrations as make
from tests.factories.registrations import NOW, TWO_DAYS, State, register

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE = 20


@pytest.fixture(autouse=True)
def _root(settings):
    settings.LANGUAGE_CODE = "nl"  # that of the pages
    restore_wagtail_rows()


def later(operation, *args, **fields):
    return lambda: operation(*args, **fields)


def sound(run):
    """Assert the invariants of the run as stored."""
    run.refresh_from_db()
    rows = list(Registration.objects.filter(run=run))
    seats = sorted(person.seat for person in rows if person.seat)
    assert len(seats) == len(set(seats)) <= run.capacity
    assert not seats or seats[-1] <= run.capacity
    turns = [person.position for person in rows if person.position]
    assert len(turns) == len(set(turns))
    if turns:
        assert len(seats) == run.capacity  # nobody waits beside a free seat
    return rows


def unexpected(answers):
    return [
        outcome
        for outcome in answers
        if isinstance(outcome, Exception) and not isinstance(outcome, WorkshopError)
    ]


def test_race_for_the_last_seats_fills_them_exactly():
    run = make.run_in_aalst(5)
    register(run, 1), register(run, 2)
    answers = run_concurrently(*[later(register, run, number) for number in range(10, 10 + PEOPLE)])

    assert not unexpected(answers), answers
    states = Counter(outcome.state for outcome in answers)
    assert states == {State.REGISTERED: 3, State.WAITING: PEOPLE - 3}
    seats, line = make.seats(run)
    assert sorted(seats) == [1, 2, 3, 4, 5]
    assert len(line) == PEOPLE - 3
    assert Message.objects.count() == PEOPLE + 2
    sound(run)


def test_race_of_one_person_gives_one_seat():
    run = make.run_in_aalst(5)
    answers = run_concurrently(*[later(register, run, 1)] * PEOPLE)
    assert sum(isinstance(outcome, AlreadyRegistered) for outcome in answers) == PEOPLE - 1, answers
    assert run.registrations.count() == 1


def test_race_of_one_form_makes_one_registration():
    import uuid

    run, key = make.run_in_aalst(5), uuid.uuid4()
    answers = run_concurrently(*[later(register, run, 1, request_key=key)] * PEOPLE)
    assert len({outcome.pk for outcome in answers}) == 1
    assert run.registrations.count() == Message.objects.count() == 1


def test_race_of_acceptances_and_cancellations_keeps_the_order():
    """Twenty people accept, five others cancel and five newcomers register."""
    run, people = make.full_run(25, 25)
    for person in people[:PEOPLE]:
        registrations.cancel_registration(person, now=NOW)
    kept, offered = people[PEOPLE:25], people[25 : 25 + PEOPLE]
    assert make.reload_states(*offered) == [State.OFFERED] * PEOPLE
    calls = [
        *[later(waiting_list.accept_offer, person, now=NOW) for person in offered],
        *[later(registrations.cancel_registration, person, now=NOW) for person in kept],
        *[later(register, run, number) for number in range(100, 105)],
    ]
    random.Random(5).shuffle(calls)
    answers = run_concurrently(*calls)

    assert not unexpected(answers), answers
    assert make.reload_states(*offered) == [State.REGISTERED] * PEOPLE
    assert make.reload_states(*kept) == [State.CANCELLED] * 5
    assert make.reload_states(*people[25 + PEOPLE :]) == [State.OFFERED] * 5
    assert Counter(person.state for person in sound(run))[State.WAITING] == 5


def test_race_between_acceptance_and_expiry_has_one_winner():
    """Some people accept in the last second while the worker expires offers."""
    run, people = make.full_run(10, 20)
    for person in people[:10]:
        registrations.cancel_registration(person, now=NOW)
    offered, end = people[10:20], NOW + TWO_DAYS
    answers = run_concurrently(
        *[
            later(waiting_list.accept_offer, person, now=end - timedelta(seconds=1))
            for person in offered
        ],
        later(waiting_list.expire_offers, end),
        later(waiting_list.expire_offers, end),
    )
    assert not unexpected(answers), answers
    states = Counter(make.reload_states(*offered))
    assert set(states) <= {State.REGISTERED, State.EXPIRED}
    seats, _line = make.seats(run)
    assert len(seats) == 10
    assert Counter(make.reload_states(*people[20:]))[State.OFFERED] == states[State.EXPIRED]
    assert (
        Message.objects.filter(kind="registration_offer_expired").count() == (states[State.EXPIRED])
    )
    sound(run)


def test_race_between_capacity_and_registrations_keeps_the_capacity():
    run = make.run_in_aalst(10)
    people = [register(run, number) for number in range(1, 9)]
    answers = run_concurrently(
        *[later(register, run, number) for number in range(20, 32)],
        *[later(registrations.cancel_registration, person, now=NOW) for person in people[:3]],
        *[
            later(registrations.change_capacity, run, capacity, user=None, now=NOW)
            for capacity in (8, 12, 9, 11)
        ],
    )
    assert not unexpected(answers), answers
    refused = [outcome for outcome in answers if isinstance(outcome, WorkshopError)]
    assert all(isinstance(outcome, CapacityBelowSeats) for outcome in refused), refused
    sound(run)


def test_race_of_moves_in_both_directions_does_not_deadlock():
    """Each move locks two runs, always in the same order."""
    run = make.run_in_aalst(10)
    other = make.another_run(run, capacity=10, day=NOW.date() + timedelta(days=30))
    here = [register(run, number) for number in range(1, 9)]
    there = [register(other, number) for number in range(11, 19)]
    answers = run_concurrently(
        *[
            later(registrations.move_registration, who, other, user=None, wait=True, now=NOW)
            for who in here
        ],
        *[
            later(registrations.move_registration, who, run, user=None, wait=True, now=NOW)
            for who in there
        ],
    )
    assert not [answer for answer in answers if isinstance(answer, Exception)], answers
    assert {who.run_id for who in answers[:8]} == {other.pk}
    assert {who.run_id for who in answers[8:]} == {run.pk}
    sound(run), sound(other)


def test_race_between_cancellation_and_registrations():
    run = make.run_in_aalst(5)

    def call_off():
        WorkshopRun.objects.filter(pk=run.pk).update(status="cancelled", cancelled_reason="Ziek")

    answers = run_concurrently(
        call_off, *[later(register, run, number) for number in range(1, PEOPLE)]
    )
    assert not unexpected(answers), answers
    made = [outcome for outcome in answers if isinstance(outcome, Registration)]
    assert run.registrations.count() == len(made)
    assert Message.objects.filter(kind__startswith="registration").count() == len(made)


def test_race_of_raw_updates_gives_no_seat_twice():
    """Only the database protects the seats here."""
    run, people = make.full_run(3, 10)

    def take(person):
        return lambda: Registration.objects.filter(pk=person.pk).update(
            state=State.REGISTERED, position=None, seat=3
        )

    Registration.objects.filter(pk=people[2].pk).update(
        state=State.CANCELLED, seat=None, ended_at=NOW
    )
    answers = run_concurrently(*[take(person) for person in people[3:]])
    assert answers.count(1) == 1, answers
    assert make.reload_states(*people[3:])[0] == State.REGISTERED
