"""Who was there: a tap says what is true, from the morning of the lesson on."""

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
def lesson(page, place):
    """A lesson of today, for which two people registered in time."""
    run = locations.run(page, place, NOW.date())
    register(run, 1, now=NOW - timedelta(days=1), name="Jozef Peeters", phone="0470 12 34 56")
    register(run, 2, now=NOW - timedelta(days=1), name="Amina Yilmaz", phone="0470 12 34 57")
    return run.sessions.get()


@pytest.fixture
def helper(client, place):
    user = locations.staff(Role.HELPER, place)
    client.force_login(user)
    return user


def people(lesson):
    return list(lesson.run.registrations.order_by("seat"))


def tap(client, lesson, person, answer="yes"):
    address = f"/beheer/aanwezigheid/{lesson.pk}/"
    return client.post(address, {"was_there": f"{person.pk}:{answer}"})


def noted(lesson):
    rows = Attendance.objects.filter(session=lesson)
    return dict(rows.values_list("registration__name", "attended"))


def test_a_tap_is_kept_a_second_the_same_and_another_corrects(client, helper, lesson):
    jozef, amina = people(lesson)
    for _time in range(2):
        assert tap(client, lesson, jozef).status_code == 302
    assert noted(lesson) == {"Jozef Peeters": True}

    tap(client, lesson, jozef, "no"), tap(client, lesson, amina)
    assert noted(lesson) == {"Jozef Peeters": False, "Amina Yilmaz": True}
    lesson.refresh_from_db()
    assert (lesson.attendance_at, lesson.attendance_by) == (NOW, helper)


def test_the_history_knows_the_first_note_and_each_correction(client, helper, lesson):
    jozef, amina = people(lesson)
    tap(client, lesson, jozef), tap(client, lesson, jozef), tap(client, lesson, amina)
    tap(client, lesson, jozef, "no")

    entries = ModelLogEntry.objects.for_instance(lesson.run)
    actions = entries.values_list("action", flat=True)
    assert sorted(actions) == sorted([attendance.RECORD, attendance.CORRECT])


@pytest.mark.parametrize(
    ("day", "may"), [(-1, True), (0, True), (1, False)], ids=["yesterday", "today", "tomorrow"]
)
def test_a_lesson_is_noted_from_its_own_day_on(client, helper, page, place, day, may):
    run = locations.run(page, place, NOW.date() + timedelta(days=day))
    person = register(run, 1, now=run.starts_at - timedelta(days=3))
    lesson = run.sessions.get()

    tap(client, lesson, person)

    assert bool(noted(lesson)) is may


def test_in_the_morning_of_a_lesson_in_the_evening_one_can_note(lesson):
    assert lesson.starts_at > NOW
    assert attendance.is_recordable(lesson, NOW.replace(hour=0, minute=0))


@pytest.mark.parametrize(("typed", "count"), [("0", 0), ("12", 12), ("999", 999)])
def test_who_just_came_is_a_number(client, helper, lesson, typed, count):
    client.post(f"/beheer/aanwezigheid/{lesson.pk}/", {"walk_ins": typed})

    lesson.refresh_from_db()
    assert lesson.walk_ins == count
    assert lesson.attendance_at == NOW


@pytest.mark.parametrize("typed", ["-1", "1000", "twee", "", "1.5", "²"])
def test_no_number_is_refused(client, helper, lesson, typed):
    client.post(f"/beheer/aanwezigheid/{lesson.pk}/", {"walk_ins": typed})

    lesson.refresh_from_db()
    assert (lesson.walk_ins, lesson.attendance_at) == (0, None)


def test_who_has_no_seat_was_not_registered(lesson):
    jozef, _amina = people(lesson)
    run = lesson.run
    WorkshopRun.objects.filter(pk=run.pk).update(capacity=2)
    waits = register(run, 3)
    registrations.cancel_registration(jozef)
    for person in (waits, jozef):
        with pytest.raises(attendance.NotRegistered):
            attendance.record_attendance(lesson, person, True)


