"""Questions are kept, promised a day, counted and guarded."""

import uuid
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from home.core.personal_data import NationalNumberRefused
from home.messages.models import Message
from locations.core.models import Practice
from locations.helpdesk.models import HelpRequest, HelpRequestEvent
from locations.helpdesk.operations import help_requests
from locations.opening_hours.models import ClosedDays
from locations.opening_hours.working_days import add_working_days
from tests.factories import asking, locations
from tests.factories.locations import MONDAY_MORNING

pytestmark = pytest.mark.django_db


def test_numbers_count_per_year(place):
    first, second = asking.asked(place), asking.asked(place)
    assert (first.number, second.number) == ("H-2026-0001", "H-2026-0002")
    new_year = MONDAY_MORNING.replace(year=2027, month=1, day=2)
    assert asking.asked(place, now=new_year).number == "H-2027-0001"


@pytest.mark.parametrize(
    ("asked_on", "days", "answered_by"),
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
def test_an_answer_is_promised_in_working_days(asked_on, days, answered_by):
    assert add_working_days(asked_on, days) == answered_by


def test_days_on_which_the_place_is_closed_are_no_working_days(place):
    ClosedDays.objects.create(
        location=place, first_day=date(2026, 11, 24), last_day=date(2026, 11, 25), reason="Vorming"
    )
    assert asking.asked(place).due_on == date(2026, 11, 27)


def test_a_place_that_is_closed_for_years_still_promises_a_day(place):
    ClosedDays.objects.create(
        location=place, first_day=date(2026, 11, 1), last_day=date(2028, 11, 1), reason="Verbouwing"
    )
    assert asking.asked(place).due_on == date(2026, 11, 25)


def test_how_many_days_is_a_setting(place):
    practice = Practice.load()
    practice.answer_days = 5
    practice.save()
    assert asking.asked(place).due_on == date(2026, 11, 30)


def test_the_same_key_is_one_question(place):
    key = uuid.uuid4()
    first = asking.asked(place, request_key=key)
    assert asking.asked(place, request_key=key, name="Anders") == first
    assert HelpRequest.objects.count() == HelpRequestEvent.objects.count() == 1


@pytest.mark.parametrize(
    ("facts", "channels"),
    [({"email": "l@example.org"}, ["mail"]), ({}, []), ({"phone": "", "source": "visit"}, [])],
    ids=["mail", "telephone", "neither"],
)
def test_who_gave_an_address_hears_that_it_came_in(facts, channels, place):
    asked = asking.asked(place, **facts)
    said = Message.objects.all()
    assert [one.channel for one in said] == channels
    assert all(asked.number in one.text and asked.secret in one.text for one in said)


def test_a_street_is_kept_for_help_at_home_only(place):
    assert asking.asked(place, address="Kerkstraat 1").address == ""
    at_home = asking.asked(place, kind="home_visit", address="Kerkstraat 1")
    assert at_home.address == "Kerkstraat 1"


def test_what_is_late_was_due_before_today(place):
    asked = asking.asked(place)
    for after, late in [(-1, False), (0, False), (1, True)]:
        today = asked.due_on + timedelta(days=after)
        assert asked.is_late(today) is late
        assert (asked in HelpRequest.objects.late(today)) is late


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
def test_the_database_refuses_what_can_not_be(changes, constraint, place):
    asked = asking.asked(place)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        HelpRequest.objects.filter(pk=asked.pk).update(**changes)


def test_nobody_is_referred_without_a_yes_says_the_database_too(place, tom):
    from tests.factories import home

    run = locations.run(locations.workshop(locations.workshop_index(home.home_page())), place)
    asked = asking.asked(place)
    help_requests.refer(asked, run, consent=True, user=tom)
    with pytest.raises(IntegrityError, match="with_consent"), transaction.atomic():
        HelpRequest.objects.update(consent_at=None)


def test_keys_secrets_and_visits_are_of_one_question(place):
    visit = asking.visited(place, outcome="open", question="Itsme?")
    first = asking.asked(place, request_key=uuid.uuid4())
    asked = asking.asked(place)
    for same in ("request_key", "secret", "number"):
        with pytest.raises(IntegrityError), transaction.atomic():
            HelpRequest.objects.filter(pk=asked.pk).update(**{same: getattr(first, same)})
    with pytest.raises(IntegrityError), transaction.atomic():
        HelpRequest.objects.filter(pk=asked.pk).update(visit=visit)


@pytest.mark.parametrize("field", ["question", "name", "phone", "address", "outcome_note"])
def test_no_text_holds_a_national_register_number(field, place):
    asked = asking.asked(place)
    setattr(asked, field, "85.07.30-033.28")
    with pytest.raises(NationalNumberRefused):
        asked.save()


def test_a_question_is_known_by_its_number_and_not_by_a_name(place):
    assert str(asking.asked(place)) == "H-2026-0001"
