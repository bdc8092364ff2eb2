"""What can be done with a help request in which state: every pair, allowed or refused."""

from datetime import timedelta

import pytest

from home.core.roles import Role
from home.messages.models import Message
from locations.helpdesk.errors import IllegalMove, NotAColleague, NoteMissing, TakenAlready
from locations.helpdesk.models import HelpRequest, HelpRequestEvent
from locations.helpdesk.operations import help_requests
from locations.helpdesk.transitions import TRANSITIONS, Move, State, moves
from tests.factories import asking, home, locations
from tests.factories.locations import MONDAY_MORNING

pytestmark = pytest.mark.django_db
NOW = {"now": MONDAY_MORNING}


@pytest.fixture
def run(place):
    page = locations.workshop(locations.workshop_index(home.home_page()))
    return locations.run(page, place, capacity=1)


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
        help_requests.take(request, user=locations.staff(Role.HELPER, place))
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
    colleague = locations.staff(role, place if here else other)
    request = asking.asked(place)
    if may:
        assert help_requests.assign(request, to=colleague, user=tom).assignee == colleague
    else:
        with pytest.raises(NotAColleague):
            help_requests.assign(request, to=colleague, user=tom)


def test_a_note_says_something(place, tom):
    with pytest.raises(NoteMissing):
        help_requests.note(asking.asked(place), "  ", user=tom)


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
