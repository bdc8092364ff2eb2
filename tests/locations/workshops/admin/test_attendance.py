"""Tests of the screens that record attendance."""

from datetime import date, timedelta

import pytest
from wagtail.models import ModelLogEntry

from home.core.roles import Role
from locations.workshops.models import Attendance, Registration, WorkshopRun
from locations.workshops.operations import attendance, registrations
from tests.factories import locations
from tests.factories.registrations import NOW, register

pytestmark = pytest.mark.django_db


@pytest.fixture
def session(page, location):
    """Return a session of today for which two people registered in time."""
    run = locations.run(page, location, NOW.date())
    register(run, 1, now=NOW - timedelta(days=1), name="Jozef Peeters", phone="0470 12 34 56")
    register(run, 2, now=NOW - timedelta(days=1), name="Amina Yilmaz", phone="0470 12 34 57")
    return run.sessions.get()


@pytest.fixture
def helper(client, location):
    user = locations.staff(Role.HELPER, location)
    client.force_login(user)
    return user


def people(session):
    return list(session.run.registrations.order_by("seat"))


def tap(client, session, person, answer="yes"):
    address = f"/beheer/aanwezigheid/{session.pk}/"
    return client.post(address, {"was_there": f"{person.pk}:{answer}"})


def noted(session):
    rows = Attendance.objects.filter(session=session)
    return dict(rows.values_list("registration__name", "attended"))


def test_tap_is_idempotent_and_can_be_corrected(client, helper, session):
    jozef, amina = people(session)
    for _time in range(2):
        assert tap(client, session, jozef).status_code == 302
    assert noted(session) == {"Jozef Peeters": True}

    tap(client, session, jozef, "no"), tap(client, session, amina)
    assert noted(session) == {"Jozef Peeters": False, "Amina Yilmaz": True}
    session.refresh_from_db()
    assert (session.attendance_at, session.attendance_by) == (NOW, helper)


def test_history_has_the_first_record_and_each_correction(client, helper, session):
    jozef, amina = people(session)
    tap(client, session, jozef), tap(client, session, jozef), tap(client, session, amina)
    tap(client, session, jozef, "no")

    entries = ModelLogEntry.objects.for_instance(session.run)
    actions = entries.values_list("action", flat=True)
    assert sorted(actions) == sorted([attendance.RECORD, attendance.CORRECT])


@pytest.mark.parametrize(
    ("day", "may"), [(-1, True), (0, True), (1, False)], ids=["yesterday", "today", "tomorrow"]
)
def test_attendance_is_recordable_from_the_day_of_the_session(
    client, helper, page, location, day, may
):
    run = locations.run(page, location, NOW.date() + timedelta(days=day))
    person = register(run, 1, now=run.starts_at - timedelta(days=3))
    session = run.sessions.get()

    tap(client, session, person)

    assert bool(noted(session)) is may


def test_attendance_is_recordable_in_the_morning_of_an_evening_session(session):
    assert session.starts_at > NOW
    assert attendance.is_recordable(session, NOW.replace(hour=0, minute=0))


@pytest.mark.parametrize(("typed", "count"), [("0", 0), ("12", 12), ("999", 999)])
def test_walk_ins_are_counted(client, helper, session, typed, count):
    client.post(f"/beheer/aanwezigheid/{session.pk}/", {"walk_ins": typed})

    session.refresh_from_db()
    assert session.walk_ins == count
    assert session.attendance_at == NOW


@pytest.mark.parametrize("typed", ["-1", "1000", "twee", "", "1.5", "²"])
def test_walk_ins_are_refused_when_not_a_number(client, helper, session, typed):
    client.post(f"/beheer/aanwezigheid/{session.pk}/", {"walk_ins": typed})

    session.refresh_from_db()
    assert (session.walk_ins, session.attendance_at) == (0, None)


def test_attendance_is_refused_without_a_seat(session):
    jozef, _amina = people(session)
    run = session.run
    WorkshopRun.objects.filter(pk=run.pk).update(capacity=2)
    waits = register(run, 3)
    registrations.cancel_registration(jozef)
    for person in (waits, jozef):
        with pytest.raises(attendance.NotRegistered):
            attendance.record_attendance(session, person, True)


