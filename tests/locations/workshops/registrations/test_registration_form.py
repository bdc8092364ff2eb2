"""Tests of the public registration form."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup

from home.core import public_forms, throttle
from home.messages.models import Message
from locations.places import operations
from locations.workshops.models import Registration, WorkshopRun
from locations.workshops.views import register as views
from tests.factories import registrations as make
from tests.factories.registrations import NOW, START, register

pytestmark = pytest.mark.django_db
NUMBER = "85.07.30-033.28"


@pytest.fixture
def run():
    return make.run_in_aalst(2)


@pytest.fixture(autouse=True)
def patient(monkeypatch):
    """Accept a form in the second in which it was opened: the clock stands still."""
    monkeypatch.setattr(public_forms, "MIN_AGE", 0)


def address(run):
    return f"/workshops/inschrijven/{run.pk}/"


def opened(client, run):
    """Return the form as a browser sends it back: its hidden fields only."""
    soup = BeautifulSoup(client.get(address(run)).content, "html.parser")
    form = soup.find("form", attrs={"method": "post"})
    return {
        field["name"]: field.get("value", "")
        for field in form.find_all("input")
        if field["name"] != "csrfmiddlewaretoken"
    }


def send(client, run, hidden=None, **typed):
    facts = {"name": "Jozef Peeters", "phone": "0470/12.34.56", "email": ""}
    hidden = opened(client, run) if hidden is None else hidden
    return client.post(address(run), hidden | facts | typed)


def text(response):
    soup = BeautifulSoup(response.content, "html.parser")
    return " ".join(soup.main.get_text(" ").split())


def values(response):
    soup = BeautifulSoup(response.content, "html.parser")
    return {field["name"]: field.get("value", "") for field in soup.main.find_all("input")}


def test_registration_redirects_to_its_page(client, run):
    response = send(client, run, postcode="", language="fr", remark="Met mijn zus")
    person = Registration.objects.get()
    assert response.status_code == 302
    assert response.url == f"/workshops/plaats/{person.secret}/"
    assert (person.name, person.phone, person.seat) == ("Jozef Peeters", "0470 12 34 56", 1)
    assert (person.language, person.remark, person.source) == ("fr", "Met mijn zus", "web")


def test_form_of_a_full_run_offers_the_waiting_list(client):
    run, _people = make.full_run()
    page = text(client.get(address(run)))
    assert "You come on the waiting list" in page
    assert "Put me on the waiting list" in page
    response = send(client, run)
    assert Registration.objects.get(name="Jozef Peeters").position == 2
    assert "waiting list" in text(client.get(response.url))


def test_form_reveals_nothing_about_others(client):
    run, people = make.full_run(2, 3)
    page = client.get(address(run)).content.decode()
    assert not any(person.name in page or person.email in page for person in people)
    assert "3 people" not in page


def test_form_comes_back_as_typed_when_the_last_seat_is_taken(client, run):
    hidden = opened(client, run)
    register(run, 1), register(run, 2)
    response = send(client, run, hidden, remark="Met mijn zus")
    assert not Registration.objects.filter(name="Jozef Peeters").exists()
    assert "just took the last seat" in text(response)
    assert "Put me on the waiting list" in text(response)
    assert values(response)["name"] == "Jozef Peeters"
    assert "Met mijn zus" in text(response)

    again = send(client, run, values(response))
    assert Registration.objects.get(name="Jozef Peeters").position == 1
    assert again.status_code == 302


def test_waiting_list_form_gets_a_seat_that_became_free(client):
    run, people = make.full_run(2, 0)
    hidden = opened(client, run)
    Registration.objects.filter(pk=people[0].pk).update(state="cancelled", seat=None, ended_at=NOW)
    send(client, run, hidden)
    assert Registration.objects.get(name="Jozef Peeters").seat == 1


def test_form_sent_twice_redirects_to_the_same_page(client, run):
    hidden = opened(client, run)
    first, second = send(client, run, hidden), send(client, run, hidden)
    assert first.url == second.url
    assert Registration.objects.count() == 1


def test_form_for_the_last_seat_sent_twice_redirects_to_the_same_page(client, run):
    register(run, 1)
    hidden = opened(client, run)
    first, second = send(client, run, hidden), send(client, run, hidden)
    assert first.status_code == second.status_code == 302
    assert first.url == second.url


def test_registered_person_is_refused_with_the_input_kept(client, run):
    send(client, run)
    response = send(client, run)
    assert response.status_code == 200
    assert "Once is enough. Lost your link?" in text(response)
    assert values(response)["phone"] == "0470/12.34.56"
    assert send(client, run, name="Maria Peeters").status_code == 302


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"name": ""}, "Fill in your name"),
        ({"name": "??"}, "Fill in your name"),
        ({"phone": ""}, "Fill in your telephone number or your e-mail address"),
        ({"phone": "12"}, "This is not a telephone number"),
        ({"phone": "", "email": "jozef@"}, "This is not an e-mail address"),
        ({"postcode": "99999"}, "has 4 digits"),
        ({"postcode": "0001"}, "We do not recognise this postcode"),
        ({"language": "klingon"}, "klingon"),
        ({"remark": "x" * 301}, "300"),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, dict) else "",
)
def test_errors_are_shown_and_the_input_is_kept(client, run, typed, says):
    response = send(client, run, **typed)
    assert response.status_code == 200
    assert says in text(response)
    assert not Registration.objects.exists()
    if "name" not in typed:
        assert values(response)["name"] == "Jozef Peeters"


def test_postcode_is_optional(client, run):
    operations.load_postcodes()
    send(client, run, postcode=" 9300 ")
    assert Registration.objects.get().postcode == "9300"


def test_national_register_number_is_removed_and_the_rest_kept(client, run):
    response = send(client, run, remark=f"Mijn nummer is {NUMBER}, tot dan")
    page = response.content.decode()
    assert "national register number" in page
    assert NUMBER not in page
    assert "tot dan" in page
    assert not Registration.objects.exists()


def test_robot_that_fills_in_everything_is_refused(client, run):
    response = send(client, run, website="https://spam.example")
    assert not Registration.objects.exists()
    assert "Please send the form again" in text(response)
    assert send(client, run, values(response)).status_code == 302


def test_old_form_has_to_be_sent_again(client, run, monkeypatch):
    hidden = opened(client, run)
    monkeypatch.setattr(public_forms, "MAX_AGE", -1)
    response = send(client, run, hidden)
    assert not Registration.objects.exists()
    assert values(response)["name"] == "Jozef Peeters"
    monkeypatch.undo()
    monkeypatch.setattr(public_forms, "MIN_AGE", 0)
    assert send(client, run, values(response)).status_code == 302


def test_form_of_yesterday_is_accepted(client, run):
    import time_machine

    hidden = opened(client, run)
    with time_machine.travel(NOW + timedelta(days=1), tick=False):
        assert send(client, run, hidden).status_code == 302


def test_too_many_registrations_from_one_address_are_refused(client, run, monkeypatch):
    monkeypatch.setattr(views, "MAX_PER_HOUR", 1)
    assert send(client, run).status_code == 302
    response = send(client, run, name="Maria Peeters")
    assert response.status_code == 429
    assert values(response)["name"] == "Maria Peeters"
    assert Registration.objects.count() == 1
    assert throttle


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"registration_opens_at": NOW + timedelta(days=1)}, "Registration opens on"),
        ({"registration_closes_at": NOW}, "Registration for this date has closed"),
        ({"status": "cancelled", "cancelled_reason": "De lesgever is ziek"}, "De lesgever is ziek"),
        ({"entry": "drop_in"}, "Just drop in"),
        ({"starts_at": NOW, "ends_at": START}, "has begun"),
    ],
    ids=["too early", "too late", "cancelled", "drop-in", "begun"],
)
def test_page_explains_why_registration_is_impossible(client, run, change, says):
    hidden = opened(client, run)
    WorkshopRun.objects.filter(pk=run.pk).update(**change)
    for response in (client.get(address(run)), send(client, run, hidden)):
        assert response.status_code == 200
        assert says in text(response)
        assert not BeautifulSoup(response.content, "html.parser").main.find("form")
    assert not Registration.objects.exists()


@pytest.mark.parametrize("hide", ["unpublished", "nowhere"])
def test_form_is_not_found_when_the_run_is_not_public(client, run, hide):
    if hide == "unpublished":
        run.page.unpublish()
    pk = run.pk if hide == "unpublished" else run.pk + 1
    assert client.get(f"/workshops/inschrijven/{pk}/").status_code == 404


def test_form_is_not_cached(client, run):
    response = client.get(address(run))
    assert "no-store" in response["Cache-Control"]
    assert 'content="noindex' in response.content.decode()


def test_get_of_the_form_changes_nothing(client, run):
    client.get(address(run), {"name": "Jozef", "phone": "0470 12 34 56"})
    assert not Registration.objects.exists()
    assert not Message.objects.exists()


def test_form_takes_ten_queries_however_many_are_registered(
    client, run, django_assert_max_num_queries
):
    client.get(address(run))
    with django_assert_max_num_queries(10):
        client.get(address(run))
    WorkshopRun.objects.filter(pk=run.pk).update(capacity=40)
    for number in range(1, 45):
        register(run, number)
    with django_assert_max_num_queries(10):
        client.get(address(run))


@pytest.mark.parametrize("key", ["", "geen sleutel", "1" * 500])
def test_invalid_request_key_is_ignored(client, run, key):
    hidden = opened(client, run) | {"request_key": key}
    assert send(client, run, hidden).status_code == 302
    assert Registration.objects.get().request_key is not None
