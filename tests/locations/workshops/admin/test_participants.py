"""Tests of the screens about participants."""

import uuid
from datetime import date

import pytest

from home.core.roles import Role
from locations.workshops.models import Registration, WorkshopRun
from locations.workshops.operations import registrations
from tests.factories import locations
from tests.factories.registrations import register
from tests.factories.run_forms import message_texts

pytestmark = pytest.mark.django_db
State = Registration.State


@pytest.fixture
def desk(client, location):
    user = locations.staff(Role.DESK, location)
    client.force_login(user)
    return user


def address(run):
    return f"/beheer/workshops-op-datum/participants/{run.pk}/"


def on_the_phone(client, run, name="Jozef Peeters", phone="0470 12 34 56", **fields):
    return client.post(address(run), {"name": name, "phone": phone, **fields})


def test_phone_registration_shows_the_place_in_line(client, desk, run):
    """Scenario A2, step 1: eight seats are taken and one person waits when Jozef calls."""
    for number in range(9):
        register(run, number)

    response = on_the_phone(client, run)

    jozef = Registration.objects.get(name="Jozef Peeters")
    assert (jozef.state, jozef.source, jozef.registered_by) == (State.WAITING, "staff", desk)
    assert "2" in message_texts(response)[0]
    assert "Jozef Peeters" in message_texts(response)[0]


def test_phone_registration_shows_the_seat(client, desk, run):
    register(run, 1)

    assert "2" in message_texts(on_the_phone(client, run))[0]
    assert Registration.objects.get(name="Jozef Peeters").seat == 2


def test_same_person_is_refused_and_the_input_is_kept(client, desk, run):
    on_the_phone(client, run)
    second = on_the_phone(client, run, name="jozef  peeters", remark="rolstoel")

    assert Registration.objects.count() == 1
    assert second.context["form"].non_field_errors()
    assert "rolstoel" in second.content.decode()


def test_form_sent_twice_registers_once(client, desk, run):
    key = uuid.uuid4()
    for _time in range(2):
        assert on_the_phone(client, run, request_key=key).status_code == 302
    assert Registration.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"name": ""}, "name"),
        ({"phone": ""}, "phone"),
        ({"phone": "12"}, "phone"),
        ({"email": "geen adres"}, "email"),
        ({"remark": "85.07.30-033.28"}, "remark"),
    ],
    ids=["no name", "no way to reach", "no number", "no address", "a national number"],
)
def test_error_is_shown_at_its_field(client, desk, run, fields, field):
    response = on_the_phone(client, run, **fields)

    assert list(response.context["form"].errors) == [field]
    assert not Registration.objects.exists()
    assert "033.28" not in response.content.decode()


def do(client, run, registration, deed, **fields):
    return client.post(address(run), {"do": deed, "registration": registration.pk, **fields})


def test_cancelled_seat_is_offered_to_the_next_person(client, desk, run):
    WorkshopRun.objects.filter(pk=run.pk).update(capacity=1)
    first, second, third = (register(run, number) for number in range(3))

    do(client, run, first, "cancel", reason="ziek")
    for person in (first, second):
        person.refresh_from_db()
    assert (first.state, first.ended_reason, second.state) == ("cancelled", "ziek", "offered")

    do(client, run, second, "decline")
    do(client, run, third, "accept")
    for person in (second, third):
        person.refresh_from_db()
    assert (second.state, third.state) == ("cancelled", "registered")


def test_refused_action_is_explained(client, desk, run):
    person = register(run, 1)
    response = do(client, run, person, "accept")  # nothing was offered... who has it, has it
    assert response.status_code == 302

    registrations.cancel_registration(person)
    assert message_texts(do(client, run, person, "cancel"))[0]
    person.refresh_from_db()
    assert person.state == State.CANCELLED


def test_action_on_a_registration_of_another_run_is_not_found(client, desk, page, run):
    elsewhere = locations.run(page, locations.location("HAL"))
    person = register(elsewhere, 1)

    assert do(client, run, person, "cancel").status_code == 404
    assert do(client, elsewhere, person, "cancel").status_code == 404
    person.refresh_from_db()
    assert person.state == State.REGISTERED


def move(client, run, person, to, **fields):
    return client.post(f"{address(run)}{person.pk}/move/", {"to_run": to.pk, **fields})


def test_move_shows_the_new_seat_and_asks_before_the_waiting_list(client, desk, page, run):
    later = locations.run(page, run.location, date(2026, 12, 17), capacity=1)
    first, second = register(run, 1), register(run, 2)

    assert move(client, run, first, later).status_code == 302
    refused = move(client, run, second, later)
    assert list(refused.context["form"].errors) == ["wait"]
    assert move(client, run, second, later, wait="on").status_code == 302

    for person in (first, second):
        person.refresh_from_db()
    assert (first.run, first.seat, second.run, second.position) == (later, 1, later, 1)


def test_move_offers_only_upcoming_runs_in_scope(client, desk, page, run):
    person = register(run, 1)
    off = locations.run(page, run.location, status="cancelled", cancelled_reason="ziek")
    past = locations.run(page, run.location, date(2026, 11, 2))
    elsewhere = locations.run(page, locations.location("HAL"))
    for to in (off, past, elsewhere, run):
        assert list(move(client, run, person, to).context["form"].errors) == ["to_run"]


@pytest.mark.parametrize(
    ("role", "sees"),
    [
        (Role.DESK, True),
        (Role.COORDINATOR, True),
        (Role.EDITOR, False),
        (Role.HELPER, False),
        (Role.REFURBISHER, False),
        (Role.REFERRER, False),
    ],
)
@pytest.mark.parametrize("page_of", ["", "list/"])
def test_participants_are_visible_by_role(client, run, role, sees, page_of):
    register(run, 1)
    client.force_login(locations.staff(role, run.location))

    response = client.get(address(run) + page_of, follow=True)

    assert ("Mens Nummer 1" in response.content.decode()) is sees


def test_participants_take_the_same_queries_with_more_people(
    client, desk, run, django_assert_max_num_queries
):
    def cost():
        with django_assert_max_num_queries(20) as counted:
            client.get(address(run))
        return len(counted)

    register(run, 1)
    cost()
    before = cost()
    for number in range(2, 13):
        register(run, number)
    assert cost() == before


@pytest.mark.parametrize("key", ["abc", "²", "٣", "9" * 40, "", "\0"])
def test_invalid_registration_key_is_not_found(key, client, desk, run):
    sent = {"do": "cancel", "registration": key}
    assert client.post(address(run), sent).status_code == 404


def test_reason_is_stored_without_null_characters(client, desk, run):
    person = register(run, 1)
    sent = {"do": "cancel", "registration": person.pk, "reason": "zi\0ek"}
    assert client.post(address(run), sent).status_code == 302
    person.refresh_from_db()
    assert (person.state, person.ended_reason) == (State.CANCELLED, "ziek")
