"""Tests of the public form and of the secret page."""

import uuid
from datetime import timedelta

import pytest
import time_machine
from django.core.cache import caches

from home.core.roles import Role
from home.messages.models import Message
from locations.helpdesk.models import HelpRequest
from locations.helpdesk.views.help_request_form import HelpRequestForm
from locations.places.models import Location
from tests.factories import helpdesk, locations
from tests.factories import lending as make
from tests.factories.lending import AALST, BOOM
from tests.factories.locations import MONDAY_MORNING

pytestmark = pytest.mark.django_db
URL = "/hulp-vragen/"


@pytest.fixture(autouse=True)
def location(settings):
    settings.LANGUAGE_CODE = "en"
    caches["shared"].clear()
    make.postcode()
    make.postcode("2850", "Boom", BOOM)
    with time_machine.travel(MONDAY_MORNING, tick=False):
        yield helpdesk.digipunt(lat=AALST[0], lon=AALST[1], street="Stationsplein", number="1")


@pytest.fixture
def boom(location):
    return helpdesk.digipunt("BOO", postcode="2850", lat=BOOM[0], lon=BOOM[1])


@pytest.fixture
def send(client):
    def post(follow=False, **changes):
        return client.post(URL, helpdesk.form_data(**changes), follow=follow)

    return post


def page(response):
    return response.content.decode()


def test_submitted_form_creates_request_and_redirects_to_its_page(send, location):
    response = send(follow=True)
    help_request = HelpRequest.objects.get()
    assert response.redirect_chain == [(f"{URL}volgen/{help_request.secret}/", 302)]
    text = page(response)
    assert help_request.number in text
    assert "You get an answer by Wednesday 25 November." in text
    assert (help_request.location, help_request.source, help_request.kind) == (
        location,
        "web",
        "question",
    )
    assert Message.objects.get().kind == "help_request_received"
    assert help_request.person


def test_person_without_email_leaves_a_phone_number(send):
    text = page(send(follow=True, email="", phone="0470/12.34.56"))
    assert "We call the number that ends in 56." in text
    assert HelpRequest.objects.get().phone == "0470 12 34 56"
    assert not Message.objects.exists()


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"question": ""}, "Tell what your question is."),
        ({"name": " "}, "Fill in your name."),
        ({"email": ""}, "Fill in your telephone number or your e-mail address."),
        ({"email": "lotte"}, "This is not an e-mail address."),
        ({"phone": "0470 12"}, "This is not a telephone number."),
        ({"postcode": ""}, "Fill in your postcode."),
        ({"postcode": "0000"}, "We do not recognise this postcode."),
        ({"postcode": "Aalst"}, "A postcode has 4 digits"),
        ({"kind": "home_visit"}, "Fill in your street and number."),
        ({"kind": "loan"}, "loan"),
        ({"question": "Ik ben 85.07.30-033.28"}, "This looks like a national register number."),
        ({"name": "85.07.30-033.28"}, "This looks like a national register number."),
        ({"website": "https://spam.example"}, "Something filled in a hidden field."),
        ({"opened": make.form_timestamp(0)}, "That was very fast."),
        ({"opened": "x"}, "This page was open for a long time."),
    ],
)
def test_invalid_form_shows_errors_and_keeps_input(changes, error, send):
    response = send(**changes)
    text = page(response)
    assert error in text
    assert "033.28" not in text
    assert "Error:" in text
    if "question" not in changes:
        assert helpdesk.QUESTION in text
    assert not HelpRequest.objects.exists()


def test_form_opened_last_week_must_be_submitted_again(send):
    day = 24 * 3600
    assert send(opened=make.form_timestamp(day)).status_code == 302
    assert "send it again" in page(send(opened=make.form_timestamp(8 * day)))


def test_form_submitted_twice_creates_one_request(send):
    key = str(uuid.uuid4())
    first, second = send(request_key=key), send(request_key=key)
    assert first.url == second.url
    assert HelpRequest.objects.count() == Message.objects.count() == 1


def test_request_goes_to_digipunt_of_the_postcode(send, location, boom):
    send(postcode="2850")
    assert HelpRequest.objects.get().location == boom


def test_request_goes_to_nearest_digipunt_when_municipality_has_none(send, location, boom):
    make.postcode("2840", "Rumst", (51.07, 4.42))
    send(postcode="2840")
    assert HelpRequest.objects.get().location == boom


def test_visitor_chooses_between_several_digipunten(send, location):
    second = helpdesk.digipunt("AA2", lat=50.9, lon=4.0)
    store = locations.location("MAG", kind="warehouse", postcode="9300")
    response = send()
    text = page(response)
    assert "There are several digipunten near you." in text
    assert f'value="{location.pk}"' in text
    assert "checked" in text.split(f'name="location" value="{location.pk}"')[1].split(">")[0]
    assert f'value="{store.pk}"' not in text
    send(location=second.pk)
    assert HelpRequest.objects.get().location == second


@pytest.mark.parametrize("key", ["999999999", "x", "9" * 40])
def test_unknown_location_falls_back_to_the_postcode(key, send, location):
    send(location=key)
    assert HelpRequest.objects.get().location == location


