"""Tests of the transitions of a help request, with every pair of state and transition."""

from datetime import timedelta

import pytest

from home.core.roles import Role
from home.messages.models import Message
from locations.helpdesk.errors import AlreadyTaken, EmptyNote, NotAssignable, TransitionNotAllowed
from locations.helpdesk.models import HelpRequest, HelpRequestEvent
from locations.helpdesk.operations import transitions
from locations.helpdesk.operations.help_requests import erase_help_requests
from locations.helpdesk.state_machine import (
    TRANSITIONS,
    State,
    Transition,
    available_transitions,
)
from tests.factories import helpdesk, home, locations
from tests.factories.locations import MONDAY_MORNING

pytestmark = pytest.mark.django_db
NOW = {"now": MONDAY_MORNING}


@pytest.fixture
def run(location):
    page = locations.workshop(locations.workshop_index(home.home_page()))
    return locations.run(page, location, capacity=1)


def create_in_state(state, location, tom):
    help_request = helpdesk.help_request(location)
    if state in (State.IN_PROGRESS, State.APPOINTMENT):
        transitions.take_help_request(help_request, user=tom, **NOW)
    if state == State.APPOINTMENT:
        helpdesk.appointment(help_request, tom)
    if state == State.DONE:
        helpdesk.closed_help_request(help_request, tom)
    if state == State.WITHDRAWN:
        transitions.withdraw_help_request(help_request, **NOW)
    help_request.refresh_from_db()
    assert help_request.state == state
    return help_request


def apply(transition, help_request, *, tom, run, other_location):
    operations = {
        Transition.TAKE: lambda: transitions.take_help_request(help_request, user=tom, **NOW),
        Transition.ASSIGN: lambda: transitions.assign_help_request(
            help_request, to=tom, user=tom, **NOW
        ),
        Transition.NOTE: lambda: transitions.add_note(help_request, "Belt morgen", user=tom, **NOW),
        Transition.APPOINT: lambda: helpdesk.appointment(help_request, tom),
        Transition.REFER: lambda: transitions.refer_to_workshop(
            help_request, run, consent=True, user=tom, **NOW
        ),
        Transition.HAND_OVER: lambda: transitions.hand_over_help_request(
            help_request, other_location, user=tom, **NOW
        ),
        Transition.CLOSE: lambda: helpdesk.closed_help_request(help_request, tom),
        Transition.WITHDRAW: lambda: transitions.withdraw_help_request(
            help_request, user=tom, **NOW
        ),
        Transition.REOPEN: lambda: transitions.reopen_help_request(help_request, user=tom, **NOW),
    }
    operations[transition]()
    help_request.refresh_from_db()


@pytest.mark.parametrize("transition", Transition)
@pytest.mark.parametrize("state", State)
def test_transition_leads_to_the_state_of_the_table_or_is_refused(
    state, transition, location, tom, run, other_location
):
    help_request = create_in_state(state, location, tom)
    events = help_request.events.count()
    if transition in TRANSITIONS[state]:
        apply(transition, help_request, tom=tom, run=run, other_location=other_location)
        assert help_request.state == TRANSITIONS[state][transition]
        is_unchanged = transition == Transition.TAKE and state != State.NEW
        assert help_request.events.count() == events + (not is_unchanged)
        assert bool(help_request.closed_at) is (help_request.state in HelpRequest.CLOSED)
        assert bool(help_request.outcome) is (help_request.state == State.DONE)
    else:
        with pytest.raises(TransitionNotAllowed, match=help_request.number):
            apply(transition, help_request, tom=tom, run=run, other_location=other_location)
        help_request.refresh_from_db()
        assert (help_request.state, help_request.events.count()) == (state, events)


def test_table_has_every_state_and_every_transition():
    assert set(TRANSITIONS) == set(State)
    assert {transition for row in TRANSITIONS.values() for transition in row} == set(Transition)


def test_request_with_assignee_can_be_assigned_but_not_taken(location, tom):
    help_request = helpdesk.help_request(location)
    assert Transition.TAKE in available_transitions(help_request)
    transitions.take_help_request(help_request, user=tom)
    help_request.refresh_from_db()
    assert Transition.TAKE not in available_transitions(help_request)
    assert Transition.ASSIGN in available_transitions(help_request)


def test_second_take_is_refused_with_name_of_the_assignee(location, tom):
    tom.first_name = "Tom"
    tom.save()
    help_request = helpdesk.help_request(location)
    transitions.take_help_request(help_request, user=tom)
    with pytest.raises(AlreadyTaken, match="Tom"):
        transitions.take_help_request(help_request, user=locations.staff(Role.HELPER, location))
    help_request.refresh_from_db()
    assert help_request.assignee == tom


