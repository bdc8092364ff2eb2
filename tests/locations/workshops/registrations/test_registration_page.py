"""Tests of the page of a registration behind its secret link."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from icalendar import Calendar

from locations.workshops.models import Registration, Session, WorkshopRun
from locations.workshops.operations import registrations
from tests.factories import registrations as make
from tests.factories.registrations import NOW, START, TWO_DAYS, State, register

pytestmark = pytest.mark.django_db


def address(person, more=""):
    return f"/workshops/plaats/{person.secret}/{more}"


def text(response):
    soup = BeautifulSoup(response.content, "html.parser")
    return " ".join(soup.main.get_text(" ").split())


def read(client, person):
    response = client.get(address(person))
    assert response.status_code == 200
    return text(response)


@pytest.fixture
def people():
    """Return five people: one cancelled, one with a seat, one with an offer, and two waiting."""
    _run, people = make.full_run(2, 3)
    registrations.cancel_registration(people[0], now=NOW)
    make.reload_states(*people)
    return people


def test_page_shows_the_state_and_nobody_else(client, people):
    gone, seated, offered, first, second = people
    assert "Your registration is cancelled" in read(client, gone)
    assert "You are registered" in read(client, seated)
    assert "There is a place for you" in read(client, offered)
    assert "place 1" in read(client, first)
    assert "place 2" in read(client, second)
    for person in people:
        page = client.get(address(person)).content.decode()
        assert not any(
            other.name in page or other.secret in page for other in people if other != person
        )
        assert person.name not in page
        assert person.email not in page


def test_page_shows_where_when_and_what_to_bring(client, people):
    page = read(client, people[1])
    for words in ("Digipunt Aalst", "Thursday 10 December, 13 to 15", "Je bankkaart"):
        assert words in page


def test_page_shows_only_the_end_of_the_phone_number(client):
    person = register(make.run_in_aalst(), phone="0470 12 34 56")
    page = read(client, person)
    assert "ends in 56" in page
    assert "0470" not in page


@pytest.mark.parametrize("more", ["", "afmelden/", "agenda.ics"])
def test_page_is_private_and_not_cached(client, people, more):
    response = client.get(address(people[1], more))
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert response["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("secret", ["x", "A" * 22, "../../etc", "é" * 22])
@pytest.mark.parametrize("more", ["", "afmelden/", "agenda.ics"])
def test_unknown_link_is_explained(client, secret, more):
    response = client.get(f"/workshops/plaats/{secret}/{more}")
    assert response.status_code == 404


def test_get_changes_nothing(client, people):
    before = make.reload_states(*people)
    for person in people:
        client.get(address(person), {"answer": "yes"})
        client.get(address(person, "afmelden/"))
        client.head(address(person))
    assert make.reload_states(*people) == before


def test_offer_is_accepted_or_passed_on(client, people):
    _gone, _seated, offered, first, second = people
    response = client.post(address(offered), {"answer": "no"}, follow=True)
    assert "Your registration is cancelled" in text(response)
    response = client.post(address(first), {"answer": "yes"}, follow=True)
    assert "You are registered" in text(response)
    assert make.reload_states(offered, first, second) == ["cancelled", "registered", "waiting"]


def test_late_acceptance_is_refused_and_the_next_person_gets_the_offer(client, people):
    _gone, _seated, offered, first, _second = people
    with time_machine.travel(NOW + TWO_DAYS, tick=False):
        assert "This place is gone" in read(client, offered)
        response = client.post(address(offered), {"answer": "yes"}, follow=True)
    assert "The time to answer is over" in text(response)
    assert make.reload_states(offered, first) == [State.EXPIRED, State.OFFERED]


@pytest.mark.parametrize("who", [1, 3], ids=["with a seat", "in line"])
def test_cancellation_asks_for_confirmation(client, people, who):
    person = people[who]
    assert f'href="{address(person, "afmelden/")}"' in client.get(address(person)).content.decode()
    page = client.get(address(person, "afmelden/"))
    assert 'method="post"' in page.content.decode()
    assert make.reload_states(person) != [State.CANCELLED]
    response = client.post(address(person, "afmelden/"), follow=True)
    assert make.reload_states(person) == [State.CANCELLED]
    assert "Your registration is cancelled" in text(response)
    again = client.post(address(person, "afmelden/"), follow=True)
    assert again.status_code == 200
    assert client.get(address(person, "afmelden/")).status_code == 302


def test_cancellation_is_impossible_after_the_start(client, people):
    with time_machine.travel(START, tick=False):
        assert "afmelden" not in client.get(address(people[1])).content.decode()
        assert "nothing changes here" in text(client.get(address(people[1], "afmelden/")))
        response = client.post(address(people[1], "afmelden/"), follow=True)
        assert "has begun" in text(response)
    assert make.reload_states(people[1]) == [State.REGISTERED]


@pytest.mark.parametrize(
    ("who", "now", "says"),
    [
        (1, START, "You are registered"),
        (3, START, "This workshop has begun"),
        (1, START + timedelta(hours=2), "This workshop is over"),
    ],
    ids=["seat, begun", "in line, begun", "over"],
)
def test_page_says_when_the_run_has_started_or_is_over(client, people, who, now, says):
    with time_machine.travel(now, tick=False):
        assert says in read(client, people[who])


def test_page_shows_why_a_run_is_cancelled(client, people):
    WorkshopRun.objects.update(status="cancelled", cancelled_reason="De lesgever is ziek")
    page = read(client, people[1])
    assert "does not take place" in page
    assert "De lesgever is ziek" in page
    assert client.get(address(people[1], "afmelden/")).status_code == 302


def test_page_shows_the_former_start_of_a_moved_run(client, people):
    WorkshopRun.objects.update(status="moved", moved_from=START - timedelta(days=7))
    assert "3 December" in read(client, people[1])


def test_waiting_person_sees_other_dates_with_a_free_seat(client, people):
    run = people[3].run
    make.another_run(run, day=date(2026, 12, 17))
    make.another_run(run, day=date(2026, 12, 24), status="cancelled", cancelled_reason="Kerstavond")
    full = make.another_run(run, day=date(2026, 12, 18), capacity=1)
    register(full, 50)
    page = read(client, people[3])
    assert "17 December" in page
    assert "24 December" not in page
    assert "18 December" not in page


def events(client, person):
    data = client.get(address(person, "agenda.ics")).content
    return list(Calendar.from_ical(data).walk("VEVENT"))


def test_calendar_file_has_every_session_and_no_name(client, people):
    person = people[1]
    Session.objects.create(
        run=person.run,
        starts_at=START + timedelta(days=7),
        ends_at=START + timedelta(days=7, hours=2),
    )
    first, second = events(client, person)
    assert first["dtstart"].dt == START
    assert second["dtstart"].dt == datetime(2026, 12, 17, 12, 0, tzinfo=UTC)
    assert (first["status"], first["location"]) == ("CONFIRMED", "Digipunt Aalst, Stationsplein 1")
    assert first["uid"] == f"les-{person.run.sessions.earliest('starts_at').pk}@digipunt"
    assert person.name.encode() not in client.get(address(person, "agenda.ics")).content


@pytest.mark.parametrize(
    ("who", "status"), [(0, "CANCELLED"), (1, "CONFIRMED"), (2, "TENTATIVE"), (3, "TENTATIVE")]
)
def test_calendar_status_follows_the_registration(client, people, who, status):
    assert {event["status"] for event in events(client, people[who])} == {status}


def test_page_takes_ten_queries_in_every_state(client, people, django_assert_max_num_queries):
    run = people[0].run
    for week in range(1, 5):
        make.another_run(run, day=date(2026, 12, 10) + timedelta(weeks=week))
    for number in range(60, 90):
        register(run, number)
    last = Registration.objects.order_by("-pk").first()
    client.get(address(people[0]))
    for person in [*people, last]:
        with django_assert_max_num_queries(10):
            client.get(address(person))
        with django_assert_max_num_queries(10):
            client.get(address(person, "afmelden/"))