def test_of_what_was_cancelled_nothing_is_noted(lesson):
    WorkshopRun.objects.filter(pk=lesson.run_id).update(status="cancelled", cancelled_reason="ziek")
    with pytest.raises(attendance.SessionCancelled):
        attendance.record_attendance(lesson, people(lesson)[0], True)


def test_somebody_of_another_run_is_not_found(client, helper, lesson, page):
    other = register(locations.run(page, lesson.run.location), 9)

    assert tap(client, lesson, other).status_code == 404
    assert not Attendance.objects.exists()


def test_a_lesson_of_another_place_is_not_there(client, helper, page):
    run = locations.run(page, locations.location("HAL"), NOW.date())
    lesson = run.sessions.get()

    assert client.get(f"/beheer/aanwezigheid/{lesson.pk}/").status_code == 404
    assert tap(client, lesson, register(run, 1)).status_code == 404


@pytest.mark.parametrize(
    ("role", "shown"),
    [(Role.HELPER, "Jozef (… 456)"), (Role.DESK, "Jozef Peeters"), (Role.EDITOR, None)],
)
def test_a_helper_reads_no_more_than_it_takes_to_find_somebody(client, place, lesson, role, shown):
    client.force_login(locations.staff(role, place))
    page = client.get(f"/beheer/aanwezigheid/{lesson.pk}/", follow=True).content.decode()

    assert (shown or "nobody") in page or shown is None
    assert ("Peeters" in page) is (role == Role.DESK)
    assert ("Jozef" in page) is (shown is not None)
    assert "0470 12 34 56" not in page


def test_todays_lessons_come_first_then_what_was_forgotten(client, helper, lesson, page, place):
    forgotten = locations.run(page, place, date(2026, 11, 16)).sessions.get()
    coming = locations.run(page, place, date(2026, 11, 26)).sessions.get()
    locations.run(page, locations.location("HAL"), NOW.date())
    locations.run(page, place, NOW.date(), status="cancelled", cancelled_reason="ziek")

    shown = client.get("/beheer/aanwezigheid/").context

    found = [[item["lesson"] for item in shown[name]] for name in ("today", "missing", "coming")]
    assert found == [[lesson], [forgotten], [coming]]
    assert shown["today"][0]["lesson"].people == 2


def test_the_dashboard_leads_to_todays_lessons(client, helper, lesson, place):
    address = f"/beheer/aanwezigheid/{lesson.pk}/"
    assert address in client.get("/beheer/").content.decode()

    client.force_login(locations.staff(Role.EDITOR, place))
    assert address not in client.get("/beheer/").content.decode()


def test_a_lesson_costs_the_same_for_more_people(
    client, helper, lesson, django_assert_max_num_queries
):
    def cost():
        with django_assert_max_num_queries(18) as counted:
            client.get(f"/beheer/aanwezigheid/{lesson.pk}/")
        return len(counted)

    cost()
    before = cost()
    for number in range(3, 9):
        register(lesson.run, number)
    assert cost() == before


@pytest.mark.parametrize("typed", ["9" * 5000, "٣", "²", "\0"])
def test_what_is_no_number_is_no_error(typed, client, helper, lesson):
    address = f"/beheer/aanwezigheid/{lesson.pk}/"
    assert client.post(address, {"walk_ins": typed}).status_code == 302
    assert client.post(address, {"was_there": f"{typed}:yes"}).status_code == 404
    lesson.refresh_from_db()
    assert (lesson.walk_ins, noted(lesson)) == (0, {})


def test_of_who_was_moved_to_another_date_nothing_is_noted_or_corrected_here(lesson):
    """Noted this morning; the phone of a colleague still shows them in the afternoon."""
    jozef, _amina = people(lesson)
    attendance.record_attendance(lesson, jozef, True, now=NOW)
    other = locations.run(lesson.run.page, lesson.run.location, date(2026, 12, 17))
    Registration.objects.filter(pk=jozef.pk).update(run=other)
    with pytest.raises(attendance.NotRegistered):
        attendance.record_attendance(lesson, jozef, False, now=NOW)
    assert noted(lesson) == {"Jozef Peeters": True}
