"""Tests of the local weekday and hour that a session keeps beside its start."""

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError

from locations.core.time_zone import BRUSSELS
from locations.workshops.models import Session, WorkshopRun

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
WINTER = datetime.fromisoformat("2026-12-02T22:30:00+00:00")
SUMMER = datetime.fromisoformat("2027-06-02T22:30:00+00:00")


@pytest.fixture
def run(create_run):
    return create_run()


def assert_local_start(session):
    stored = Session.objects.get(pk=session.pk)
    local = stored.starts_at.astimezone(BRUSSELS)
    assert (stored.local_weekday, stored.local_hour) == (local.isoweekday(), local.hour)


@pytest.mark.parametrize("update_fields", [None, ["starts_at", "ends_at"]])
def test_local_start_follows_a_saved_session(run, update_fields):
    session = run.sessions.get()
    session.starts_at, session.ends_at = SUMMER, SUMMER + HOUR
    session.save(update_fields=update_fields)
    assert_local_start(session)
    assert (session.local_weekday, session.local_hour) == (4, 0)


def test_local_start_follows_sessions_saved_with_their_run(run):
    sessions = [Session(starts_at=WINTER, ends_at=WINTER + HOUR)]
    new_run = WorkshopRun.objects.create(page=run.page, location=run.location, sessions=sessions)
    assert_local_start(new_run.sessions.get())


def test_local_start_follows_bulk_operations_when_the_clock_changes(run):
    hours = [datetime.fromisoformat("2027-03-27T00:00:00+00:00") + n * HOUR for n in range(72)]
    hours += [hour + timedelta(days=217) for hour in hours]
    Session.objects.bulk_create(
        Session(run=run, starts_at=hour, ends_at=hour + HOUR) for hour in hours
    )
    sessions = list(Session.objects.filter(starts_at__in=hours))
    assert len(sessions) == len(hours)
    for session in sessions:
        assert_local_start(session)
        session.starts_at += timedelta(days=400)
        session.ends_at += timedelta(days=400)
    Session.objects.bulk_update(sessions, ["starts_at", "ends_at"])
    for session in sessions:
        assert_local_start(session)


def test_update_of_the_start_alone_is_refused(run):
    with pytest.raises(TypeError):
        Session.objects.filter(run=run).update(starts_at=WINTER)
    Session.objects.filter(run=run).update(walk_ins=2)
    assert Session.objects.get().walk_ins == 2


@pytest.mark.parametrize("values", [{"local_weekday": 0}, {"local_weekday": 8}, {"local_hour": 24}])
def test_database_refuses_a_local_start_out_of_range(run, values):
    with pytest.raises(IntegrityError, match="session_local_start_in_range"):
        Session.objects.filter(run=run).update(**values)
