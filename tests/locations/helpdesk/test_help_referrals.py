"""A question goes to another place, or its person to a workshop, who said yes to that."""

import pytest

from locations.helpdesk.errors import ConsentNeeded, NobodyToReach, NoDigipunt, SamePlace
from locations.helpdesk.models import HelpRequest
from locations.helpdesk.operations import help_requests
from locations.helpdesk.transitions import State
from tests.factories import asking, home, locations
from tests.factories.locations import MONDAY_MORNING

pytestmark = pytest.mark.django_db
NOW = {"now": MONDAY_MORNING}


@pytest.fixture
def run(place):
    page = locations.workshop(locations.workshop_index(home.home_page()))
    return locations.run(page, place, capacity=1)


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
            help_requests.hand_over(request, locations.location(kind=kind), user=tom)


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
    from locations.workshops.errors import AlreadyRegistered

    run.capacity = 3
    run.save()
    help_requests.refer(asking.asked(place), run, consent=True, user=tom, **NOW)
    again = asking.asked(place)
    with pytest.raises(AlreadyRegistered):
        help_requests.refer(again, run, consent=True, user=tom, **NOW)
    again.refresh_from_db()
    assert (again.state, again.referred_to) == (State.NEW, None)
