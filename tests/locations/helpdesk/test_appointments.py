"""Tests of appointments: opening hours, messages, and settling them when dropped."""

from datetime import timedelta

import pytest

from home.messages.models import Message
from locations.helpdesk.errors import AppointmentTimeRefused, OutsideOpeningHours
from locations.helpdesk.operations import transitions
from locations.opening_hours.models import ClosedDays
from tests.factories import helpdesk, locations
from tests.factories import home as homes
from tests.factories.helpdesk import DECEMBER
from tests.factories.locations import MONDAY_MORNING

pytestmark = pytest.mark.django_db
NOW = {"now": MONDAY_MORNING}


@pytest.mark.parametrize(
    ("hour", "minute", "minutes", "is_allowed"),
    [
        (8, 59, 60, False),
        (9, 0, 60, True),
        (16, 0, 60, True),
        (16, 1, 60, False),
        (17, 0, 15, False),
    ],
)
def test_appointment_must_be_within_opening_hours(hour, minute, minutes, is_allowed, location, tom):
    help_request, at = helpdesk.help_request(location), DECEMBER.replace(hour=hour, minute=minute)
    if is_allowed:
        helpdesk.appointment(help_request, tom, at=at, minutes=minutes)
        help_request.refresh_from_db()
        assert (help_request.appointment_at, help_request.due_on) == (at, at.date())
        assert help_request.assignee == tom
    else:
        with pytest.raises(OutsideOpeningHours, match="AAL"):
            helpdesk.appointment(help_request, tom, at=at, minutes=minutes)


def test_appointment_may_span_adjacent_openings(location, tom):
    from datetime import time

    locations.rule(location, 1, time(17), time(19), by_appointment=True)
    at = DECEMBER.replace(hour=16, minute=30)
    assert (
        helpdesk.appointment(helpdesk.help_request(location), tom, at=at, minutes=60).appointment_at
        == at
    )


@pytest.mark.parametrize(
    ("day", "hour", "is_allowed"),
    [(1, 7, True), (1, 20, True), (5, 10, False), (8, 10, False)],
    ids=["before the door opens", "in the evening", "on a Saturday", "on a closed day"],
)
def test_home_visit_may_be_at_any_hour_of_a_day_with_openings(day, hour, is_allowed, location, tom):
    closed = DECEMBER.date().replace(day=8)
    ClosedDays.objects.create(
        location=location, first_day=closed, last_day=closed, reason="Vorming"
    )
    help_request = helpdesk.help_request(location, kind="home_visit", address="Kerkstraat 1")
    at = DECEMBER.replace(day=day, hour=hour)
    if is_allowed:
        helpdesk.appointment(help_request, tom, at=at)
    else:
        with pytest.raises(OutsideOpeningHours):
            helpdesk.appointment(help_request, tom, at=at)


@pytest.mark.parametrize("ahead", [timedelta(0), timedelta(minutes=-1), timedelta(days=400)])
def test_appointment_is_refused_in_the_past_and_after_a_year(ahead, location, tom):
    with pytest.raises(AppointmentTimeRefused):
        helpdesk.appointment(helpdesk.help_request(location), tom, at=MONDAY_MORNING + ahead)


@pytest.mark.parametrize(
    ("fields", "notify", "channels"),
    [
        ({"email": "l@example.org"}, True, ["mail"]),
        ({}, True, ["phone"]),
        ({}, False, []),
        ({"phone": "", "source": "visit"}, True, []),
    ],
    ids=["by mail", "on the call list", "told already", "nobody to reach"],
)
def test_appointment_message_uses_the_channel_of_the_person(
    fields, notify, channels, location, tom
):
    help_request = helpdesk.help_request(location, **fields)
    helpdesk.appointment(help_request, tom, notify=notify)
    messages = Message.objects.filter(kind="help_request_appointment")
    assert [message.channel for message in messages] == channels
    assert all(
        message.location_code == "AAL" and "afspraak.ics" in message.text
        for message in messages
        if message.address
    )


@pytest.mark.parametrize(
    "transition", ["withdraw", "hand_over", "close", "refer", "reopen", "another appointment"]
)
def test_waiting_appointment_message_is_settled_when_appointment_is_dropped(
    transition, location, other_location, tom
):
    help_request = helpdesk.help_request(location)
    helpdesk.appointment(help_request, tom)
    first = Message.objects.get(kind="help_request_appointment")
    by = {"user": tom, **NOW}
    if transition == "withdraw":
        transitions.withdraw_help_request(help_request, **by)
    elif transition == "hand_over":
        transitions.hand_over_help_request(help_request, other_location, **by)
    elif transition == "another appointment":
        helpdesk.appointment(help_request, tom, at=DECEMBER + timedelta(hours=1))
    elif transition == "refer":
        index = locations.workshop_index(homes.home_page())
        run = locations.run(locations.workshop(index), location, DECEMBER.date())
        transitions.refer_to_workshop(help_request, run, consent=True, **by)
    else:
        helpdesk.closed_help_request(help_request, tom)
        if transition == "reopen":
            transitions.reopen_help_request(help_request, **by)
    first.refresh_from_db()
    assert first.state == Message.State.DONE
    waiting = Message.objects.filter(kind=first.kind, state=Message.State.WAITING)
    assert waiting.count() == (1 if transition == "another appointment" else 0)


def test_appointment_message_stays_waiting_after_a_note(location, tom):
    help_request = helpdesk.help_request(location)
    helpdesk.appointment(help_request, tom)
    transitions.add_note(help_request, "Brengt de laptop mee.", user=tom, **NOW)
    message = Message.objects.get(kind="help_request_appointment")
    assert message.state == Message.State.WAITING
