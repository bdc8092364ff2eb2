"""The call list on the screen and on paper, and the health of the outbox."""

import io
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pypdf
import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from home.messages.admin.health import LATE, health_for
from home.messages.models import MailOutage, Message, MessageSettings
from home.messages.operations import staff_actions
from locations.places.models import Location
from tests.factories.messages import DUE, message
from tests.home.messages.test_admin_messages import call, record, staff

pytestmark = pytest.mark.django_db
BRUSSELS = ZoneInfo("Europe/Brussels")


def at(name, args=()):
    return reverse(name, args=args)


# Calls.


def test_call_is_due_again_at_the_requested_moment():
    row = call()
    moment = DUE + timedelta(days=3)
    row = staff_actions.record_call(row, Message.Outcome.CALL_BACK, at=moment, now=DUE)
    assert row.next_attempt_at == moment


def test_count_of_unanswered_calls_restarts_after_an_answer():
    row = call()
    for outcome in ("no_answer", "no_answer", "call_back", "no_answer", "no_answer"):
        row = staff_actions.record_call(row, Message.Outcome(outcome), now=DUE)
    assert row.state == "waiting"
    assert staff_actions.record_call(row, Message.Outcome.NO_ANSWER, now=DUE).state == "failed"


def typed(moment):
    return moment.astimezone(BRUSSELS).strftime("%Y-%m-%dT%H:%M")


@pytest.mark.parametrize(
    ("moment", "right"),
    [
        (timedelta(minutes=-1), False),
        (timedelta(minutes=1), True),
        (timedelta(days=90), False),
        (timedelta(days=89), True),
        ("gisteren", False),
    ],
)
def test_moment_to_call_back_must_be_in_the_near_future(coordinator, moment, right):
    row = call()
    with time_machine.travel(DUE, tick=False):
        moment = moment if isinstance(moment, str) else typed(DUE + moment)
        response = record(
            coordinator, row, outcome="call_back", at=moment, note="Belt liever later"
        )
    row.refresh_from_db()
    assert (row.next_attempt_at != DUE) is right
    if right:
        assert typed(row.next_attempt_at) == moment
    else:
        assert row.outcome == ""
        assert "Belt liever later" in response.content.decode()  # the note is kept


@pytest.mark.parametrize(
    ("hour", "right"), [("20:59", True), ("21:00", False), ("07:59", False), ("08:00", True)]
)
def test_moment_to_call_back_cannot_be_in_quiet_hours(coordinator, hour, right):
    MessageSettings.objects.create()
    row = call()
    with time_machine.travel(DUE, tick=False):
        record(coordinator, row, outcome="call_back", at=f"2026-01-07T{hour}")
    row.refresh_from_db()
    assert (row.outcome == "call_back") is right


def test_moment_is_ignored_for_other_outcomes(coordinator):
    row = call()
    record(coordinator, row, outcome="reached", at="gisteren niet")
    row.refresh_from_db()
    assert row.state == "waiting"  # the moment is invalid
    record(coordinator, row, outcome="reached", at="2020-01-01T10:00")
    row.refresh_from_db()
    assert row.state == "done"


def test_empty_call_list_shows_the_end_of_the_quiet_hours(coordinator):
    MessageSettings.objects.create()
    call(recipient_name="Lotte Demo")
    with time_machine.travel(datetime(2026, 1, 5, 22, 0, tzinfo=BRUSSELS), tick=False):
        page = coordinator.get(at("calls:index"))
        assert coordinator.get(at("calls:paper")).status_code == 302
    content = page.content.decode()
    assert "Lotte Demo" not in content
    assert page.context["night"] == {"until": time(8), "waiting": 1}
    assert "8:00" in content


