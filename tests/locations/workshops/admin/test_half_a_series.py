"""Of a series that is cancelled halfway, the lessons that were given count as given."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from home.core.roles import Role
from locations.workshops.models import Attendance, Session, WorkshopRun
from locations.workshops.operations import attendance, registrations, runs
from tests.factories import locations
from tests.factories.registrations import NOW, register

pytestmark = pytest.mark.django_db
HOUR, WEEK = timedelta(hours=1), timedelta(days=7)
OFF = {"status": "cancelled", "cancelled_reason": "ziek"}


@pytest.fixture
def series(page, place):
    """Three lessons of an hour: a week ago, that ended just now, and in a week."""
    run = locations.run(page, place, (NOW - WEEK).date())
    register(run, 1, now=NOW - 2 * WEEK, name="Jozef Peeters", phone="0470 12 34 56")
    starts = (NOW - WEEK, NOW - HOUR, NOW + WEEK)
    run.sessions = [Session(starts_at=start, ends_at=start + HOUR) for start in starts]
    run.save()
    return run


@pytest.fixture
def helper(client, place):
    client.force_login(user := locations.staff(Role.HELPER, place))
    return user


def lessons(run):
    return list(Session.objects.filter(run=run).order_by("starts_at"))


def stop(run, now=NOW):
    runs.cancel_run(run, reason="De lesgever is ziek", now=now)


@pytest.mark.parametrize(
    ("after", "given"),
    [(timedelta(seconds=-1), 1), (timedelta(), 2), (timedelta(seconds=1), 2)],
    ids=["the second one is not quite over", "it is over now", "a second later"],
)
def test_what_was_over_when_it_was_cancelled_took_place(series, after, given):
    stop(series, NOW + after)
    every = lessons(series)
    assert [attendance.takes_place(one) for one in every].count(True) == given
    assert list(attendance.taking_place(Session.objects.order_by("starts_at"))) == every[:given]


def test_who_was_there_can_be_noted_and_corrected_afterwards(client, helper, series):
    stop(series)
    lesson, jozef = lessons(series)[0], series.registrations.get()
    address = f"/beheer/aanwezigheid/{lesson.pk}/"
    assert "Jozef" in client.get(address).content.decode()
    for answer, was_there in (("yes", True), ("no", False)):
        client.post(address, {"was_there": f"{jozef.pk}:{answer}"})
        assert Attendance.objects.get().attended is was_there


def test_the_given_lessons_stand_in_the_list_and_the_others_do_not(client, helper, series):
    stop(series)
    page = client.get("/beheer/aanwezigheid/").content.decode()
    first, _second, third = lessons(series)
    assert f"/beheer/aanwezigheid/{first.pk}/" in page
    assert f"/beheer/aanwezigheid/{third.pk}/" not in page


def test_a_lesson_that_was_not_given_can_not_be_noted(series):
    stop(series)
    jozef = series.registrations.get()
    with pytest.raises(attendance.SessionCancelled):
        attendance.record_attendance(lessons(series)[2], jozef, True, now=NOW + 2 * WEEK)


def test_who_was_moved_after_a_given_lesson_is_answered_in_a_sentence(client, helper, series):
    lesson, jozef = lessons(series)[0], series.registrations.get()
    attendance.record_attendance(lesson, jozef, True, now=NOW)
    stop(series)
    other = locations.run(series.page, series.location, (NOW + 2 * WEEK).date())
    registrations.move_registration(jozef, other, user=None, now=NOW)
    address = f"/beheer/aanwezigheid/{lesson.pk}/"
    answer = client.post(address, {"was_there": f"{jozef.pk}:no"}, follow=True)
    assert answer.status_code == 200
    assert str(attendance.NotRegistered()) in " ".join(map(str, answer.context["messages"]))
    assert Attendance.objects.get().attended


def test_what_goes_ahead_after_all_has_no_moment_of_cancelling_any_more(series):
    stop(series)
    series.refresh_from_db()
    assert series.cancelled_at == NOW
    runs.reinstate_run(series, now=NOW)
    series.refresh_from_db()
    assert series.cancelled_at is None
    assert all(map(attendance.takes_place, lessons(series)))


def test_saving_a_cancelled_run_keeps_the_moment(series):
    stale = WorkshopRun.objects.get(pk=series.pk)
    stop(series)
    stale.room = "Zaal 3"
    runs.update_run(stale, now=NOW)
    series.refresh_from_db()
    assert (series.room, series.cancelled_at) == ("Zaal 3", NOW)


def test_only_what_is_cancelled_was_so_at_a_moment(series):
    rows = WorkshopRun.objects.filter(pk=series.pk)
    with (
        pytest.raises(IntegrityError, match="workshop_run_cancelled_at_fits_status"),
        transaction.atomic(),
    ):
        rows.update(cancelled_at=NOW)
    rows.update(cancelled_at=NOW, **OFF)
    assert rows.get().cancelled_at == NOW
