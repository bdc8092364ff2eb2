"""A visit is noted once, nameless, and what stays open becomes a task; what is wrong is undone."""

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
from locations.helpdesk.errors import FollowedUpAlready, NotYourLast, QuestionMissing
from locations.helpdesk.models import HelpRequest, Visit
from locations.helpdesk.operations import help_requests, visits
from tests.factories import asking, locations
from tests.factories.locations import MONDAY_MORNING

pytestmark = pytest.mark.django_db
CODE = "Blauwe Fiets 42"


@pytest.fixture
def note(staff, place):
    def send(**changes):
        typed = {"location": place.pk, "minutes": "15", "outcome": "helped"} | changes
        return staff.post(reverse("note_visit:index"), typed, follow=True)

    return send


def page(response):
    return response.content.decode()


def test_one_post_notes_a_visit_and_is_ready_for_the_next(note, place, tom):
    itsme, audience = asking.topic(), asking.audience()
    for count in (1, 2):
        response = note(minutes="5", topics=[itsme.pk], audience=audience.pk)
        said = f"Noted. {count} visit{'s' if count > 1 else ''} today in Digipunt AAL."
        assert said in page(response)
    assert 'name="request_key"' in page(response)
    visit = Visit.objects.first()
    assert (visit.minutes, visit.outcome, visit.logged_by) == (5, "helped", tom)
    assert (list(visit.topics.all()), visit.audience) == ([itsme], audience)
    assert visit.person == ""


def test_sent_twice_it_is_one_visit(note):
    key = str(uuid.uuid4())
    for _time in range(2):
        note(request_key=key, outcome="open", question="Itsme?")
    assert Visit.objects.count() == HelpRequest.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "minutes"), [("15", 15), ("60", 60), ("other", 25)], ids=["15", "60", "other"]
)
def test_minutes_are_a_button_or_a_number(typed, minutes, note):
    note(minutes=typed, other_minutes="25")
    assert Visit.objects.get().minutes == minutes