def test_printed_call_list_shows_people_and_texts(coordinator):
    call(recipient_name="Lotte Demo", text="BELLEN\n\nZeg: Dank je wel.", language="fr")
    call("call:2", recipient_name="Geheim Demo", location_code="")
    response = coordinator.get(at("calls:paper"))
    assert response["Content-Type"] == "application/pdf"
    (page,) = pypdf.PdfReader(io.BytesIO(response.content)).pages
    content = " ".join(page.extract_text().split())
    for text in ("Lotte Demo", "0470 00 00 00", "Zeg: Dank je wel.", "Français", "Digipunt Aalst"):
        assert text in content
    assert "Geheim" not in content
    assert Message.objects.filter(state="waiting").count() == 2


def test_printed_call_list_shows_shared_lines_once(coordinator):
    for number in range(3):
        call(f"call:{number}", text=f"BELLEN\n\nZeg: nummer {number}.\nSpreek niets in.")
    paper = pypdf.PdfReader(io.BytesIO(coordinator.get(at("calls:paper")).content))
    content = " ".join(" ".join(page.extract_text() for page in paper.pages).split())
    assert content.count("Spreek niets in.") == 1
    assert all(f"Zeg: nummer {number}." in content for number in range(3))


def test_empty_call_list_is_not_printed(coordinator):
    assert coordinator.get(at("calls:paper")).status_code == 302


# Health.


def test_screens_show_an_outage_of_the_mail_server(coordinator):
    assert coordinator.get(at("messages:index")).context["health"].is_well
    MailOutage.objects.begin("Connection refused", DUE)
    for page in (at("messages:index"), at("wagtailadmin_home")):
        assert "Connection refused" in coordinator.get(page).content.decode()
    MailOutage.objects.end(timezone.now())
    assert "Connection refused" not in coordinator.get(at("wagtailadmin_home")).content.decode()


def test_screens_count_failed_messages_of_own_locations(coordinator):
    Location.objects.create(code="GEN", name="Digipunt Gent")
    for number, place in enumerate(["AAL", "AAL", "GEN", ""]):
        message(f"test:{number}", location_code=place, state="failed", last_error="550 No")
    assert health_for(coordinator.user).failed == 2
    content = coordinator.get(at("wagtailadmin_home")).content.decode()
    assert at("messages:index") + "?state=failed" in content


def test_dashboard_shows_no_problems_without_permission(client, aalst):
    client.force_login(staff(aalst))
    MailOutage.objects.begin("Connection refused", DUE)
    assert "Connection refused" not in client.get(at("wagtailadmin_home")).content.decode()


@pytest.mark.parametrize(
    ("waits", "late"),
    [(LATE - timedelta(seconds=1), 0), (LATE, 1)],
    ids=["a moment", "a quarter of an hour"],
)
def test_mail_is_late_when_no_worker_sends_it(coordinator, waits, late):
    message(location_code="AAL")
    assert health_for(coordinator.user, now=DUE + waits).late == late


@pytest.mark.parametrize(
    ("hour", "late"),
    [
        ("20:59", 1),
        ("21:00", 0),
        ("07:59", 0),
        ("08:00", 0),
        ("08:14", 0),
        ("08:15", 1),
    ],
)
def test_mail_is_not_late_when_quiet_hours_hold_it(coordinator, hour, late):
    MessageSettings.objects.create()
    message(location_code="AAL")
    now = datetime.fromisoformat(f"2026-01-06T{hour}").replace(tzinfo=BRUSSELS)
    assert health_for(coordinator.user, now=now).late == late


def test_health_takes_a_fixed_number_of_queries(coordinator, django_assert_max_num_queries):
    user = coordinator.user
    health_for(user)
    for number in range(20):
        message(f"test:{number}", location_code="AAL", state="failed", last_error="550 No")
    with django_assert_max_num_queries(3):
        health_for(user)


def test_message_screen_shows_that_quiet_hours_hold_it(coordinator):
    MessageSettings.objects.create()
    row = message(location_code="AAL")
    night = datetime(2026, 1, 5, 22, 0, tzinfo=BRUSSELS)
    assert row.is_held_by_quiet_hours(night)
    assert not row.is_held_by_quiet_hours(DUE)
    with time_machine.travel(night, tick=False):
        page = coordinator.get(at("messages:message", [row.pk]))
    assert page.context["waits_for_morning"]
