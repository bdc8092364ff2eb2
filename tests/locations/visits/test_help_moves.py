"""What can be done with a help request in which state: every pair, allowed or refused."""

from datetime import timedelta

import pytest

from home.models import Message
from locations.help_errors import (
    ConsentNeeded,
    IllegalMove,
    NobodyToReach,
    NoDigipunt,
    NotAColleague,
    NoteMissing,
    NotInTheFuture,
    OutsideHours,
    SamePlace,
    TakenAlready,
)
from locations.help_moves import TRANSITIONS, Move, State, moves
from locations.models import ClosedDays, HelpRequest, HelpRequestEvent
from locations.operations import help_requests
from locations.scope import Role
from tests.factories import asking, home
from tests.factories import locations as places
from tests.factories.asking import DECEMBER
from tests.factories.locations import MONDAY_MORNING

pytestmark = pytest.mark.django_db
NOW = {"now": MONDAY_MORNING}


@pytest.fixture
def place():
    return asking.digipunt()


@pytest.fixture
def other():
    return asking.digipunt("HAL", city="Halle", postcode="1500")


@pytest.fixture
def tom(place):
    return places.staff(Role.HELPER, place)


@pytest.fixture
def run(place):
    page = places.workshop(places.workshop_index(home.home_page()))
    return places.run(page, place, capacity=1)


def in_state(state, place, tom):
    request = asking.asked(place)
    if state in (State.IN_PROGRESS, State.APPOINTMENT):
        help_requests.take(request, user=tom, **NOW)
    if state == State.APPOINTMENT:
        asking.appointed(request, tom)
    if state == State.DONE:
        asking.closed(request, tom)
    if state == State.WITHDRAWN:
        help_requests.withdraw(request, **NOW)
    request.refresh_from_db()
    assert request.state == state
    return request


def do(move, request, *, tom, run, other):
    deeds = {
        Move.TAKE: lambda: help_requests.take(request, user=tom, **NOW),
        Move.ASSIGN: lambda: help_requests.assign(request, to=tom, user=tom, **NOW),
        Move.NOTE: lambda: help_requests.note(request, "Belt morgen", user=tom, **NOW),
        Move.APPOINT: lambda: asking.appointed(request, tom),
        Move.REFER: lambda: help_requests.refer(request, run, consent=True, user=tom, **NOW),
        Move.HAND_OVER: lambda: help_requests.hand_over(request, other, user=tom, **NOW),
        Move.CLOSE: lambda: asking.closed(request, tom),
        Move.WITHDRAW: lambda: help_requests.withdraw(request, user=tom, **NOW),
        Move.REOPEN: lambda: help_requests.reopen(request, user=tom, **NOW),
    }
    deeds[move]()
    request.refresh_from_db()


@pytest.mark.parametrize("move", Move)
@pytest.mark.parametrize("state", State)
def test_a_move_leads_where_the_table_says_or_is_refused(state, move, place, tom, run, other):
    request = in_state(state, place, tom)
    events = request.events.count()
    if move in TRANSITIONS[state]:
        do(move, request, tom=tom, run=run, other=other)
        assert request.state == TRANSITIONS[state][move]
        already_mine = move == Move.TAKE and state != State.NEW
        assert request.events.count() == events + (not already_mine)
        assert bool(request.closed_at) is (request.state in HelpRequest.CLOSED)
        assert bool(request.outcome) is (request.state == State.DONE)
    else:
        with pytest.raises(IllegalMove, match=request.number):
            do(move, request, tom=tom, run=run, other=other)
        request.refresh_from_db()
        assert (request.state, request.events.count()) == (state, events)


def test_the_table_knows_every_state_and_every_move():
    assert set(TRANSITIONS) == set(State)
    assert {move for row in TRANSITIONS.values() for move in row} == set(Move)


def test_what_somebody_has_is_given_and_not_taken(place, tom):
    request = asking.asked(place)
    assert Move.TAKE in moves(request)
    help_requests.take(request, user=tom)
    request.refresh_from_db()
    assert Move.TAKE not in moves(request)
    assert Move.ASSIGN in moves(request)


def test_the_second_who_takes_it_hears_who_was_first(place, tom):
    tom.first_name = "Tom"
    tom.save()
    request = asking.asked(place)
    help_requests.take(request, user=tom)
    with pytest.raises(TakenAlready, match="Tom"):
        help_requests.take(request, user=places.staff(Role.HELPER, place))
    request.refresh_from_db()
    assert request.assignee == tom


@pytest.mark.parametrize(
    ("role", "here", "may"),
    [
        (Role.HELPER, True, True),
        (Role.DESK, True, True),
        (Role.COORDINATOR, True, True),
        (Role.EDITOR, True, False),
        (Role.REFERRER, True, False),
        (Role.HELPER, False, False),
    ],
)
def test_only_who_answers_for_the_place_gets_it(role, here, may, place, other, tom):
    colleague = places.staff(role, place if here else other)
    request = asking.asked(place)
    if may:
        assert help_requests.assign(request, to=colleague, user=tom).assignee == colleague
    else:
        with pytest.raises(NotAColleague):
            help_requests.assign(request, to=colleague, user=tom)


def test_a_note_says_something(place, tom):
    with pytest.raises(NoteMissing):
        help_requests.note(asking.asked(place), "  ", user=tom)


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

    places.rule(place, 1, time(17), time(19), by_appointment=True)
    at = DECEMBER.replace(hour=16, minute=30)
    asking.appointed(asking.asked(place), tom, at=at, minutes=60)


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


