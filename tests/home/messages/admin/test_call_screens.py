"""The call list on the screen and on paper, and what staff see of trouble."""

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


# Calling.


def test_who_asks_for_a_moment_comes_back_at_that_moment():
    row = call()
    moment = DUE + timedelta(days=3)
    row = staff_actions.record_call(row, Message.Outcome.CALL_BACK, at=moment, now=DUE)
    assert row.next_attempt_at == moment


def test_who_answered_is_not_given_up_as_somebody_who_never_does():
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
def test_a_moment_to_call_back_is_still_to_come(coordinator, moment, right):
    row = call()
    with time_machine.travel(DUE, tick=False):
        moment = moment if isinstance(moment, str) else typed(DUE + moment)
        said = record(coordinator, row, outcome="call_back", at=moment, note="Belt liever later")
    row.refresh_from_db()
    assert (row.next_attempt_at != DUE) is right
    if right:
        assert typed(row.next_attempt_at) == moment
    else:
        assert row.outcome == ""
        assert "Belt liever later" in said.content.decode()  # nothing typed is lost


@pytest.mark.parametrize(
    ("hour", "right"), [("20:59", True), ("21:00", False), ("07:59", False), ("08:00", True)]
)
def test_nobody_is_called_back_at_night(coordinator, hour, right):
    MessageSettings.objects.create()
    row = call()
    with time_machine.travel(DUE, tick=False):
        record(coordinator, row, outcome="call_back", at=f"2026-01-07T{hour}")
    row.refresh_from_db()
    assert (row.outcome == "call_back") is right


def test_a_moment_counts_only_for_who_asked_it(coordinator):
    row = call()
    record(coordinator, row, outcome="reached", at="gisteren niet")
    row.refresh_from_db()
    assert row.state == "waiting"  # the moment is no moment, and is said so
    record(coordinator, row, outcome="reached", at="2020-01-01T10:00")
    row.refresh_from_db()
    assert row.state == "done"


def test_at_night_the_list_says_when_one_may_call_again(coordinator):
    MessageSettings.objects.create()
    call(recipient_name="Lotte Demo")
    with time_machine.travel(datetime(2026, 1, 5, 22, 0, tzinfo=BRUSSELS), tick=False):
        page = coordinator.get(at("calls:index"))
        assert coordinator.get(at("calls:paper")).status_code == 302
    said = page.content.decode()
    assert "Lotte Demo" not in said
    assert page.context["night"] == {"until": time(8), "waiting": 1}
    assert "8:00" in said


def test_the_list_to_print_holds_whom_to_call_and_what_to_say(coordinator):
    call(recipient_name="Lotte Demo", text="BELLEN\n\nZeg: Dank je wel.", language="fr")
    call("call:2", recipient_name="Geheim Demo", location_code="")
    response = coordinator.get(at("calls:paper"))
    assert response["Content-Type"] == "application/pdf"
    (page,) = pypdf.PdfReader(io.BytesIO(response.content)).pages
    said = " ".join(page.extract_text().split())
    for words in ("Lotte Demo", "0470 00 00 00", "Zeg: Dank je wel.", "Français", "Digipunt Aalst"):
        assert words in said
    assert "Geheim" not in said
    assert Message.objects.filter(state="waiting").count() == 2


def test_what_one_says_to_everybody_stands_on_the_paper_once(coordinator):
    for number in range(3):
        call(f"call:{number}", text=f"BELLEN\n\nZeg: nummer {number}.\nSpreek niets in.")
    paper = pypdf.PdfReader(io.BytesIO(coordinator.get(at("calls:paper")).content))
    said = " ".join(" ".join(page.extract_text() for page in paper.pages).split())
    assert said.count("Spreek niets in.") == 1
    assert all(f"Zeg: nummer {number}." in said for number in range(3))


def test_a_list_of_nobody_is_not_printed(coordinator):
    assert coordinator.get(at("calls:paper")).status_code == 302


# Trouble.


def test_staff_see_on_their_screens_that_the_mail_server_is_away(coordinator):
    assert coordinator.get(at("messages:index")).context["health"].is_well
    MailOutage.objects.begin("Connection refused", DUE)
    for page in (at("messages:index"), at("wagtailadmin_home")):
        assert "Connection refused" in coordinator.get(page).content.decode()
    MailOutage.objects.end(timezone.now())
    assert "Connection refused" not in coordinator.get(at("wagtailadmin_home")).content.decode()


def test_staff_see_how_many_messages_of_their_places_did_not_arrive(coordinator):
    Location.objects.create(code="GEN", name="Digipunt Gent")
    for number, place in enumerate(["AAL", "AAL", "GEN", ""]):
        message(f"test:{number}", location_code=place, state="failed", last_error="550 No")
    assert health_for(coordinator.user).failed == 2
    said = coordinator.get(at("wagtailadmin_home")).content.decode()
    assert at("messages:index") + "?state=failed" in said


def test_who_may_not_see_messages_hears_nothing_of_them(client, aalst):
    client.force_login(staff(aalst))
    MailOutage.objects.begin("Connection refused", DUE)
    assert "Connection refused" not in client.get(at("wagtailadmin_home")).content.decode()


@pytest.mark.parametrize(
    ("waits", "late"),
    [(LATE - timedelta(seconds=1), 0), (LATE, 1)],
    ids=["a moment", "a quarter of an hour"],
)
def test_mail_that_nobody_takes_away_is_noticed(coordinator, waits, late):
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
def test_mail_that_waits_for_the_morning_is_not_late(coordinator, hour, late):
    MessageSettings.objects.create()
    message(location_code="AAL")
    now = datetime.fromisoformat(f"2026-01-06T{hour}").replace(tzinfo=BRUSSELS)
    assert health_for(coordinator.user, now=now).late == late


def test_the_health_of_the_post_costs_a_few_questions(coordinator, django_assert_max_num_queries):
    user = coordinator.user
    health_for(user)
    for number in range(20):
        message(f"test:{number}", location_code="AAL", state="failed", last_error="550 No")
    with django_assert_max_num_queries(3):
        health_for(user)


def test_a_message_that_waits_for_the_morning_says_so(coordinator):
    MessageSettings.objects.create()
    row = message(location_code="AAL")
    night = datetime(2026, 1, 5, 22, 0, tzinfo=BRUSSELS)
    assert row.is_held_by_quiet_hours(night)
    assert not row.is_held_by_quiet_hours(DUE)
    with time_machine.travel(night, tick=False):
        page = coordinator.get(at("messages:message", [row.pk]))
    assert page.context["waits_for_morning"]
