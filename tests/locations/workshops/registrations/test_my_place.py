"""A page of one's own behind a secret link: GET shows, POST does, and nobody else is on it."""

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


def address(one, more=""):
    return f"/workshops/plaats/{one.secret}/{more}"


def text(response):
    soup = BeautifulSoup(response.content, "html.parser")
    return " ".join(soup.main.get_text(" ").split())


def read(client, one):
    response = client.get(address(one))
    assert response.status_code == 200
    return text(response)


@pytest.fixture
def people():
    """Two with a seat, of whom one gave it back; one who is offered it, and two in line."""
    _run, people = make.full_run(2, 3)
    registrations.cancel_registration(people[0], now=NOW)
    make.reload_states(*people)
    return people


def test_each_reads_how_things_stand_and_of_nobody_else(client, people):
    gone, seated, offered, first, second = people
    assert "Your registration is cancelled" in read(client, gone)
    assert "You are registered" in read(client, seated)
    assert "There is a place for you" in read(client, offered)
    assert "place 1" in read(client, first)
    assert "place 2" in read(client, second)
    for one in people:
        page = client.get(address(one)).content.decode()
        assert not any(
            other.name in page or other.secret in page for other in people if other != one
        )
        assert one.name not in page
        assert one.email not in page


def test_it_says_where_when_and_what_to_bring(client, people):
    page = read(client, people[1])
    for words in ("Digipunt Aalst", "Thursday 10 December, 13 to 15", "Je bankkaart"):
        assert words in page


def test_only_the_end_of_a_telephone_number_is_shown(client):
    one = register(make.run_in_aalst(), phone="0470 12 34 56")
    page = read(client, one)
    assert "ends in 56" in page
    assert "0470" not in page


@pytest.mark.parametrize("more", ["", "afmelden/", "agenda.ics"])
def test_it_is_private_and_kept_nowhere(client, people, more):
    response = client.get(address(people[1], more))
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert response["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("secret", ["x", "A" * 22, "../../etc", "é" * 22])
@pytest.mark.parametrize("more", ["", "afmelden/", "agenda.ics"])
def test_a_link_that_is_none_is_nobodys_fault(client, secret, more):
    response = client.get(f"/workshops/plaats/{secret}/{more}")
    assert response.status_code == 404


def test_getting_any_page_changes_nothing(client, people):
    before = make.reload_states(*people)
    for one in people:
        client.get(address(one), {"answer": "yes"})
        client.get(address(one, "afmelden/"))
        client.head(address(one))
    assert make.reload_states(*people) == before


def test_yes_takes_the_seat_and_no_gives_it_to_the_next(client, people):
    _gone, _seated, offered, first, second = people
    response = client.post(address(offered), {"answer": "no"}, follow=True)
    assert "Your registration is cancelled" in text(response)
    response = client.post(address(first), {"answer": "yes"}, follow=True)
    assert "You are registered" in text(response)
    assert make.reload_states(offered, first, second) == ["cancelled", "registered", "waiting"]


def test_too_late_to_say_yes_is_said_and_the_next_has_it(client, people):
    _gone, _seated, offered, first, _second = people
    with time_machine.travel(NOW + TWO_DAYS, tick=False):
        assert "This place is gone" in read(client, offered)
        response = client.post(address(offered), {"answer": "yes"}, follow=True)
    assert "The time to answer is over" in text(response)
    assert make.reload_states(offered, first) == [State.EXPIRED, State.OFFERED]


@pytest.mark.parametrize("who", [1, 3], ids=["with a seat", "in line"])
def test_cancelling_is_asked_once_more_on_a_page_of_its_own(client, people, who):
    one = people[who]
    assert f'href="{address(one, "afmelden/")}"' in client.get(address(one)).content.decode()
    page = client.get(address(one, "afmelden/"))
    assert 'method="post"' in page.content.decode()
    assert make.reload_states(one) != [State.CANCELLED]
    response = client.post(address(one, "afmelden/"), follow=True)
    assert make.reload_states(one) == [State.CANCELLED]
    assert "Your registration is cancelled" in text(response)
    again = client.post(address(one, "afmelden/"), follow=True)
    assert again.status_code == 200
    assert client.get(address(one, "afmelden/")).status_code == 302


def test_after_the_start_nothing_can_be_cancelled_here(client, people):
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
def test_a_workshop_that_has_begun_or_is_over_says_so(client, people, who, now, says):
    with time_machine.travel(now, tick=False):
        assert says in read(client, people[who])


def test_a_cancelled_run_says_why(client, people):
    WorkshopRun.objects.update(status="cancelled", cancelled_reason="De lesgever is ziek")
    page = read(client, people[1])
    assert "does not take place" in page
    assert "De lesgever is ziek" in page
    assert client.get(address(people[1], "afmelden/")).status_code == 302


def test_a_moved_run_says_when_it_would_have_been(client, people):
    WorkshopRun.objects.update(status="moved", moved_from=START - timedelta(days=7))
    assert "3 December" in read(client, people[1])


def test_who_waits_sees_other_dates_with_a_free_seat(client, people):
    run = people[3].run
    make.another_run(run, day=date(2026, 12, 17))
    make.another_run(run, day=date(2026, 12, 24), status="cancelled", cancelled_reason="Kerstavond")
    full = make.another_run(run, day=date(2026, 12, 18), capacity=1)
    register(full, 50)
    page = read(client, people[3])
    assert "17 December" in page
    assert "24 December" not in page
    assert "18 December" not in page


def events(client, one):
    data = client.get(address(one, "agenda.ics")).content
    return list(Calendar.from_ical(data).walk("VEVENT"))


def test_the_calendar_file_has_every_lesson_without_a_name(client, people):
    one = people[1]
    Session.objects.create(
        run=one.run, starts_at=START + timedelta(days=7), ends_at=START + timedelta(days=7, hours=2)
    )
    first, second = events(client, one)
    assert first["dtstart"].dt == START
    assert second["dtstart"].dt == datetime(2026, 12, 17, 12, 0, tzinfo=UTC)
    assert (first["status"], first["location"]) == ("CONFIRMED", "Digipunt Aalst, Stationsplein 1")
    assert first["uid"] == f"les-{one.run.sessions.earliest('starts_at').pk}@digipunt"
    assert one.name.encode() not in client.get(address(one, "agenda.ics")).content


@pytest.mark.parametrize(
    ("who", "status"), [(0, "CANCELLED"), (1, "CONFIRMED"), (2, "TENTATIVE"), (3, "TENTATIVE")]
)
def test_the_calendar_says_whether_one_comes(client, people, who, status):
    assert {event["status"] for event in events(client, people[who])} == {status}


def test_the_page_takes_ten_questions_in_every_state_however_many_wait(
    client, people, django_assert_max_num_queries
):
    run = people[0].run
    for week in range(1, 5):
        make.another_run(run, day=date(2026, 12, 10) + timedelta(weeks=week))
    for number in range(60, 90):
        register(run, number)
    last = Registration.objects.order_by("-pk").first()
    client.get(address(people[0]))
    for one in [*people, last]:
        with django_assert_max_num_queries(10):
            client.get(address(one))
        with django_assert_max_num_queries(10):
            client.get(address(one, "afmelden/"))
