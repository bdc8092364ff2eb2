"""Tests of new registrations."""

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


def test_seats_are_given_lowest_first_then_positions(run):
    people = [register(run, number) for number in range(1, 5)]
    assert [person.seat for person in people] == [1, 2, None, None]
    assert [person.position for person in people] == [None, None, 1, 2]
    assert [person.state for person in people] == ["registered", "registered", "waiting", "waiting"]


def test_freed_seat_is_given_before_a_higher_one():
    run = make.run_in_aalst(capacity=3)
    first, second = register(run, 1), register(run, 2)
    registrations.cancel_registration(first, now=NOW)
    assert register(run, 3).seat == 1
    assert register(run, 4).seat == 3
    assert second.seat == 2


def test_phone_number_is_enough(run):
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
def test_registration_is_refused_without_contact(run, facts):
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
def test_person_is_registered_once_in_a_run(run, again, refused):
    register(run, name="José De Smet", phone="0470 12 34 56", email="jose@example.org")
    if refused:
        with pytest.raises(AlreadyRegistered, match="(?i)jos"):
            register(run, **again)
    else:
        assert register(run, **again).seat == 2


def test_person_can_register_for_another_run(run):
    register(run)
    assert register(make.another_run(run, day=START.date() + timedelta(days=7))).seat == 1


@pytest.mark.parametrize("end", [registrations.cancel_registration, waiting_list.decline_offer])
def test_person_can_register_again_after_the_end(end):
    run, (first, _second, third) = make.full_run()
    registrations.cancel_registration(first, now=NOW)
    third.refresh_from_db()
    end(third, now=NOW)
    assert register(run, 3).state == State.REGISTERED


def test_waiting_or_offered_person_is_already_registered():
    run, (first, _second, third) = make.full_run()
    with pytest.raises(AlreadyRegistered):
        register(run, 3)
    registrations.cancel_registration(first, now=NOW)
    with pytest.raises(AlreadyRegistered):
        register(run, 3)
    assert make.reload_states(third) == [State.OFFERED]


def test_form_sent_twice_makes_one_registration_and_one_message(run):
    key = uuid.uuid4()
    assert register(run, request_key=key) == register(run, request_key=key)
    assert Registration.objects.count() == Message.objects.count() == 1


def test_same_form_for_another_person_makes_two_registrations(run):
    key = uuid.uuid4()
    person = register(run, 1, request_key=key)
    other = register(run, 2, request_key=key)
    assert person != other
    assert other.seat == 2


def test_request_key_of_another_run_is_ignored(run):
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
def test_registration_is_possible_between_opening_and_closing(now, error):
    run = make.run_in_aalst(registration_opens_at=OPENS, registration_closes_at=CLOSES)
    if error is None:
        assert register(run, now=now).seat == 1
    else:
        with pytest.raises(error):
            register(run, now=now)
        assert not Registration.objects.exists()


def test_early_registration_is_told_when_it_opens():
    run = make.run_in_aalst(registration_opens_at=NOW)
    with pytest.raises(NotOpenYet, match="23 November at 10"):
        register(run, now=NOW - SECOND)


@pytest.mark.parametrize(
    ("now", "error"), [(START - SECOND, None), (START, RunStarted)], ids=["before", "at the start"]
)
def test_registration_closes_at_the_start_by_default(run, now, error):
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
def test_registration_is_refused_when_impossible(fields, error):
    run = make.run_in_aalst(**fields)
    for user in (None, locations.staff("digihelper")):
        with pytest.raises(error):
            register(run, user=user)


def test_registration_uses_the_run_as_stored(run):
    """The loaded run goes ahead, but the stored one is cancelled."""
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
def test_staff_can_register_until_the_end_while_a_seat_is_free(now, waiting, error):
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


def test_organisation_registers_only_with_consent(run):
    with pytest.raises(ConsentMissing):
        register(run, source="referrer")
    made = register(run, source="referrer", consent=True)
    assert made.consent_at == NOW


def test_full_run_is_refused_without_the_waiting_list(run):
    register(run, 1), register(run, 2)
    with pytest.raises(RunFull):
        register(run, 3, wait=False)
    assert run.registrations.count() == 2
    assert register(run, 3).position == 1


def test_national_register_number_is_refused(run):
    with pytest.raises(WorkshopError, match="national register number"):
        register(run, remark="Mijn nummer is 85.07.30-033.28")
    assert not Registration.objects.exists()
    assert not Message.objects.exists()


def test_every_operation_is_logged_without_a_name(run):
    person = register(run)
    registrations.cancel_registration(person, now=NOW)
    entries = ModelLogEntry.objects.filter(object_id=str(person.pk))
    assert {entry.action for entry in entries} == {
        "locations.register",
        "locations.registration_cancelled",
    }
    assert not any("Mens" in entry.label for entry in entries)


def test_registration_takes_the_same_queries_whoever_registered_before(
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


def test_registration_time_is_taken_after_the_lock(run):
    assert make.create(run, name="An", phone="0470 12 34 56").created_at == timezone.now()
