"""When many press at the same moment, each on a connection of their own."""

import uuid
from functools import partial

import pytest

from digipunt.accounts import roles
from home.core.roles import Role
from locations.helpdesk.errors import HelpError, IllegalMove, TakenAlready
from locations.helpdesk.models import HelpRequest, HelpRequestEvent, Visit
from locations.helpdesk.operations import help_requests
from tests.concurrency import run_concurrently
from tests.factories import asking, locations

pytestmark = pytest.mark.django_db(transaction=True)
THREADS = 6


@pytest.fixture
def place():
    roles.apply()
    return asking.digipunt()


@pytest.fixture
def team(place):
    return [locations.staff(Role.HELPER, place) for _number in range(THREADS)]


def test_of_those_who_take_it_at_once_one_has_it_and_the_others_hear_who(place, team):
    for number in range(1, 6):
        asked = asking.asked(place)
        answers = run_concurrently(*(partial(help_requests.take, asked, user=one) for one in team))
        lost = [answer for answer in answers if isinstance(answer, TakenAlready)]
        won = [answer for answer in answers if isinstance(answer, HelpRequest)]
        assert (len(won), len(lost)) == (1, THREADS - 1)
        asked.refresh_from_db()
        assert asked.assignee == won[0].assignee
        assert HelpRequestEvent.objects.filter(kind="taken").count() == number


def test_withdrawn_and_closed_at_once_is_one_of_the_two(place, team):
    for _round in range(5):
        asked = asking.asked(place)
        answers = run_concurrently(
            partial(help_requests.withdraw, asked), partial(asking.closed, asked, team[0])
        )
        assert sum(isinstance(answer, IllegalMove) for answer in answers) == 1
        asked.refresh_from_db()
        assert asked.events.count() == 2


def test_a_form_sent_many_times_at_once_is_one_question_and_one_visit(place, team):
    key = uuid.uuid4()
    asked = run_concurrently(
        *(lambda: asking.asked(place, request_key=key) for _one in range(THREADS))
    )
    assert {answer.pk for answer in asked} == {HelpRequest.objects.get().pk}
    noted = run_concurrently(
        *(
            lambda: asking.visited(place, request_key=key, outcome="open", question="Itsme?")
            for _one in range(THREADS)
        )
    )
    assert {answer.pk for answer in noted} == {Visit.objects.get().pk}
    assert HelpRequest.objects.count() == 2


def test_two_workers_erase_each_name_once(place, team):
    for _number in range(5):
        asking.closed(asking.asked(place), team[0])
    answers = run_concurrently(
        *(lambda: help_requests.erase(HelpRequest.objects.all()) for _one in "ab")
    )
    assert not [answer for answer in answers if isinstance(answer, HelpError)]
    assert sum(answers) == 5
