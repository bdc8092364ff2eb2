"""Tests of the jobs of registrations."""

import importlib
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from home.core import jobs
from home.messages.models import Message
from locations.workshops.models import WorkshopRun
from locations.workshops.operations import registrations, reminders, waiting_list
from tests.factories import registrations as make
from tests.factories.registrations import NOW, START, State, register

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)
# Thursday 10 December: two days before begins with Tuesday, by the clock here.
TUESDAY = datetime(2026, 12, 7, 23, 0, tzinfo=UTC)


def reminded():
    return Message.objects.filter(kind="registration_reminder").count()


def test_jobs_are_registered():
    names = {"offers", "free_seats", "reminders", "registration_names"}
    importlib.import_module("locations.workshops.jobs")
    assert {f"locations.{name}" for name in names} <= set(jobs.registered)


@pytest.mark.parametrize(
    ("now", "count"),
    [
        (TUESDAY - SECOND, 0),
        (TUESDAY, 2),
        (START - SECOND, 2),
        (START, 0),
    ],
    ids=["on Monday", "Tuesday begins", "just before the start", "at the start"],
)
def test_people_with_a_seat_are_reminded_two_days_before(now, count):
    make.full_run(2, 1)
    with time_machine.travel(now, tick=False):
        assert reminders.send_reminders(now) == count
        assert reminders.send_reminders(now) == 0
        assert reminders.send_reminders(now + SECOND / 2) == 0
    assert reminded() == count


def test_days_before_a_reminder_are_a_setting():
    make.change_settings(reminder_days=3)
    make.full_run(2, 1)
    with time_machine.travel(TUESDAY - timedelta(days=1), tick=False):
        assert reminders.send_reminders(TUESDAY - timedelta(days=1) - SECOND) == 0
        assert reminders.send_reminders(TUESDAY - timedelta(days=1)) == 2


@pytest.mark.parametrize(
    "fields", [{"status": "cancelled", "cancelled_reason": "Ziek"}, {"entry": "drop_in"}]
)
def test_reminder_is_not_sent_when_the_run_does_not_need_it(fields):
    run, _people = make.full_run()
    WorkshopRun.objects.filter(pk=run.pk).update(**fields)
    assert reminders.send_reminders(TUESDAY) == 0


def test_reminder_is_skipped_after_a_recent_message():
    """One person registered on Tuesday, another accepted an offer that day."""
    run, (first, _second, waits) = make.full_run()
    with time_machine.travel(TUESDAY + timedelta(hours=12), tick=False) as clock:
        registrations.cancel_registration(first)
        waiting_list.accept_offer(waits)
        registrations.change_capacity(run, 3, user=None)
        register(run, 9, now=None, phone="0470 12 34 56")
        clock.shift(timedelta(hours=2))
        assert reminders.send_reminders() == 1
    assert Message.objects.get(kind="registration_reminder").address == "mens2@example.org"


def test_moved_run_gets_a_new_reminder():
    run, _people = make.full_run(1, 0)
    later = START + timedelta(days=14)
    with time_machine.travel(TUESDAY, tick=False) as clock:
        reminders.send_reminders()
        moved = {"starts_at": later, "ends_at": later + timedelta(hours=2)}
        WorkshopRun.objects.filter(pk=run.pk).update(**moved)
        clock.move_to(later - timedelta(days=1))
        assert reminders.send_reminders() == 1
        assert reminders.send_reminders() == 0
    assert reminded() == 2


# One bad run stops no other


class Broken(Exception):
    pass


def break_for(monkeypatch, module, run):
    """Make notices to people in this run raise an error."""
    queue_notices = module.queue_notices

    def broken(registration, *args, **kwargs):
        if registration.run_id == run.pk:
            raise Broken
        return queue_notices(registration, *args, **kwargs)

    monkeypatch.setattr(module, "queue_notices", broken)


def test_error_in_one_run_does_not_stop_other_reminders(monkeypatch):
    bad, _people = make.full_run(2, 0)
    good = make.another_run(bad)
    register(good, 8)
    break_for(monkeypatch, reminders, bad)
    with time_machine.travel(TUESDAY, tick=False), pytest.raises(Broken):
        reminders.send_reminders()
    assert Message.objects.get(kind="registration_reminder").address == "mens8@example.org"


def test_error_in_one_run_does_not_stop_other_offers(monkeypatch):
    bad, (first, *_rest) = make.full_run(1, 2)
    good = make.another_run(bad, capacity=1)
    people = [register(good, number) for number in (5, 6, 7)]
    for person in (first, people[0]):
        registrations.cancel_registration(person, now=NOW)
    break_for(monkeypatch, waiting_list, bad)
    with pytest.raises(Broken):
        waiting_list.expire_offers(NOW + timedelta(hours=48))
    assert make.reload_states(*people[1:]) == [State.EXPIRED, State.OFFERED]
