"""Tests of handing over a help request and of referring its person to a workshop."""

import pytest

from locations.helpdesk.errors import (
    NotADigipunt,
    ReferralConsentMissing,
    ReferralContactMissing,
    SameLocation,
)
from locations.helpdesk.models import HelpRequest
from locations.helpdesk.operations import transitions
from locations.helpdesk.state_machine import State
from tests.factories import helpdesk, home, locations
from tests.factories.locations import MONDAY_MORNING

pytestmark = pytest.mark.django_db
NOW = {"now": MONDAY_MORNING}


@pytest.fixture
def run(location):
    page = locations.workshop(locations.workshop_index(home.home_page()))
    return locations.run(page, location, capacity=1)


def test_handed_over_request_is_new_and_keeps_its_due_day(location, other_location, tom):
    help_request = helpdesk.help_request(location)
    transitions.take_help_request(help_request, user=tom)
    due_on = help_request.due_on
    transitions.hand_over_help_request(
        help_request, other_location, user=tom, note="Woont in Halle"
    )
    help_request.refresh_from_db()
    assert (help_request.location, help_request.assignee, help_request.due_on) == (
        other_location,
        None,
        due_on,
    )
    assert not HelpRequest.objects.visible_to(tom).exists()
    assert help_request.events.last().note == "Woont in Halle"


def test_hand_over_is_refused_to_same_location_and_to_other_kinds(location, tom):
    help_request = helpdesk.help_request(location)
    with pytest.raises(SameLocation):
        transitions.hand_over_help_request(help_request, location, user=tom)
    for kind in ("warehouse", "workshop", "collection"):
        with pytest.raises(NotADigipunt):
            transitions.hand_over_help_request(
                help_request, locations.location(kind=kind), user=tom
            )


def test_referral_registers_the_person_with_consent(location, tom, run):
    help_request = helpdesk.help_request(location, postcode="9300", language="fr")
    registration = transitions.refer_to_workshop(help_request, run, consent=True, user=tom, **NOW)
    help_request.refresh_from_db()
    assert (help_request.referred_to, help_request.outcome) == (registration, "referred")
    assert registration.seat == 1
    assert registration.consent_at
    assert registration.registered_by == tom
    assert registration.name == help_request.name
    assert registration.person == help_request.person


def test_referral_to_full_workshop_joins_the_waiting_list(location, tom, run):
    for name in ("Een", "Twee"):
        help_request = helpdesk.help_request(location, name=name)
        registration = transitions.refer_to_workshop(
            help_request, run, consent=True, user=tom, **NOW
        )
    assert (registration.seat, registration.position) == (None, 1)


@pytest.mark.parametrize(
    ("fields", "consent", "error"),
    [
        ({}, False, ReferralConsentMissing),
        ({"name": ""}, True, ReferralContactMissing),
        ({"phone": "", "source": "visit"}, True, ReferralContactMissing),
    ],
    ids=["without a yes", "without a name", "nobody to reach"],
)
def test_referral_is_refused_without_consent_name_or_contact(
    fields, consent, error, location, tom, run
):
    help_request = helpdesk.help_request(location, **fields)
    with pytest.raises(error):
        transitions.refer_to_workshop(help_request, run, consent=consent, user=tom, **NOW)
    assert not run.registrations.exists()
    help_request.refresh_from_db()
    assert help_request.state == State.NEW


def test_referral_changes_nothing_when_person_is_already_registered(location, tom, run):
    from locations.workshops.errors import AlreadyRegistered

    run.capacity = 3
    run.save()
    transitions.refer_to_workshop(
        helpdesk.help_request(location), run, consent=True, user=tom, **NOW
    )
    second = helpdesk.help_request(location)
    with pytest.raises(AlreadyRegistered):
        transitions.refer_to_workshop(second, run, consent=True, user=tom, **NOW)
    second.refresh_from_db()
    assert (second.state, second.referred_to) == (State.NEW, None)