def test_given_to_another_place_it_is_new_again_by_the_same_day(place, other, tom):
    request = asking.asked(place)
    help_requests.take(request, user=tom)
    due = request.due_on
    help_requests.hand_over(request, other, user=tom, note="Woont in Halle")
    request.refresh_from_db()
    assert (request.location, request.assignee, request.due_on) == (other, None, due)
    assert not HelpRequest.objects.visible_to(tom).exists()
    assert request.events.last().note == "Woont in Halle"


def test_it_goes_to_another_place_and_to_one_that_answers_questions(place, tom):
    request = asking.asked(place)
    with pytest.raises(SamePlace):
        help_requests.hand_over(request, place, user=tom)
    for kind in ("warehouse", "workshop", "collection"):
        with pytest.raises(NoDigipunt):
            help_requests.hand_over(request, places.location(kind=kind), user=tom)


def test_a_referral_is_a_registration_with_consent(place, tom, run):
    request = asking.asked(place, postcode="9300", language="fr")
    registration = help_requests.refer(request, run, consent=True, user=tom, **NOW)
    request.refresh_from_db()
    assert (request.referred_to, request.outcome) == (registration, "referred")
    assert registration.seat == 1
    assert registration.consent_at
    assert registration.registered_by == tom
    assert registration.name == request.name
    assert registration.person == request.person


def test_in_a_full_workshop_the_person_waits_in_line(place, tom, run):
    for name in ("Een", "Twee"):
        request = asking.asked(place, name=name)
        registration = help_requests.refer(request, run, consent=True, user=tom, **NOW)
    assert (registration.seat, registration.position) == (None, 1)


@pytest.mark.parametrize(
    ("facts", "consent", "error"),
    [
        ({}, False, ConsentNeeded),
        ({"name": ""}, True, NobodyToReach),
        ({"phone": "", "source": "visit"}, True, NobodyToReach),
    ],
    ids=["without a yes", "without a name", "nobody to reach"],
)
def test_nobody_is_registered_without(facts, consent, error, place, tom, run):
    request = asking.asked(place, **facts)
    with pytest.raises(error):
        help_requests.refer(request, run, consent=consent, user=tom, **NOW)
    assert not run.registrations.exists()
    request.refresh_from_db()
    assert request.state == State.NEW


def test_who_is_registered_already_is_not_referred_and_nothing_is_half_done(place, tom, run):
    from locations.errors import AlreadyRegistered

    run.capacity = 3
    run.save()
    help_requests.refer(asking.asked(place), run, consent=True, user=tom, **NOW)
    again = asking.asked(place)
    with pytest.raises(AlreadyRegistered):
        help_requests.refer(again, run, consent=True, user=tom, **NOW)
    again.refresh_from_db()
    assert (again.state, again.referred_to) == (State.NEW, None)


def test_what_is_open_again_gets_a_new_day_and_whoever_says_so(place, tom):
    request = asking.asked(place)
    help_requests.withdraw(request, **NOW)
    later = MONDAY_MORNING + timedelta(days=7)
    help_requests.reopen(request, user=tom, now=later)
    request.refresh_from_db()
    assert (request.assignee, request.closed_at) == (tom, None)
    assert request.due_on == later.date() + timedelta(days=2)


def test_the_person_is_told_that_it_is_followed_up_only_when_asked(place, tom):
    asking.closed(asking.asked(place, email="l@example.org"), tom)
    assert not Message.objects.filter(kind="help_request_closed").exists()
    asking.closed(asking.asked(place, email="l@example.org"), tom, tell=True)
    assert Message.objects.get(kind="help_request_closed").address == "l@example.org"


def test_each_deed_stands_in_the_history_without_a_name(place, tom):
    from wagtail.models import ModelLogEntry

    request = asking.asked(place)
    help_requests.take(request, user=tom)
    asking.closed(request, tom, note="Lotte kan weer mailen")
    entries = ModelLogEntry.objects.filter(object_id=str(request.pk))
    found = [(entry.action, entry.label) for entry in entries.order_by("timestamp")]
    assert [action for action, _label in found] == [
        "locations.ask_help",
        "locations.help_take",
        "locations.help_close",
    ]
    assert {label for _action, label in found} == {request.number}
    assert "Lotte" not in str([entry.data for entry in entries])


def test_names_go_out_and_what_is_counted_stays(place, tom):
    request = asking.asked(place, email="l@example.org", postcode="9300", wishes="Voor Lotte")
    kept = asking.asked(place)
    asking.closed(request, tom, note="Lotte kan weer mailen")
    assert help_requests.erase(HelpRequest.objects.all(), **NOW) == 1
    request.refresh_from_db()
    assert request.erased_at == MONDAY_MORNING
    words = [request.name, request.phone, request.email, request.question, request.outcome_note]
    assert not any([*words, request.person, *request.events.values_list("note", flat=True)])
    assert (request.outcome, request.postcode, request.location) == ("helped", "9300", place)
    assert moves(request) == []
    with pytest.raises(IllegalMove):
        help_requests.reopen(request, user=tom)
    kept.refresh_from_db()
    assert kept.name
    assert help_requests.erase(HelpRequest.objects.all(), **NOW) == 0


@pytest.mark.parametrize(("after", "old"), [(-1, False), (0, False), (1, True)])
def test_old_is_what_was_closed_before_a_moment(after, old, place, tom):
    request = asking.asked(place)
    asking.closed(request, tom)
    moment = MONDAY_MORNING + timedelta(seconds=after)
    assert (request in HelpRequest.objects.closed_before(moment)) is old


def test_what_is_written_on_the_timeline_has_who_and_when(place, tom):
    request = asking.asked(place)
    help_requests.take(request, user=tom, **NOW)
    event = HelpRequestEvent.objects.get(kind="taken")
    assert (event.user, event.at) == (tom, MONDAY_MORNING)
