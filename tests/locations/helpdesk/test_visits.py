"""Tests of recording, undoing, listing and exporting visits."""

import csv
import io
import logging
import uuid
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from wagtail.models import ModelLogEntry

from home.core.roles import Role
from locations.core import person_hashes
from locations.helpdesk.errors import AlreadyFollowedUp, NotLastVisitToday, OpenQuestionMissing
from locations.helpdesk.models import HelpRequest, Visit
from locations.helpdesk.operations import transitions, visits
from tests.factories import helpdesk, locations
from tests.factories.locations import MONDAY_MORNING

pytestmark = pytest.mark.django_db
CODE = "Blauwe Fiets 42"


@pytest.fixture
def record(staff, location):
    def send(**changes):
        typed = {"location": location.pk, "minutes": "15", "outcome": "helped"} | changes
        return staff.post(reverse("record_visit:index"), typed, follow=True)

    return send


def page(response):
    return response.content.decode()


def test_visit_is_recorded_and_form_is_ready_for_the_next(record, location, tom):
    itsme, audience = helpdesk.topic(), helpdesk.audience()
    for count in (1, 2):
        response = record(minutes="5", topics=[itsme.pk], audience=audience.pk)
        message = f"Noted. {count} visit{'s' if count > 1 else ''} today in Digipunt AAL."
        assert message in page(response)
    assert 'name="request_key"' in page(response)
    visit = Visit.objects.first()
    assert (visit.minutes, visit.outcome, visit.logged_by) == (5, "helped", tom)
    assert (list(visit.topics.all()), visit.audience) == ([itsme], audience)
    assert visit.person == ""


def test_form_submitted_twice_records_one_visit(record):
    key = str(uuid.uuid4())
    for _time in range(2):
        record(request_key=key, outcome="open", question="Itsme?")
    assert Visit.objects.count() == HelpRequest.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "minutes"), [("15", 15), ("60", 60), ("other", 25)], ids=["15", "60", "other"]
)
def test_minutes_are_chosen_or_typed(typed, minutes, record):
    record(minutes=typed, other_minutes="25")
    assert Visit.objects.get().minutes == minutes


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"minutes": "other"}, "Fill in how many minutes it took."),
        ({"minutes": "other", "other_minutes": "0"}, "1"),
        ({"minutes": "other", "other_minutes": "481"}, "480"),
        ({"minutes": "7"}, "7"),
        ({"outcome": "open"}, "Write down the question that is still open."),
        ({"outcome": "open", "question": "?", "phone": "12"}, "This is not a telephone number"),
        ({"outcome": "open", "question": "85.07.30-033.28"}, "national register number"),
        ({"card": "85.07.30-033.28"}, "national register number"),
        ({"card": "a-1"}, "at least"),
    ],
)
def test_invalid_visit_shows_errors_and_stores_nothing(changes, error, record):
    response = record(**changes)
    assert error in page(response)
    assert "033.28" not in page(response)
    assert not Visit.objects.exists()
    assert not HelpRequest.objects.exists()


def test_visit_is_refused_at_other_locations_and_other_kinds(record, location, tom):
    elsewhere = helpdesk.digipunt("HAL")
    store = locations.location("MAG", kind="warehouse")
    from locations.places.models import Assignment

    Assignment.objects.create(user=tom, location=store)
    for other in (elsewhere, store):
        response = record(location=other.pk)
        assert f'value="{other.pk}"' not in page(response)
    assert not Visit.objects.exists()


def test_location_of_last_visit_is_selected(record, staff, tom, location):
    from locations.places.models import Assignment

    second = helpdesk.digipunt("HAL")
    Assignment.objects.create(user=tom, location=second)
    record(location=second.pk)
    text = page(staff.get(reverse("record_visit:index")))
    assert f'<option value="{second.pk}" selected' in text


def test_card_is_stored_only_as_a_hash(record, caplog):
    caplog.set_level(logging.DEBUG)
    record(card=CODE)
    record(card=" blauwe-fiets 42")
    first, second = Visit.objects.all()
    assert first.person == second.person == person_hashes.hash_card(CODE)
    stored = str([*Visit.objects.values()]) + str([*ModelLogEntry.objects.values()]) + caplog.text
    assert "fiets" not in stored.lower()


def test_form_explains_that_a_card_code_is_not_a_name(staff):
    assert "A code that the visitor chose, and no name." in page(
        staff.get(reverse("record_visit:index"))
    )


def test_open_visit_creates_a_help_request(record, location, tom):
    itsme = helpdesk.topic()
    record(outcome="open", topics=[itsme.pk], question="Hoe zet ik Itsme over?", name="Rita")
    help_request, visit = HelpRequest.objects.get(), Visit.objects.get()
    assert (help_request.visit, help_request.source, help_request.location) == (
        visit,
        "visit",
        location,
    )
    assert (help_request.topic, help_request.created_by, help_request.assignee) == (
        itsme,
        tom,
        None,
    )
    assert help_request.due_on == MONDAY_MORNING.date() + timedelta(days=2)


def test_answered_visit_creates_no_help_request(record):
    record(outcome="helped", question="Is beantwoord", name="Rita")
    assert not HelpRequest.objects.exists()


def test_open_visit_without_question_is_refused(location):
    with pytest.raises(OpenQuestionMissing):
        helpdesk.visit(location, outcome="open", question=" ")
    assert not Visit.objects.exists()


