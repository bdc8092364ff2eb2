"""Tests of runs that are moved, cancelled, reinstated or planned again."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from home.messages.models import Message
from locations.workshops.models import WorkshopRun
from locations.workshops.operations import attendance, registrations, runs
from tests.factories import locations
from tests.factories.registrations import NOW, register
from tests.factories.run_forms import form_errors, message_texts, post_edit

pytestmark = pytest.mark.django_db


LATER = {"sessions-0-starts_at": "2026-12-10T14:00", "sessions-0-ends_at": "2026-12-10T16:00"}


def test_new_time_needs_a_confirmation_to_notify_people(client, coordinator, run):
    register(run, 1)
    register(run, 2, phone="0470 12 34 56")
    before = run.starts_at

    refused = post_edit(client, run, **LATER)
    assert list(form_errors(refused)) == ["told"]
    assert "2" in form_errors(refused)["told"][0]
    run.refresh_from_db()
    assert (run.status, run.starts_at) == (WorkshopRun.Status.PLANNED, before)

    assert post_edit(client, run, told="on", **LATER).status_code == 302
    run.refresh_from_db()
    assert (run.status, run.moved_from) == (WorkshopRun.Status.MOVED, before)
    assert timezone.localtime(run.starts_at).hour == 14
    told = Message.objects.filter(kind="registration_run_moved")
    assert sorted(told.values_list("channel", flat=True)) == ["mail", "phone"]


def test_each_move_notifies_people_again(client, coordinator, run, time_machine):
    register(run, 1)
    post_edit(client, run, told="on", **LATER)
    time_machine.move_to(NOW + timedelta(hours=1), tick=False)
    back = {"sessions-0-starts_at": "2026-12-10T13:00", "sessions-0-ends_at": "2026-12-10T15:00"}
    post_edit(client, run, told="on", **back)

    assert Message.objects.filter(kind="registration_run_moved").count() == 2


@pytest.mark.parametrize(
    "fields",
    [{"room": "Zaal 2"}, {"teacher": "Tom"}, {"capacity": 9}, {"sessions-0-subject": "Mail"}],
    ids=["room", "teacher", "capacity", "subject"],
)
def test_other_changes_are_saved_without_notices(client, coordinator, run, fields):
    register(run, 1)

    assert post_edit(client, run, **fields).status_code == 302
    run.refresh_from_db()
    assert run.status == WorkshopRun.Status.PLANNED
    assert not Message.objects.filter(kind="registration_run_moved").exists()


def test_new_location_is_a_move_unless_nobody_is_registered(client, coordinator, run):
    first = run.location
    other = locations.location("LOT", partnership=first.partnership)
    assert post_edit(client, run, location=other.pk).status_code == 302
    run.refresh_from_db()
    assert (run.location, run.status) == (other, WorkshopRun.Status.PLANNED)

    register(run, 1)
    assert list(form_errors(post_edit(client, run, location=first.pk))) == ["told"]


def test_session_with_attendance_cannot_be_deleted(client, coordinator, run, time_machine):
    person = register(run, 1)
    time_machine.move_to(run.starts_at, tick=False)
    attendance.record_attendance(run.sessions.get(), person, True)
    client.force_login(coordinator)
    friday = {"starts_at": "2026-12-11T13:00", "ends_at": "2026-12-11T15:00"}

    response = post_edit(client, run, friday, told="on", **{"sessions-0-DELETE": "on"})

    assert list(form_errors(response)) == ["sessions"]


def test_entry_stays_by_registration_when_people_are_registered(client, coordinator, run):
    register(run, 1)

    assert list(form_errors(post_edit(client, run, entry="drop_in"))) == ["entry"]


def cancel(client, run, reason="Lesgever ziek"):
    return client.post(f"/beheer/workshops-op-datum/cancel/{run.pk}/", {"reason": reason})


def test_cancelled_run_notifies_everyone_and_ends_the_waiting_list(client, coordinator, run):
    WorkshopRun.objects.filter(pk=run.pk).update(capacity=1)
    sits, waits = register(run, 1), register(run, 2, phone="0470 12 34 56")

    assert cancel(client, run).status_code == 302

    run.refresh_from_db(), sits.refresh_from_db(), waits.refresh_from_db()
    assert (run.status, run.cancelled_reason) == ("cancelled", "Lesgever ziek")
    assert (sits.state, waits.state) == ("registered", "cancelled")
    assert (waits.position, waits.ended_reason) == (None, "Lesgever ziek")
    told = Message.objects.filter(kind="registration_run_cancelled")
    assert sorted(told.values_list("channel", flat=True)) == ["mail", "phone"]
    assert WorkshopRun.objects.published().filter(pk=run.pk).exists()


@pytest.mark.parametrize("reason", ["", "   ", "85.07.30-033.28"])
def test_cancellation_is_refused_without_a_valid_reason(client, coordinator, run, reason):
    response = cancel(client, run, reason)

    assert list(response.context["form"].errors) == ["reason"]
    run.refresh_from_db()
    assert not run.is_cancelled


def test_second_cancellation_is_refused(client, coordinator, run):
    register(run, 1)
    cancel(client, run)
    second = cancel(client, run, "Nog eens")

    assert second.context["form"].errors
    assert Message.objects.filter(kind="registration_run_cancelled").count() == 1


def test_reinstated_run_notifies_people_who_kept_a_seat(client, coordinator, run):
    WorkshopRun.objects.filter(pk=run.pk).update(capacity=1)
    register(run, 1), register(run, 2)
    cancel(client, run)
    Message.objects.update(state="sent", sent_at=NOW, next_attempt_at=None)

    client.post(f"/beheer/workshops-op-datum/reinstate/{run.pk}/")

    run.refresh_from_db()
    assert (run.status, run.cancelled_reason) == ("planned", "")
    assert Message.objects.filter(kind="registration_run_reinstated").count() == 1


@pytest.mark.parametrize("deed", ["cancel", "reinstate"])
def test_run_cannot_be_changed_when_over(run, deed):
    after = run.ends_at
    if deed == "reinstate":
        runs.cancel_run(run, reason="ziek")
        with pytest.raises(runs.RunOver):
            runs.reinstate_run(run, now=after)
    else:
        with pytest.raises(runs.RunOver):
            runs.cancel_run(run, reason="ziek", now=after)


def test_run_with_registrations_is_not_deleted(client, coordinator, run):
    registrations.cancel_registration(register(run, 1))
    address = f"/beheer/workshops-op-datum/delete/{run.pk}/"
    for method in (client.get, client.post):
        response = method(address)
        assert response.status_code == 302
        assert len(message_texts(response)) >= 1
    assert WorkshopRun.objects.filter(pk=run.pk).exists()


def test_run_without_registrations_is_deleted(client, coordinator, run):
    client.post(f"/beheer/workshops-op-datum/delete/{run.pk}/")

    assert not WorkshopRun.objects.exists()


def again(client, run, day):
    address = f"/beheer/workshops-op-datum/again/{run.pk}/"
    return client.post(address, {"first_day": day})


def test_copy_keeps_local_hours_when_the_clock_changes(client, coordinator, run):
    register(run, 1)
    assert again(client, run, "2027-04-01").status_code == 302

    copied = WorkshopRun.objects.latest("pk")
    start = timezone.localtime(copied.starts_at)
    assert (start.date(), start.hour) == (date(2027, 4, 1), 13)
    assert copied.registrations.count() == 0
    assert copied.status == WorkshopRun.Status.PLANNED


@pytest.mark.parametrize("day", ["2026-11-22", "2026-12-10", "2029-01-01", ""])
def test_copy_is_refused_when_the_day_is_out_of_range(client, coordinator, run, day):
    assert list(again(client, run, day).context["form"].errors) == ["first_day"]
    assert WorkshopRun.objects.count() == 1
