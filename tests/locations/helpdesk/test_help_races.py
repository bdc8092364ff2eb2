"""Tests of concurrent operations, each on a connection of its own."""

import uuid
from functools import partial

import pytest

from digipunt.accounts import roles
from home.core.roles import Role
from locations.helpdesk.errors import AlreadyTaken, HelpdeskError, TransitionNotAllowed
from locations.helpdesk.models import HelpRequest, HelpRequestEvent, Visit
from locations.helpdesk.operations import transitions
from locations.helpdesk.operations.help_requests import erase_help_requests
from tests.concurrency import run_concurrently
from tests.factories import helpdesk, locations

pytestmark = pytest.mark.django_db(transaction=True)
THREADS = 6


@pytest.fixture
def location():
    roles.apply()
    return helpdesk.digipunt()


@pytest.fixture
def team(location):
    return [locations.staff(Role.HELPER, location) for _number in range(THREADS)]


def test_only_one_user_takes_a_request_when_many_try_at_once(location, team):
    for number in range(1, 6):
        help_request = helpdesk.help_request(location)
        results = run_concurrently(
            *(partial(transitions.take_help_request, help_request, user=user) for user in team)
        )
        refused = [result for result in results if isinstance(result, AlreadyTaken)]
        taken = [result for result in results if isinstance(result, HelpRequest)]
        assert (len(taken), len(refused)) == (1, THREADS - 1)
        help_request.refresh_from_db()
        assert help_request.assignee == taken[0].assignee
        assert HelpRequestEvent.objects.filter(kind="taken").count() == number


def test_request_is_withdrawn_or_closed_when_both_happen_at_once(location, team):
    for _round in range(5):
        help_request = helpdesk.help_request(location)
        results = run_concurrently(
            partial(transitions.withdraw_help_request, help_request),
            partial(helpdesk.closed_help_request, help_request, team[0]),
        )
        assert sum(isinstance(result, TransitionNotAllowed) for result in results) == 1
        help_request.refresh_from_db()
        assert help_request.events.count() == 2


def test_form_submitted_many_times_at_once_creates_one_row(location, team):
    key = uuid.uuid4()
    help_requests = run_concurrently(
        *(lambda: helpdesk.help_request(location, request_key=key) for _thread in range(THREADS))
    )
    assert {row.pk for row in help_requests} == {HelpRequest.objects.get().pk}
    recorded = run_concurrently(
        *(
            lambda: helpdesk.visit(location, request_key=key, outcome="open", question="Itsme?")
            for _thread in range(THREADS)
        )
    )
    assert {visit.pk for visit in recorded} == {Visit.objects.get().pk}
    assert HelpRequest.objects.count() == 2


def test_each_request_is_erased_once_when_two_workers_run(location, team):
    for _number in range(5):
        helpdesk.closed_help_request(helpdesk.help_request(location), team[0])
    results = run_concurrently(
        *(lambda: erase_help_requests(HelpRequest.objects.all()) for _worker in "ab")
    )
    assert not [result for result in results if isinstance(result, HelpdeskError)]
    assert sum(results) == 5