@pytest.mark.parametrize(
    ("changes", "said"),
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
def test_what_can_not_be_noted_is_said_and_nothing_is_kept(changes, said, note):
    response = note(**changes)
    assert said in page(response)
    assert "033.28" not in page(response)
    assert not Visit.objects.exists()
    assert not HelpRequest.objects.exists()


def test_only_places_of_ones_own_and_where_one_can_walk_in(note, place, tom):
    elsewhere = asking.digipunt("HAL")
    store = locations.location("MAG", kind="warehouse")
    from locations.places.models import Assignment

    Assignment.objects.create(user=tom, location=store)
    for other in (elsewhere, store):
        response = note(location=other.pk)
        assert f'value="{other.pk}"' not in page(response)
    assert not Visit.objects.exists()


def test_the_place_of_the_last_visit_is_chosen_already(note, staff, tom, place):
    from locations.places.models import Assignment

    second = asking.digipunt("HAL")
    Assignment.objects.create(user=tom, location=second)
    note(location=second.pk)
    text = page(staff.get(reverse("note_visit:index")))
    assert f'<option value="{second.pk}" selected' in text


def test_of_a_card_only_a_hash_is_kept(note, caplog):
    caplog.set_level(logging.DEBUG)
    note(card=CODE)
    note(card=" blauwe-fiets 42")
    first, second = Visit.objects.all()
    assert first.person == second.person == person_hashes.hash_card(CODE)
    kept = str([*Visit.objects.values()]) + str([*ModelLogEntry.objects.values()]) + caplog.text
    assert "fiets" not in kept.lower()


def test_a_card_is_no_name_says_the_screen(staff):
    assert "A code that the visitor chose, and no name." in page(
        staff.get(reverse("note_visit:index"))
    )


def test_what_stays_open_is_a_question_for_the_team(note, place, tom):
    itsme = asking.topic()
    note(outcome="open", topics=[itsme.pk], question="Hoe zet ik Itsme over?", name="Rita")
    asked, visit = HelpRequest.objects.get(), Visit.objects.get()
    assert (asked.visit, asked.source, asked.location) == (visit, "visit", place)
    assert (asked.topic, asked.created_by, asked.assignee) == (itsme, tom, None)
    assert asked.due_on == MONDAY_MORNING.date() + timedelta(days=2)


def test_a_question_that_is_answered_leaves_nothing(note):
    note(outcome="helped", question="Is beantwoord", name="Rita")
    assert not HelpRequest.objects.exists()


def test_a_visit_with_an_open_question_is_all_or_nothing(place):
    with pytest.raises(QuestionMissing):
        asking.visited(place, outcome="open", question=" ")
    assert not Visit.objects.exists()


@pytest.mark.parametrize("minutes", [0, 481])
def test_a_visit_takes_minutes_says_the_database_too(minutes, place):
    visit = asking.visited(place)
    with pytest.raises(IntegrityError), transaction.atomic():
        Visit.objects.filter(pk=visit.pk).update(minutes=minutes)


def undo(staff, visit):
    return page(staff.post(reverse("note_visit:undo", args=[visit.pk]), follow=True))


def test_the_own_last_visit_of_today_is_taken_back_with_its_question(note, staff, tom, place):
    kept = asking.visited(place, user=tom, now=MONDAY_MORNING - timedelta(minutes=9))
    note(outcome="open", question="Itsme?")
    assert "taken back" in undo(staff, Visit.objects.first())
    assert list(Visit.objects.all()) == [kept]
    assert not HelpRequest.objects.exists()
    assert ModelLogEntry.objects.filter(action=visits.UNDO).count() == 1


def test_a_visit_of_yesterday_of_another_or_before_the_last_stays(note, staff, tom, place):
    yesterday = asking.visited(place, user=tom, now=MONDAY_MORNING - timedelta(days=1))
    with pytest.raises(NotYourLast):
        visits.undo(yesterday, user=tom)
    note()
    mine = Visit.objects.first()
    note()
    colleague = asking.visited(place, user=locations.staff(Role.HELPER, place))
    for visit in (mine, colleague, yesterday):
        assert "Only your own last visit of today" in undo(staff, visit)
    assert Visit.objects.count() == 4


def test_a_visit_whose_question_is_taken_up_stays(note, staff, tom):
    note(outcome="open", question="Itsme?")
    visit = Visit.objects.get()
    help_requests.take(HelpRequest.objects.get(), user=tom)
    with pytest.raises(FollowedUpAlready):
        visits.undo(visit, user=tom)
    assert "this visit stays" in undo(staff, visit)


@pytest.mark.parametrize(
    ("role", "may"),
    [
        (Role.HELPER, True),
        (Role.DESK, True),
        (Role.COORDINATOR, True),
        (Role.EDITOR, False),
        (Role.REFERRER, False),
        (Role.REFURBISHER, False),
    ],
)
def test_who_notes_visits(role, may, client, place):
    client.force_login(locations.staff(role, place))
    typed = {"location": place.pk, "minutes": "15", "outcome": "helped"}
    client.post(reverse("note_visit:index"), typed)
    assert Visit.objects.exists() is may


def rows(staff, query=""):
    return {
        visit.pk for visit in staff.get(f"{reverse('visits:index')}{query}").context["object_list"]
    }


def test_the_list_has_ones_own_places_and_can_be_narrowed(staff, tom, place):
    from locations.places.models import Assignment

    second = asking.digipunt("HAL")
    Assignment.objects.create(user=tom, location=second)
    itsme = asking.topic()
    old = asking.visited(place, now=MONDAY_MORNING - timedelta(days=3), topics=[itsme])
    there = asking.visited(second, outcome="referred")
    elsewhere = asking.visited(asking.digipunt("LOT"))
    every = {old.pk, there.pk}
    assert elsewhere.pk not in every
    for query, found in [
        ("", every),
        (f"?location={second.pk}", {there.pk}),
        (f"?topics={itsme.pk}", {old.pk}),
        ("?outcome=referred", {there.pk}),
        ("?first_day=2026-11-23", {there.pk}),
        ("?last_day=2026-11-22", {old.pk}),
        ("?first_day=2026-11-20&last_day=2026-11-20", {old.pk}),
        ("?first_day=2026-11-21&last_day=2026-11-22", set()),
    ]:
        assert rows(staff, query) == found, query


def test_the_file_holds_nothing_of_anybody(staff, tom, place):
    asking.visited(
        place,
        user=tom,
        card=CODE,
        topics=[asking.topic(), asking.topic("Mail")],
        audience=asking.audience(),
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


def test_saving_asks_little(note, django_assert_max_num_queries, staff, place):
    note(outcome="open", question="Itsme?")
    typed = {"location": place.pk, "minutes": "15", "outcome": "open", "question": "Mail?"}
    with django_assert_max_num_queries(48):
        staff.post(reverse("note_visit:index"), typed)
    with django_assert_max_num_queries(18):
        staff.get(reverse("note_visit:index"))


def test_a_day_of_another_century_narrows_the_list_and_is_no_error(staff, place):
    noted = asking.visited(place).pk
    for query, found in [
        ("?first_day=0001-01-01", {noted}),
        ("?last_day=9999-12-31", {noted}),
        ("?first_day=9999-12-31", set()),
        ("?last_day=0001-01-01", set()),
    ]:
        assert rows(staff, query) == found, query
