"""An appointment: when it can be, and how the person hears of it."""

from datetime import timedelta

import pytest

from home.messages.models import Message
from locations.helpdesk.errors import NotInTheFuture, OutsideHours
from locations.helpdesk.operations import help_requests
from locations.opening_hours.models import ClosedDays
from tests.factories import asking, locations
from tests.factories import home as homes
from tests.factories.asking import DECEMBER
from tests.factories.locations import MONDAY_MORNING

pytestmark = pytest.mark.django_db
NOW = {"now": MONDAY_MORNING}


@pytest.mark.parametrize(
    ("hour", "minute", "minutes", "fits"),
    [
        (8, 59, 60, False),
        (9, 0, 60, True),
        (16, 0, 60, True),
        (16, 1, 60, False),
        (17, 0, 15, False),
    ],
)
def test_an_appointment_is_inside_the_opening_hours(hour, minute, minutes, fits, place, tom):
    request, at = asking.asked(place), DECEMBER.replace(hour=hour, minute=minute)
    if fits:
        asking.appointed(request, tom, at=at, minutes=minutes)
        request.refresh_from_db()
        assert (request.appointment_at, request.due_on) == (at, at.date())
        assert request.assignee == tom
    else:
        with pytest.raises(OutsideHours, match="AAL"):
            asking.appointed(request, tom, at=at, minutes=minutes)


def test_two_openings_that_touch_are_one_for_an_appointment(place, tom):
    from datetime import time

    locations.rule(place, 1, time(17), time(19), by_appointment=True)
    at = DECEMBER.replace(hour=16, minute=30)
    assert asking.appointed(asking.asked(place), tom, at=at, minutes=60).appointment_at == at


@pytest.mark.parametrize(
    ("day", "hour", "works"),
    [(1, 7, True), (1, 20, True), (5, 10, False), (8, 10, False)],
    ids=["before the door opens", "in the evening", "on a Saturday", "on a closed day"],
)
def test_at_home_any_hour_will_do_on_a_day_that_the_place_works(day, hour, works, place, tom):
    closed = DECEMBER.date().replace(day=8)
    ClosedDays.objects.create(location=place, first_day=closed, last_day=closed, reason="Vorming")
    request = asking.asked(place, kind="home_visit", address="Kerkstraat 1")
    at = DECEMBER.replace(day=day, hour=hour)
    if works:
        asking.appointed(request, tom, at=at)
    else:
        with pytest.raises(OutsideHours):
            asking.appointed(request, tom, at=at)


@pytest.mark.parametrize("ahead", [timedelta(0), timedelta(minutes=-1), timedelta(days=400)])
def test_an_appointment_is_later_than_now_and_within_a_year(ahead, place, tom):
    with pytest.raises(NotInTheFuture):
        asking.appointed(asking.asked(place), tom, at=MONDAY_MORNING + ahead)


@pytest.mark.parametrize(
    ("facts", "tell", "channels"),
    [
        ({"email": "l@example.org"}, True, ["mail"]),
        ({}, True, ["phone"]),
        ({}, False, []),
        ({"phone": "", "source": "visit"}, True, []),
    ],
    ids=["by mail", "on the call list", "told already", "nobody to reach"],
)
def test_an_appointment_is_told_by_the_own_channel(facts, tell, channels, place, tom):
    request = asking.asked(place, **facts)
    asking.appointed(request, tom, tell=tell)
    said = Message.objects.filter(kind="help_request_appointment")
    assert [one.channel for one in said] == channels
    assert all(one.place == "AAL" and "afspraak.ics" in one.text for one in said if one.address)


@pytest.mark.parametrize(
    "deed", ["withdraw", "hand_over", "close", "refer", "reopen", "another appointment"]
)
def test_an_appointment_that_is_gone_is_not_told_any_more(deed, place, other, tom):
    request = asking.asked(place)
    asking.appointed(request, tom)
    first = Message.objects.get(kind="help_request_appointment")
    by = {"user": tom, **NOW}
    if deed == "withdraw":
        help_requests.withdraw(request, **by)
    elif deed == "hand_over":
        help_requests.hand_over(request, other, **by)
    elif deed == "another appointment":
        asking.appointed(request, tom, at=DECEMBER + timedelta(hours=1))
    elif deed == "refer":
        index = locations.workshop_index(homes.home_page())
        run = locations.run(locations.workshop(index), place, DECEMBER.date())
        help_requests.refer(request, run, consent=True, **by)
    else:
        asking.closed(request, tom)
        if deed == "reopen":
            help_requests.reopen(request, **by)
    first.refresh_from_db()
    assert first.state == Message.State.DONE
    waiting = Message.objects.filter(kind=first.kind, state=Message.State.WAITING)
    assert waiting.count() == (1 if deed == "another appointment" else 0)


def test_a_note_leaves_what_is_told_about_an_appointment(place, tom):
    request = asking.asked(place)
    asking.appointed(request, tom)
    help_requests.note(request, "Brengt de laptop mee.", user=tom, **NOW)
    said = Message.objects.get(kind="help_request_appointment")
    assert said.state == Message.State.WAITING