@pytest.mark.parametrize(
    ("role", "is_here", "is_allowed"),
    [
        (Role.HELPER, True, True),
        (Role.DESK, True, True),
        (Role.COORDINATOR, True, True),
        (Role.EDITOR, True, False),
        (Role.REFERRER, True, False),
        (Role.HELPER, False, False),
    ],
)
def test_request_is_assigned_only_to_users_who_may_answer_for_its_location(
    role, is_here, is_allowed, location, other_location, tom
):
    colleague = locations.staff(role, location if is_here else other_location)
    help_request = helpdesk.help_request(location)
    if is_allowed:
        assert (
            transitions.assign_help_request(help_request, to=colleague, user=tom).assignee
            == colleague
        )
    else:
        with pytest.raises(NotAssignable):
            transitions.assign_help_request(help_request, to=colleague, user=tom)


def test_empty_note_is_refused(location, tom):
    with pytest.raises(EmptyNote):
        transitions.add_note(helpdesk.help_request(location), "  ", user=tom)


def test_reopened_request_gets_new_due_day_and_assignee(location, tom):
    help_request = helpdesk.help_request(location)
    transitions.withdraw_help_request(help_request, **NOW)
    later = MONDAY_MORNING + timedelta(days=7)
    transitions.reopen_help_request(help_request, user=tom, now=later)
    help_request.refresh_from_db()
    assert (help_request.assignee, help_request.closed_at) == (tom, None)
    assert help_request.due_on == later.date() + timedelta(days=2)


def test_closing_notifies_the_person_only_when_asked(location, tom):
    helpdesk.closed_help_request(helpdesk.help_request(location, email="l@example.org"), tom)
    assert not Message.objects.filter(kind="help_request_closed").exists()
    helpdesk.closed_help_request(
        helpdesk.help_request(location, email="l@example.org"), tom, notify=True
    )
    assert Message.objects.get(kind="help_request_closed").address == "l@example.org"


def test_log_entries_hold_no_personal_data(location, tom):
    from wagtail.models import ModelLogEntry

    help_request = helpdesk.help_request(location)
    transitions.take_help_request(help_request, user=tom)
    helpdesk.closed_help_request(help_request, tom, note="Lotte kan weer mailen")
    entries = ModelLogEntry.objects.filter(object_id=str(help_request.pk))
    logged = [(entry.action, entry.label) for entry in entries.order_by("timestamp")]
    assert [action for action, _label in logged] == [
        "locations.ask_help",
        "locations.help_take",
        "locations.help_close",
    ]
    assert {label for _action, label in logged} == {help_request.number}
    assert "Lotte" not in str([entry.data for entry in entries])


def test_erasing_removes_personal_data_and_keeps_what_is_counted(location, tom):
    help_request = helpdesk.help_request(
        location, email="l@example.org", postcode="9300", wishes="Voor Lotte"
    )
    open_request = helpdesk.help_request(location)
    helpdesk.closed_help_request(help_request, tom, note="Lotte kan weer mailen")
    assert erase_help_requests(HelpRequest.objects.all(), **NOW) == 1
    help_request.refresh_from_db()
    assert help_request.erased_at == MONDAY_MORNING
    texts = [
        help_request.name,
        help_request.phone,
        help_request.email,
        help_request.question,
        help_request.outcome_note,
    ]
    assert not any(
        [*texts, help_request.person, *help_request.events.values_list("note", flat=True)]
    )
    assert (help_request.outcome, help_request.postcode, help_request.location) == (
        "helped",
        "9300",
        location,
    )
    assert available_transitions(help_request) == []
    with pytest.raises(TransitionNotAllowed):
        transitions.reopen_help_request(help_request, user=tom)
    open_request.refresh_from_db()
    assert open_request.name
    assert erase_help_requests(HelpRequest.objects.all(), **NOW) == 0


@pytest.mark.parametrize(("after", "is_expired"), [(-1, False), (0, False), (1, True)])
def test_closed_before_excludes_the_moment_itself(after, is_expired, location, tom):
    help_request = helpdesk.help_request(location)
    helpdesk.closed_help_request(help_request, tom)
    moment = MONDAY_MORNING + timedelta(seconds=after)
    assert (help_request in HelpRequest.objects.closed_before(moment)) is is_expired


def test_event_has_user_and_moment(location, tom):
    help_request = helpdesk.help_request(location)
    transitions.take_help_request(help_request, user=tom, **NOW)
    event = HelpRequestEvent.objects.get(kind="taken")
    assert (event.user, event.at) == (tom, MONDAY_MORNING)
