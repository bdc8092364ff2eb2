"""Tests of the form of a run and its warnings."""

from datetime import date, datetime

import pytest
from django.utils import timezone

from locations.core.time_zone import BRUSSELS
from locations.opening_hours.models import ClosedDays
from locations.workshops.models import Registration, WorkshopRun
from locations.workshops.run_warnings import run_warnings
from tests.factories import locations
from tests.factories.registrations import NOW, register
from tests.factories.run_forms import form_errors, message_texts, post_edit, run_data

pytestmark = pytest.mark.django_db
NEW = "/beheer/workshops-op-datum/new/"


WRONG = {
    "ends first": ([{"ends_at": "2026-12-10T12:59"}], {}, "0:ends_at"),
    "ends at once": ([{"ends_at": "2026-12-10T13:00"}], {}, "0:ends_at"),
    "overlap": (
        [{}, {"starts_at": "2026-12-10T14:59", "ends_at": "2026-12-10T16:00"}],
        {},
        "1:starts_at",
    ),
    "no such hour": (
        [{"starts_at": "2027-03-28T02:30", "ends_at": "2027-03-28T04:00"}],
        {},
        "0:starts_at",
    ),
    "twice that hour": (
        [{"starts_at": "2026-10-25T01:30", "ends_at": "2026-10-25T02:30"}],
        {},
        "0:ends_at",
    ),
    "no lesson": ([{"starts_at": ""}], {}, "0:starts_at"),
    "no seats": ([], {"capacity": 0}, "capacity"),
    "closes first": (
        [],
        {
            "registration_opens_at": "2026-12-02T09:00",
            "registration_closes_at": "2026-12-01T09:00",
        },
        "registration_closes_at",
    ),
    "opens in no hour": (
        [],
        {"registration_opens_at": "2027-03-28T02:30"},
        "registration_opens_at",
    ),
    "a national number": ([], {"room": "85.07.30-033.28"}, "room"),
}


@pytest.mark.parametrize(("sessions", "fields", "field"), WRONG.values(), ids=WRONG)
def test_error_is_shown_at_its_field_and_the_input_is_kept(
    client, coordinator, page, location, sessions, fields, field
):
    response = client.post(NEW, run_data(page, location, *sessions, teacher="Tom", **fields))

    assert list(form_errors(response)) == [field]
    assert not WorkshopRun.objects.exists()
    kept = response.content.decode()
    for typed in ("Tom", *(value for session in sessions for value in session.values())):
        assert typed in kept


def test_ambiguous_time_is_refused_when_the_clock_changes(client, coordinator, page, location):
    spring = {"starts_at": "2027-03-28T02:30", "ends_at": "2027-03-28T04:00"}
    autumn = {"starts_at": "2026-10-25T02:30", "ends_at": "2026-10-25T04:00"}
    sentences = [
        form_errors(client.post(NEW, run_data(page, location, night)))["0:starts_at"][0]
        for night in (spring, autumn)
    ]
    assert "2.30" in sentences[0]
    assert "2.30" in sentences[1]
    assert sentences[0] != sentences[1]


def test_consecutive_sessions_make_a_run(client, coordinator, page, location):
    second = {"starts_at": "2026-12-10T15:00", "ends_at": "2026-12-10T16:00", "subject": "Mail"}
    assert client.post(NEW, run_data(page, location, {}, second)).status_code == 302

    run = WorkshopRun.objects.get()
    assert (run.session_count, timezone.localtime(run.ends_at).hour) == (2, 16)
    assert [session.subject for session in run.sessions.all()] == ["", "Mail"]


@pytest.mark.parametrize("kind", ["workshop", "warehouse"])
def test_hidden_location_is_refused(client, coordinator, page, location, kind):
    hidden = locations.location("ATE", kind=kind, partnership=location.partnership)

    assert list(form_errors(client.post(NEW, run_data(page, hidden)))) == ["location"]


def test_location_out_of_scope_is_not_offered(client, coordinator, page):
    elsewhere = locations.location("HAL")

    assert list(form_errors(client.post(NEW, run_data(page, elsewhere)))) == ["location"]


@pytest.mark.parametrize(("capacity", "refused"), [(1, True), (2, False), (3, False)])
def test_capacity_below_taken_seats_is_refused(client, coordinator, run, capacity, refused):
    register(run, 1), register(run, 2)
    response = post_edit(client, run, capacity=capacity)

    run.refresh_from_db()
    if refused:
        assert list(form_errors(response)) == ["capacity"]
        assert run.capacity == 8
    else:
        assert run.capacity == capacity


def test_new_seats_are_offered_to_the_waiting_list(client, coordinator, run):
    WorkshopRun.objects.filter(pk=run.pk).update(capacity=1)
    register(run, 1)
    waits = register(run, 2)

    post_edit(client, WorkshopRun.objects.get(pk=run.pk), capacity=2)

    waits.refresh_from_db()
    assert waits.state == Registration.State.OFFERED


REMARKS = {
    "the same teacher": ({"teacher": "tom"}, 1),
    "the same room": ({"room": "Zaal 1"}, 1),
    "another teacher and room": ({"teacher": "Ilse", "room": "Zaal 2"}, 0),
    "nobody says who or where": ({}, 0),
}


@pytest.mark.parametrize(("fields", "count"), REMARKS.values(), ids=REMARKS)
def test_clash_is_saved_with_a_warning(client, coordinator, page, location, fields, count):
    locations.run(page, location, teacher="Tom", room="Zaal 1")

    response = client.post(NEW, run_data(page, location, **fields))
    warned = message_texts(response)

    run = WorkshopRun.objects.latest("pk")
    assert response.status_code == 302
    assert len(run_warnings(run, NOW)) == count
    shown = client.get(f"/beheer/workshops-op-datum/inspect/{run.pk}/").context["remarks"]
    assert len(shown) == count
    assert all(any(part in text for text in warned) for part in shown)


@pytest.mark.parametrize(
    ("start", "end", "meets"),
    [(11, 13, False), (12, 14, True), (13, 15, True), (14, 16, True), (15, 17, False)],
)
def test_sessions_clash_only_when_they_overlap(page, location, start, end, meets):
    locations.run(page, location, teacher="Tom")
    other = locations.run(page, location, day=date(2026, 12, 11), teacher="Tom")
    session = other.sessions.get()
    session.starts_at = datetime(2026, 12, 10, start, tzinfo=BRUSSELS)
    session.ends_at = datetime(2026, 12, 10, end, tzinfo=BRUSSELS)
    session.save()

    assert bool(run_warnings(WorkshopRun.objects.get(pk=other.pk), NOW)) is meets


def test_cancelled_run_clashes_with_nothing(page, location):
    locations.run(page, location, teacher="Tom", status="cancelled", cancelled_reason="ziek")

    assert run_warnings(locations.run(page, location, teacher="Tom"), NOW) == []


def test_warnings_include_closed_days_and_closed_hours(page, location):
    locations.rule(location, 3)  # Thursday 9 to 12, and the lesson is from 13 on
    run = locations.run(page, location)
    outside = run_warnings(run, NOW)

    ClosedDays.objects.create(
        location=location, first_day=date(2026, 12, 10), last_day=date(2026, 12, 10), reason="Feest"
    )
    closed = run_warnings(WorkshopRun.objects.get(pk=run.pk), NOW)

    assert len(outside) == len(closed) == 1
    assert "Feest" not in outside[0]
    assert "Feest" in closed[0]


def test_location_without_hours_gives_no_warning(page, location):
    assert run_warnings(locations.run(page, location), NOW) == []