@pytest.mark.parametrize("minutes", [0, 481])
def test_database_refuses_impossible_minutes(minutes, location):
    visit = helpdesk.visit(location)
    with pytest.raises(IntegrityError), transaction.atomic():
        Visit.objects.filter(pk=visit.pk).update(minutes=minutes)


def undo(staff, visit):
    return page(staff.post(reverse("record_visit:undo", args=[visit.pk]), follow=True))


def test_last_visit_of_today_is_undone_with_its_help_request(record, staff, tom, location):
    earlier = helpdesk.visit(location, user=tom, now=MONDAY_MORNING - timedelta(minutes=9))
    record(outcome="open", question="Itsme?")
    assert "taken back" in undo(staff, Visit.objects.first())
    assert list(Visit.objects.all()) == [earlier]
    assert not HelpRequest.objects.exists()
    assert ModelLogEntry.objects.filter(action=visits.UNDO).count() == 1


def test_other_visits_cannot_be_undone(record, staff, tom, location):
    yesterday = helpdesk.visit(location, user=tom, now=MONDAY_MORNING - timedelta(days=1))
    with pytest.raises(NotLastVisitToday):
        visits.undo_visit(yesterday, user=tom)
    record()
    own = Visit.objects.first()
    record()
    colleague = helpdesk.visit(location, user=locations.staff(Role.HELPER, location))
    for visit in (own, colleague, yesterday):
        assert "Only your own last visit of today" in undo(staff, visit)
    assert Visit.objects.count() == 4


def test_visit_cannot_be_undone_when_its_help_request_is_taken(record, staff, tom):
    record(outcome="open", question="Itsme?")
    visit = Visit.objects.get()
    transitions.take_help_request(HelpRequest.objects.get(), user=tom)
    with pytest.raises(AlreadyFollowedUp):
        visits.undo_visit(visit, user=tom)
    assert "this visit stays" in undo(staff, visit)


@pytest.mark.parametrize(
    ("role", "is_allowed"),
    [
        (Role.HELPER, True),
        (Role.DESK, True),
        (Role.COORDINATOR, True),
        (Role.EDITOR, False),
        (Role.REFERRER, False),
        (Role.REFURBISHER, False),
    ],
)
def test_permission_to_record_visits_by_role(role, is_allowed, client, location):
    client.force_login(locations.staff(role, location))
    typed = {"location": location.pk, "minutes": "15", "outcome": "helped"}
    client.post(reverse("record_visit:index"), typed)
    assert Visit.objects.exists() is is_allowed


def rows(staff, query=""):
    return {
        visit.pk for visit in staff.get(f"{reverse('visits:index')}{query}").context["object_list"]
    }


def test_list_shows_visits_of_own_locations_and_filters_them(staff, tom, location):
    from locations.places.models import Assignment

    second = helpdesk.digipunt("HAL")
    Assignment.objects.create(user=tom, location=second)
    itsme = helpdesk.topic()
    old = helpdesk.visit(location, now=MONDAY_MORNING - timedelta(days=3), topics=[itsme])
    second_visit = helpdesk.visit(second, outcome="referred")
    foreign = helpdesk.visit(helpdesk.digipunt("LOT"))
    own = {old.pk, second_visit.pk}
    assert foreign.pk not in own
    for query, expected in [
        ("", own),
        (f"?location={second.pk}", {second_visit.pk}),
        (f"?topics={itsme.pk}", {old.pk}),
        ("?outcome=referred", {second_visit.pk}),
        ("?first_day=2026-11-23", {second_visit.pk}),
        ("?last_day=2026-11-22", {old.pk}),
        ("?first_day=2026-11-20&last_day=2026-11-20", {old.pk}),
        ("?first_day=2026-11-21&last_day=2026-11-22", set()),
    ]:
        assert rows(staff, query) == expected, query


def test_export_holds_no_personal_data(staff, tom, location):
    helpdesk.visit(
        location,
        user=tom,
        card=CODE,
        topics=[helpdesk.topic(), helpdesk.topic("Mail")],
        audience=helpdesk.audience(),
        outcome="open",
        question="Itsme?",
        name="Rita",
        phone="0470 12 34 56",
    )
    response = staff.get(reverse("visits:index"), {"export": "csv"})
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(text))
    assert len(row) == 6
    assert "Itsme, Mail" in row.values()
    for secret in (person_hashes.hash_card(CODE), "fiets", "Rita", "0470", tom.username, "Itsme?"):
        assert secret not in text


def test_recording_a_visit_has_few_queries(record, django_assert_max_num_queries, staff, location):
    record(outcome="open", question="Itsme?")
    typed = {"location": location.pk, "minutes": "15", "outcome": "open", "question": "Mail?"}
    with django_assert_max_num_queries(48):
        staff.post(reverse("record_visit:index"), typed)
    with django_assert_max_num_queries(18):
        staff.get(reverse("record_visit:index"))


def test_list_filters_by_days_outside_the_years_of_visits(staff, location):
    visit = helpdesk.visit(location).pk
    for query, expected in [
        ("?first_day=0001-01-01", {visit}),
        ("?last_day=9999-12-31", {visit}),
        ("?first_day=9999-12-31", set()),
        ("?last_day=0001-01-01", set()),
    ]:
        assert rows(staff, query) == expected, query
