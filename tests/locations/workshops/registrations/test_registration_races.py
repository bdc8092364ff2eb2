"""However many come at the same moment, each on an own connection: nobody is passed over."""

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
    """What is true of every run at every moment; the database says so, not our memory."""
    run.refresh_from_db()
    rows = list(Registration.objects.filter(run=run))
    seats = sorted(one.seat for one in rows if one.seat)
    assert len(seats) == len(set(seats)) <= run.capacity
    assert not seats or seats[-1] <= run.capacity
    turns = [one.position for one in rows if one.position]
    assert len(turns) == len(set(turns))
    if turns:
        assert len(seats) == run.capacity  # nobody waits beside a free seat
    return rows


def unexpected(answers):
    return [
        one for one in answers if isinstance(one, Exception) and not isinstance(one, WorkshopError)
    ]


def test_twenty_want_the_last_three_seats_and_the_rest_stands_in_line():
    run = make.run_in_aalst(5)
    register(run, 1), register(run, 2)
    answers = run_concurrently(*[later(register, run, number) for number in range(10, 10 + PEOPLE)])

    assert not unexpected(answers), answers
    states = Counter(one.state for one in answers)
    assert states == {State.REGISTERED: 3, State.WAITING: PEOPLE - 3}
    seats, line = make.seats(run)
    assert sorted(seats) == [1, 2, 3, 4, 5]
    assert len(line) == PEOPLE - 3
    assert Message.objects.count() == PEOPLE + 2
    sound(run)


def test_one_person_who_presses_twenty_times_has_one_seat():
    run = make.run_in_aalst(5)
    answers = run_concurrently(*[later(register, run, 1)] * PEOPLE)
    assert sum(isinstance(one, AlreadyRegistered) for one in answers) == PEOPLE - 1, answers
    assert run.registrations.count() == 1


def test_one_form_that_is_sent_twenty_times_is_one_registration():
    import uuid

    run, key = make.run_in_aalst(5), uuid.uuid4()
    answers = run_concurrently(*[later(register, run, 1, request_key=key)] * PEOPLE)
    assert len({one.pk for one in answers}) == 1
    assert run.registrations.count() == Message.objects.count() == 1


def test_twenty_accept_their_offers_while_seats_are_cancelled():
    """Twenty offers stand, five others give their seat back, and five newcomers come along."""
    run, people = make.full_run(25, 25)
    for one in people[:PEOPLE]:
        registrations.cancel_registration(one, now=NOW)
    kept, offered = people[PEOPLE:25], people[25 : 25 + PEOPLE]
    assert make.reload_states(*offered) == [State.OFFERED] * PEOPLE
    deeds = [
        *[later(waiting_list.accept_offer, one, now=NOW) for one in offered],
        *[later(registrations.cancel_registration, one, now=NOW) for one in kept],
        *[later(register, run, number) for number in range(100, 105)],
    ]
    random.Random(5).shuffle(deeds)
    answers = run_concurrently(*deeds)

    assert not unexpected(answers), answers
    assert make.reload_states(*offered) == [State.REGISTERED] * PEOPLE
    assert make.reload_states(*kept) == [State.CANCELLED] * 5
    assert make.reload_states(*people[25 + PEOPLE :]) == [State.OFFERED] * 5
    assert Counter(one.state for one in sound(run))[State.WAITING] == 5


def test_an_offer_is_accepted_or_ends_and_never_both():
    """In the last second some say yes, while the worker ends what is late by its own clock."""
    run, people = make.full_run(10, 20)
    for one in people[:10]:
        registrations.cancel_registration(one, now=NOW)
    offered, end = people[10:20], NOW + TWO_DAYS
    answers = run_concurrently(
        *[later(waiting_list.accept_offer, one, now=end - timedelta(seconds=1)) for one in offered],
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


def test_the_number_of_seats_changes_while_people_register():
    run = make.run_in_aalst(10)
    people = [register(run, number) for number in range(1, 9)]
    answers = run_concurrently(
        *[later(register, run, number) for number in range(20, 32)],
        *[later(registrations.cancel_registration, one, now=NOW) for one in people[:3]],
        *[
            later(registrations.change_capacity, run, capacity, user=None, now=NOW)
            for capacity in (8, 12, 9, 11)
        ],
    )
    assert not unexpected(answers), answers
    refused = [one for one in answers if isinstance(one, WorkshopError)]
    assert all(isinstance(one, CapacityBelowSeats) for one in refused), refused
    sound(run)


def test_people_move_between_two_runs_in_both_directions_run_concurrently():
    """Each move locks two runs; always in the same order, so that no two wait for each other."""
    one = make.run_in_aalst(10)
    other = make.another_run(one, capacity=10, day=NOW.date() + timedelta(days=30))
    here = [register(one, number) for number in range(1, 9)]
    there = [register(other, number) for number in range(11, 19)]
    answers = run_concurrently(
        *[
            later(registrations.move_registration, who, other, user=None, wait=True, now=NOW)
            for who in here
        ],
        *[
            later(registrations.move_registration, who, one, user=None, wait=True, now=NOW)
            for who in there
        ],
    )
    assert not [answer for answer in answers if isinstance(answer, Exception)], answers
    assert {who.run_id for who in answers[:8]} == {other.pk}
    assert {who.run_id for who in answers[8:]} == {one.pk}
    sound(one), sound(other)


def test_a_run_is_cancelled_while_people_register():
    run = make.run_in_aalst(5)

    def call_off():
        WorkshopRun.objects.filter(pk=run.pk).update(status="cancelled", cancelled_reason="Ziek")

    answers = run_concurrently(
        call_off, *[later(register, run, number) for number in range(1, PEOPLE)]
    )
    assert not unexpected(answers), answers
    made = [one for one in answers if isinstance(one, Registration)]
    assert run.registrations.count() == len(made)
    assert Message.objects.filter(kind__startswith="registration").count() == len(made)


def test_raw_updates_at_the_same_moment_give_no_seat_twice():
    """Round our code, with only what the database itself refuses."""
    run, people = make.full_run(3, 10)

    def take(one):
        return lambda: Registration.objects.filter(pk=one.pk).update(
            state=State.REGISTERED, position=None, seat=3
        )

    Registration.objects.filter(pk=people[2].pk).update(
        state=State.CANCELLED, seat=None, ended_at=NOW
    )
    answers = run_concurrently(*[take(one) for one in people[3:]])
    assert answers.count(1) == 1, answers
    assert make.reload_states(*people[3:])[0] == State.REGISTERED
