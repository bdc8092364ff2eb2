"""Tests of a series that is cancelled halfway."""

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
def series(page, location):
    """Return a run with sessions of an hour: a week ago, one that just ended, and in a week."""
    run = locations.run(page, location, (NOW - WEEK).date())
    register(run, 1, now=NOW - 2 * WEEK, name="Jozef Peeters", phone="0470 12 34 56")
    starts = (NOW - WEEK, NOW - HOUR, NOW + WEEK)
    run.sessions = [Session(starts_at=start, ends_at=start + HOUR) for start in starts]
    run.save()
    return run


@pytest.fixture
def helper(client, location):
    client.force_login(user := locations.staff(Role.HELPER, location))
    return user


def sessions(run):
    return list(Session.objects.filter(run=run).order_by("starts_at"))


def stop(run, now=NOW):
    runs.cancel_run(run, reason="De lesgever is ziek", now=now)


@pytest.mark.parametrize(
    ("after", "given"),
    [(timedelta(seconds=-1), 1), (timedelta(), 2), (timedelta(seconds=1), 2)],
    ids=["the second session is not quite over", "it is over now", "a second later"],
)
def test_session_takes_place_when_over_before_the_cancellation(series, after, given):
    stop(series, NOW + after)
    every = sessions(series)
    assert [attendance.takes_place(session) for session in every].count(True) == given
    assert list(attendance.taking_place(Session.objects.order_by("starts_at"))) == every[:given]


def test_attendance_of_a_past_session_is_recordable_after_the_cancellation(client, helper, series):
    stop(series)
    session, jozef = sessions(series)[0], series.registrations.get()
    address = f"/beheer/aanwezigheid/{session.pk}/"
    assert "Jozef" in client.get(address).content.decode()
    for answer, was_there in (("yes", True), ("no", False)):
        client.post(address, {"was_there": f"{jozef.pk}:{answer}"})
        assert Attendance.objects.get().attended is was_there


def test_list_shows_only_the_sessions_that_took_place(client, helper, series):
    stop(series)
    page = client.get("/beheer/aanwezigheid/").content.decode()
    first, _second, third = sessions(series)
    assert f"/beheer/aanwezigheid/{first.pk}/" in page
    assert f"/beheer/aanwezigheid/{third.pk}/" not in page


def test_attendance_is_refused_when_the_session_did_not_take_place(series):
    stop(series)
    jozef = series.registrations.get()
    with pytest.raises(attendance.SessionCancelled):
        attendance.record_attendance(sessions(series)[2], jozef, True, now=NOW + 2 * WEEK)


def test_attendance_after_a_move_is_refused_with_an_explanation(client, helper, series):
    session, jozef = sessions(series)[0], series.registrations.get()
    attendance.record_attendance(session, jozef, True, now=NOW)
    stop(series)
    other = locations.run(series.page, series.location, (NOW + 2 * WEEK).date())
    registrations.move_registration(jozef, other, user=None, now=NOW)
    address = f"/beheer/aanwezigheid/{session.pk}/"
    answer = client.post(address, {"was_there": f"{jozef.pk}:no"}, follow=True)
    assert answer.status_code == 200
    assert str(attendance.NotRegistered()) in " ".join(map(str, answer.context["messages"]))
    assert Attendance.objects.get().attended


def test_reinstated_run_has_no_cancelled_at(series):
    stop(series)
    series.refresh_from_db()
    assert series.cancelled_at == NOW
    runs.reinstate_run(series, now=NOW)
    series.refresh_from_db()
    assert series.cancelled_at is None
    assert all(map(attendance.takes_place, sessions(series)))


def test_saving_a_cancelled_run_keeps_cancelled_at(series):
    stale = WorkshopRun.objects.get(pk=series.pk)
    stop(series)
    stale.room = "Zaal 3"
    runs.update_run(stale, now=NOW)
    series.refresh_from_db()
    assert (series.room, series.cancelled_at) == ("Zaal 3", NOW)


def test_database_refuses_cancelled_at_when_not_cancelled(series):
    rows = WorkshopRun.objects.filter(pk=series.pk)
    with (
        pytest.raises(IntegrityError, match="workshop_run_cancelled_at_fits_status"),
        transaction.atomic(),
    ):
        rows.update(cancelled_at=NOW)
    rows.update(cancelled_at=NOW, **OFF)
    assert rows.get().cancelled_at == NOW