def test_bus_gets_request_only_when_there_is_no_other_digipunt(send, location):
    bus = helpdesk.digipunt("BUS", kind="bus", lat=AALST[0], lon=AALST[1])
    send()
    Location.objects.filter(pk=location.pk).update(kind="warehouse")
    send()
    locations_of_requests = HelpRequest.objects.order_by("pk").values_list("location", flat=True)
    assert list(locations_of_requests) == [location.pk, bus.pk]


def test_home_visit_goes_to_first_digipunt_without_a_choice(send, location):
    helpdesk.digipunt("AA2", lat=50.9, lon=4.0)
    send(kind="home_visit", address="Kerkstraat 1", part=["morning"])
    help_request = HelpRequest.objects.get()
    assert (help_request.location, help_request.address) == (location, "Kerkstraat 1")
    assert help_request.events.get().note == "Suits best: in the morning."


def test_device_is_noted_on_the_timeline(send):
    send(kind="own_device", device="tablet", address="Kerkstraat 1")
    help_request = HelpRequest.objects.get()
    assert (help_request.events.get().note, help_request.address) == ("Device: Tablet.", "")


def test_location_in_query_string_is_selected(client, location, boom):
    text = page(client.get(f"{URL}?plaats=BOO"))
    assert f'name="location" value="{boom.pk}"' in text
    assert 'name="location"' not in page(client.get(f"{URL}?plaats=NIETS"))
    assert 'name="location"' not in page(client.get(URL))


def test_form_asks_to_call_when_there_is_no_digipunt(send):
    Location.objects.all().delete()
    assert "Call us: we help you." in page(send())


def test_form_is_throttled_after_thirty_requests_per_hour(send, settings):
    for _number in range(30):
        assert send().status_code == 302
    response = send()
    assert response.status_code == 429
    assert HelpRequest.objects.count() == 30


def test_redirect_url_holds_no_input(send):
    assert send().url.count("/") == 4


def get_secret_page(client, help_request):
    return client.get(f"{URL}volgen/{help_request.secret}/")


def test_secret_page_shows_no_personal_data(client, location):
    help_request = helpdesk.help_request(
        location,
        kind="home_visit",
        address="Kerkstraat 1",
        email="lotte@example.org",
        wishes="Lief",
    )
    response = get_secret_page(client, help_request)
    for secret in ("Lotte", "Kerkstraat", "lotte@", "0470", helpdesk.QUESTION, "Lief"):
        assert secret not in page(response)
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert response["Referrer-Policy"] == "same-origin"
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("secret", ["x", "x" * 22, "../../etc", "é" * 22])
def test_unknown_link_is_not_found(secret, client):
    response = client.get(f"{URL}volgen/{secret}/")
    assert response.status_code == 404


def test_secret_page_describes_each_state(client, location):
    tom = locations.staff(Role.HELPER, location)
    help_request = helpdesk.help_request(location)
    assert "We have your question" in page(get_secret_page(client, help_request))
    helpdesk.appointment(help_request, tom)
    text = page(get_secret_page(client, help_request))
    assert "You have an appointment" in text
    assert "Tuesday 1 December at 10 o&#x27;clock" in text
    file = client.get(f"{URL}volgen/{help_request.secret}/afspraak.ics")
    assert file["Content-Type"].startswith("text/calendar")
    assert b"20261201T100000" in file.content
    helpdesk.closed_help_request(help_request, tom, note="Zij heet Lotte")
    text = page(get_secret_page(client, help_request))
    assert "We helped you with your question." in text
    assert "Zij heet" not in text
    assert client.get(f"{URL}volgen/{help_request.secret}/afspraak.ics").status_code == 404


def test_secret_page_withdraws_by_post_only(client, location):
    help_request = helpdesk.help_request(location)
    get_secret_page(client, help_request)
    help_request.refresh_from_db()
    assert help_request.state == "new"
    for _time in range(2):
        client.post(f"{URL}volgen/{help_request.secret}/")
    help_request.refresh_from_db()
    assert (help_request.state, help_request.events.count()) == ("withdrawn", 2)
    assert "Your question is withdrawn" in page(get_secret_page(client, help_request))


def test_closed_request_is_not_withdrawn(client, location):
    help_request = helpdesk.closed_help_request(
        helpdesk.help_request(location), locations.staff(Role.HELPER, location)
    )
    client.post(f"{URL}volgen/{help_request.secret}/")
    help_request.refresh_from_db()
    assert help_request.state == "done"


def test_public_pages_have_few_queries(client, location, django_assert_max_num_queries):
    help_request = helpdesk.help_request(location)
    client.get(URL)
    get_secret_page(client, help_request)
    with django_assert_max_num_queries(6):
        client.get(URL)
    with django_assert_max_num_queries(12):
        get_secret_page(client, help_request)


def test_query_count_of_form_does_not_grow_with_digipunten(send, django_assert_max_num_queries):
    send()
    for number in range(20):
        helpdesk.digipunt(f"X{number:02d}", postcode="1000", lat=51 + number / 100, lon=4.4)
    with django_assert_max_num_queries(32):
        assert send().status_code == 302


def test_request_of_today_is_due_in_two_days(send):
    send()
    help_request = HelpRequest.objects.get()
    assert help_request.due_on == MONDAY_MORNING.date() + timedelta(days=2)


def test_null_character_in_location_code_needs_no_query(client, django_assert_num_queries):
    assert client.get(f"{URL}?plaats=%00").status_code == 200
    with django_assert_num_queries(0):
        assert HelpRequestForm(location_code="\0AAL").offered == []