def test_attendance_is_refused_when_the_run_is_cancelled(session):
    WorkshopRun.objects.filter(pk=session.run_id).update(
        status="cancelled", cancelled_reason="ziek"
    )
    with pytest.raises(attendance.SessionCancelled):
        attendance.record_attendance(session, people(session)[0], True)


def test_registration_of_another_run_is_not_found(client, helper, session, page):
    other = register(locations.run(page, session.run.location), 9)

    assert tap(client, session, other).status_code == 404
    assert not Attendance.objects.exists()


def test_session_at_another_location_is_not_found(client, helper, page):
    run = locations.run(page, locations.location("HAL"), NOW.date())
    session = run.sessions.get()

    assert client.get(f"/beheer/aanwezigheid/{session.pk}/").status_code == 404
    assert tap(client, session, register(run, 1)).status_code == 404


@pytest.mark.parametrize(
    ("role", "shown"),
    [(Role.HELPER, "Jozef (… 456)"), (Role.DESK, "Jozef Peeters"), (Role.EDITOR, None)],
)
def test_names_are_shortened_for_users_who_cannot_see_participants(
    client, location, session, role, shown
):
    client.force_login(locations.staff(role, location))
    page = client.get(f"/beheer/aanwezigheid/{session.pk}/", follow=True).content.decode()

    assert (shown or "nobody") in page or shown is None
    assert ("Peeters" in page) is (role == Role.DESK)
    assert ("Jozef" in page) is (shown is not None)
    assert "0470 12 34 56" not in page


def test_list_shows_today_then_sessions_without_attendance(client, helper, session, page, location):
    forgotten = locations.run(page, location, date(2026, 11, 16)).sessions.get()
    coming = locations.run(page, location, date(2026, 11, 26)).sessions.get()
    locations.run(page, locations.location("HAL"), NOW.date())
    locations.run(page, location, NOW.date(), status="cancelled", cancelled_reason="ziek")

    shown = client.get("/beheer/aanwezigheid/").context

    found = [[item["lesson"] for item in shown[name]] for name in ("today", "missing", "coming")]
    assert found == [[session], [forgotten], [coming]]
    assert shown["today"][0]["lesson"].people == 2


def test_dashboard_links_to_todays_sessions(client, helper, session, location):
    address = f"/beheer/aanwezigheid/{session.pk}/"
    assert address in client.get("/beheer/").content.decode()

    client.force_login(locations.staff(Role.EDITOR, location))
    assert address not in client.get("/beheer/").content.decode()


def test_session_takes_the_same_queries_with_more_people(
    client, helper, session, django_assert_max_num_queries
):
    def cost():
        with django_assert_max_num_queries(18) as counted:
            client.get(f"/beheer/aanwezigheid/{session.pk}/")
        return len(counted)

    cost()
    before = cost()
    for number in range(3, 9):
        register(session.run, number)
    assert cost() == before


@pytest.mark.parametrize("typed", ["9" * 5000, "٣", "²", "\0"])
def test_invalid_key_is_not_found(typed, client, helper, session):
    address = f"/beheer/aanwezigheid/{session.pk}/"
    assert client.post(address, {"walk_ins": typed}).status_code == 302
    assert client.post(address, {"was_there": f"{typed}:yes"}).status_code == 404
    session.refresh_from_db()
    assert (session.walk_ins, noted(session)) == (0, {})


def test_attendance_is_refused_when_the_person_was_moved(session):
    """The phone of a colleague still shows the person that was moved after the morning."""
    jozef, _amina = people(session)
    attendance.record_attendance(session, jozef, True, now=NOW)
    other = locations.run(session.run.page, session.run.location, date(2026, 12, 17))
    Registration.objects.filter(pk=jozef.pk).update(run=other)
    with pytest.raises(attendance.NotRegistered):
        attendance.record_attendance(session, jozef, False, now=NOW)
    assert noted(session) == {"Jozef Peeters": True}
