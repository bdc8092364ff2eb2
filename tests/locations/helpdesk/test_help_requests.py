"""Tests of creating help requests: numbers, due days, messages and constraints."""

import uuid
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from home.core.personal_data import NationalNumberRefused
from home.messages.models import Message
from locations.core.models import DigibankSettings
from locations.helpdesk.models import HelpRequest, HelpRequestEvent
from locations.helpdesk.operations import transitions
from locations.opening_hours.models import ClosedDays
from locations.opening_hours.working_days import add_working_days
from tests.factories import helpdesk, locations
from tests.factories.locations import MONDAY_MORNING

pytestmark = pytest.mark.django_db


def test_numbers_restart_every_year(location):
    first, second = helpdesk.help_request(location), helpdesk.help_request(location)
    assert (first.number, second.number) == ("H-2026-0001", "H-2026-0002")
    new_year = MONDAY_MORNING.replace(year=2027, month=1, day=2)
    assert helpdesk.help_request(location, now=new_year).number == "H-2027-0001"


@pytest.mark.parametrize(
    ("received_on", "days", "due_on"),
    [
        (date(2026, 11, 23), 1, date(2026, 11, 24)),
        (date(2026, 11, 23), 2, date(2026, 11, 25)),
        (date(2026, 11, 26), 2, date(2026, 11, 30)),
        (date(2026, 11, 28), 1, date(2026, 11, 30)),
        (date(2026, 12, 24), 1, date(2026, 12, 28)),
        (date(2026, 12, 31), 1, date(2027, 1, 4)),
        (date(2026, 11, 23), 0, date(2026, 11, 23)),
    ],
    ids=[
        "next day",
        "two days",
        "over a weekend",
        "on a Saturday",
        "Christmas",
        "new year",
        "none",
    ],
)
def test_due_day_is_counted_in_working_days(received_on, days, due_on):
    assert add_working_days(received_on, days) == due_on


def test_closed_days_of_location_are_not_working_days(location):
    ClosedDays.objects.create(
        location=location,
        first_day=date(2026, 11, 24),
        last_day=date(2026, 11, 25),
        reason="Vorming",
    )
    assert helpdesk.help_request(location).due_on == date(2026, 11, 27)


def test_due_day_is_finite_when_location_is_closed_for_years(location):
    ClosedDays.objects.create(
        location=location,
        first_day=date(2026, 11, 1),
        last_day=date(2028, 11, 1),
        reason="Verbouwing",
    )
    assert helpdesk.help_request(location).due_on == date(2026, 11, 25)


def test_number_of_working_days_is_a_setting(location):
    digibank_settings = DigibankSettings.load()
    digibank_settings.answer_days = 5
    digibank_settings.save()
    assert helpdesk.help_request(location).due_on == date(2026, 11, 30)


def test_same_request_key_creates_one_request(location):
    key = uuid.uuid4()
    first = helpdesk.help_request(location, request_key=key)
    assert helpdesk.help_request(location, request_key=key, name="Anders") == first
    assert HelpRequest.objects.count() == HelpRequestEvent.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "channels"),
    [({"email": "l@example.org"}, ["mail"]), ({}, []), ({"phone": "", "source": "visit"}, [])],
    ids=["mail", "telephone", "neither"],
)
def test_confirmation_is_sent_only_to_people_with_email(fields, channels, location):
    help_request = helpdesk.help_request(location, **fields)
    messages = Message.objects.all()
    assert [message.channel for message in messages] == channels
    assert all(
        help_request.number in message.text and help_request.secret in message.text
        for message in messages
    )


def test_address_is_stored_only_for_help_at_home(location):
    assert helpdesk.help_request(location, address="Kerkstraat 1").address == ""
    at_home = helpdesk.help_request(location, kind="home_visit", address="Kerkstraat 1")
    assert at_home.address == "Kerkstraat 1"


def test_request_is_late_after_its_due_day(location):
    help_request = helpdesk.help_request(location)
    for after, is_late in [(-1, False), (0, False), (1, True)]:
        today = help_request.due_on + timedelta(days=after)
        assert help_request.is_late(today) is is_late
        assert (help_request in HelpRequest.objects.late(today)) is is_late


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"state": "appointment"}, "appointment_has_a_moment"),
        ({"state": "withdrawn"}, "closed_at_a_moment"),
        ({"closed_at": MONDAY_MORNING}, "closed_at_a_moment"),
        ({"state": "done", "closed_at": MONDAY_MORNING}, "done_has_an_outcome"),
        ({"outcome": "helped"}, "done_has_an_outcome"),
        ({"phone": "", "email": ""}, "can_be_reached"),
    ],
)
def test_database_refuses_inconsistent_state(changes, constraint, location):
    help_request = helpdesk.help_request(location)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        HelpRequest.objects.filter(pk=help_request.pk).update(**changes)


def test_database_refuses_referral_without_consent(location, tom):
    from tests.factories import home

    run = locations.run(locations.workshop(locations.workshop_index(home.home_page())), location)
    help_request = helpdesk.help_request(location)
    transitions.refer_to_workshop(help_request, run, consent=True, user=tom)
    with pytest.raises(IntegrityError, match="with_consent"), transaction.atomic():
        HelpRequest.objects.update(consent_at=None)


def test_database_refuses_duplicate_key_secret_number_and_visit(location):
    visit = helpdesk.visit(location, outcome="open", question="Itsme?")
    first = helpdesk.help_request(location, request_key=uuid.uuid4())
    help_request = helpdesk.help_request(location)
    for field in ("request_key", "secret", "number"):
        with pytest.raises(IntegrityError), transaction.atomic():
            HelpRequest.objects.filter(pk=help_request.pk).update(**{field: getattr(first, field)})
    with pytest.raises(IntegrityError), transaction.atomic():
        HelpRequest.objects.filter(pk=help_request.pk).update(visit=visit)


@pytest.mark.parametrize("field", ["question", "name", "phone", "address", "outcome_note"])
def test_national_register_number_is_refused_in_every_text(field, location):
    help_request = helpdesk.help_request(location)
    setattr(help_request, field, "85.07.30-033.28")
    with pytest.raises(NationalNumberRefused):
        help_request.save()


def test_string_of_request_is_its_number(location):
    assert str(helpdesk.help_request(location)) == "H-2026-0001"
