"""Who registers gets the lowest free seat or a turn; when that cannot be, a sentence says why."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import ModelLogEntry

from home.messages.models import Message
from locations.workshops.errors import (
    AlreadyRegistered,
    ConsentMissing,
    ContactMissing,
    DropInOnly,
    NotOpenYet,
    RegistrationOver,
    RunCancelled,
    RunFull,
    RunStarted,
    WorkshopError,
)
from locations.workshops.models import Registration, WorkshopRun
from locations.workshops.operations import registrations, waiting_list
from tests.factories import locations
from tests.factories import registrations as make
from tests.factories.registrations import NOW, START, State, register

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


@pytest.fixture
def run():
    return make.run_in_aalst(capacity=2)


def test_seats_are_given_lowest_first_and_then_turns(run):
    people = [register(run, number) for number in range(1, 5)]
    assert [one.seat for one in people] == [1, 2, None, None]
    assert [one.position for one in people] == [None, None, 1, 2]
    assert [one.state for one in people] == ["registered", "registered", "waiting", "waiting"]


def test_a_seat_that_came_free_is_given_before_a_higher_one():
    run = make.run_in_aalst(capacity=3)
    first, second = register(run, 1), register(run, 2)
    registrations.cancel_registration(first, now=NOW)
    assert register(run, 3).seat == 1
    assert register(run, 4).seat == 3
    assert second.seat == 2


def test_a_telephone_number_is_enough(run):
    jozef = register(run, name="Jozef Peeters", phone="0470/12.34.56")
    assert (jozef.phone, jozef.email) == ("0470 12 34 56", "")


@pytest.mark.parametrize(
    "facts",
    [
        {"name": "  ", "email": "an@example.org"},
        {"name": "?!", "email": "an@example.org"},
        {"name": "An", "email": " ", "phone": " "},
    ],
    ids=["no name", "a name of signs", "no way to reach"],
)
def test_who_can_not_be_reached_can_not_register(run, facts):
    with pytest.raises(ContactMissing):
        make.create(run, **facts)
    assert not Registration.objects.exists()


@pytest.mark.parametrize(
    ("again", "refused"),
    [
        ({"name": "JOSÉ  de smet", "phone": "+32 470 12 34 56"}, True),
        ({"name": "Jose De Smet", "email": "JOSE@example.org"}, True),
        ({"name": "Jose De Smet", "phone": "0470 12 34 56", "email": "other@example.org"}, True),
        ({"name": "Jose De Smet", "phone": "0470 99 99 99", "email": "jose@example.org"}, True),
        ({"name": "Jose De Smet", "phone": "0470 99 99 99"}, False),
        ({"name": "Maria De Smet", "phone": "0470 12 34 56"}, False),
        ({"name": "Maria De Smet", "email": "jose@example.org"}, False),
    ],
    ids=[
        "same name and phone in another writing",
        "same name and e-mail",
        "same phone, another e-mail",
        "same e-mail, another phone",
        "the same name, another person",
        "a family shares a phone",
        "a family shares an e-mail",
    ],
)
def test_the_same_person_is_registered_once_in_a_run(run, again, refused):
    register(run, name="José De Smet", phone="0470 12 34 56", email="jose@example.org")
    if refused:
        with pytest.raises(AlreadyRegistered, match="(?i)jos"):
            register(run, **again)
    else:
        assert register(run, **again).seat == 2


def test_the_same_person_may_come_on_another_date(run):
    register(run)
    assert register(make.another_run(run, day=START.date() + timedelta(days=7))).seat == 1


@pytest.mark.parametrize("end", [registrations.cancel_registration, waiting_list.decline_offer])
def test_who_cancelled_may_register_again(end):
    run, (first, _second, third) = make.full_run()
    registrations.cancel_registration(first, now=NOW)
    third.refresh_from_db()
    end(third, now=NOW)
    assert register(run, 3).state == State.REGISTERED


def test_who_waits_or_is_offered_a_seat_is_on_the_list_already():
    run, (first, _second, third) = make.full_run()
    with pytest.raises(AlreadyRegistered):
        register(run, 3)
    registrations.cancel_registration(first, now=NOW)
    with pytest.raises(AlreadyRegistered):
        register(run, 3)
    assert make.reload_states(third) == [State.OFFERED]


def test_a_form_sent_twice_is_one_registration_and_one_message(run):
    key = uuid.uuid4()
    assert register(run, request_key=key) == register(run, request_key=key)
    assert Registration.objects.count() == Message.objects.count() == 1


def test_back_to_the_form_and_then_for_somebody_else_makes_two(run):
    key = uuid.uuid4()
    one = register(run, 1, request_key=key)
    other = register(run, 2, request_key=key)
    assert one != other
    assert other.seat == 2


def test_a_key_of_another_run_says_nothing_here(run):
    key = uuid.uuid4()
    register(run, request_key=key)
    other = register(make.another_run(run, day=START.date() + timedelta(days=7)), request_key=key)
    assert other.seat == 1


OPENS, CLOSES = NOW, NOW + timedelta(days=7)


@pytest.mark.parametrize(
    ("now", "error"),
    [
        (OPENS - SECOND, NotOpenYet),
        (OPENS, None),
        (CLOSES - SECOND, None),
        (CLOSES, RegistrationOver),
        (START - SECOND, RegistrationOver),
        (START, RunStarted),
    ],
    ids=["before", "opens", "just in time", "closes", "before the start", "at the start"],
)
def test_registration_opens_and_closes_at_a_moment(now, error):
    run = make.run_in_aalst(registration_opens_at=OPENS, registration_closes_at=CLOSES)
    if error is None:
        assert register(run, now=now).seat == 1
    else:
        with pytest.raises(error):
            register(run, now=now)
        assert not Registration.objects.exists()


def test_the_sentence_of_who_is_early_says_when_to_come_back():
    run = make.run_in_aalst(registration_opens_at=NOW)
    with pytest.raises(NotOpenYet, match="23 November, 10 o'clock"):
        register(run, now=NOW - SECOND)


@pytest.mark.parametrize(
    ("now", "error"), [(START - SECOND, None), (START, RunStarted)], ids=["before", "at the start"]
)
def test_without_a_moment_registration_closes_at_the_start(run, now, error):
    if error:
        with pytest.raises(error):
            register(run, now=now)
    else:
        assert register(run, now=now).seat == 1


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"status": "cancelled", "cancelled_reason": "De lesgever is ziek."}, RunCancelled),
        ({"entry": "drop_in"}, DropInOnly),
    ],
    ids=["cancelled", "drop-in"],
)
def test_nobody_registers_where_one_can_not(fields, error):
    run = make.run_in_aalst(**fields)
    for user in (None, locations.staff("digihelper")):
        with pytest.raises(error):
            register(run, user=user)


def test_what_changed_after_the_page_was_read_counts(run):
    """The run in memory says it goes ahead; the database knows better."""
    WorkshopRun.objects.update(status="cancelled", cancelled_reason="Ziek")
    with pytest.raises(RunCancelled, match="Ziek"):
        register(run)


@pytest.mark.parametrize(
    ("now", "waiting", "error"),
    [
        (OPENS - SECOND, 0, None),
        (CLOSES, 0, None),
        (START, 0, None),
        (START + timedelta(hours=2) - SECOND, 0, None),
        (START + timedelta(hours=2), 0, RunStarted),
        (CLOSES, 1, None),
        (START, 1, RunStarted),
    ],
    ids=[
        "before it opens",
        "after it closed",
        "at the door",
        "just before the end",
        "after the end",
        "full, in line",
        "full, at the door",
    ],
)
def test_staff_register_until_the_end_as_long_as_there_is_a_seat(now, waiting, error):
    run = make.run_in_aalst(1, registration_opens_at=OPENS, registration_closes_at=CLOSES)
    if waiting:
        register(run, 9)
    user = locations.staff("digihelper")
    if error:
        with pytest.raises(error):
            register(run, now=now, user=user, source="staff")
    else:
        made = register(run, now=now, user=user, source="staff")
        assert (made.registered_by, made.seat) == (user, None if waiting else 1)


def test_an_organisation_registers_somebody_who_agreed(run):
    with pytest.raises(ConsentMissing):
        register(run, source="referrer")
    made = register(run, source="referrer", consent=True)
    assert made.consent_at == NOW


def test_who_was_not_asked_about_the_waiting_list_is_asked(run):
    register(run, 1), register(run, 2)
    with pytest.raises(RunFull):
        register(run, 3, wait=False)
    assert run.registrations.count() == 2
    assert register(run, 3).position == 1


def test_a_national_register_number_is_refused_and_nothing_is_kept(run):
    with pytest.raises(WorkshopError, match="national register number"):
        register(run, remark="Mijn nummer is 85.07.30-033.28")
    assert not Registration.objects.exists()
    assert not Message.objects.exists()


def test_every_deed_is_in_the_log_without_a_name(run):
    one = register(run)
    registrations.cancel_registration(one, now=NOW)
    entries = ModelLogEntry.objects.filter(object_id=str(one.pk))
    assert {entry.action for entry in entries} == {
        "locations.register",
        "locations.registration_cancelled",
    }
    assert not any("Mens" in entry.label for entry in entries)


def test_registering_takes_the_same_few_questions_whoever_came_before(
    django_assert_max_num_queries,
):
    run = make.run_in_aalst(capacity=30)
    register(run, 1)
    with django_assert_max_num_queries(14):
        register(run, 2)
    for number in range(3, 30):
        register(run, number)
    with django_assert_max_num_queries(14):
        register(run, 30)
    with django_assert_max_num_queries(14):
        register(run, 31)


def test_now_is_the_moment_at_which_the_run_is_locked(run):
    assert make.create(run, name="An", phone="0470 12 34 56").created_at == timezone.now()
