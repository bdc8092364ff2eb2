"""Who asks something on the site: what is kept, what is said back, and what stays private."""

import uuid
from datetime import timedelta

import pytest
import time_machine
from django.core.cache import caches

from home.core.roles import Role
from home.messages.models import Message
from locations.helpdesk.models import HelpRequest
from locations.helpdesk.views.help_form import HelpForm
from locations.places.models import Location
from tests.factories import asking, locations
from tests.factories import lending as make
from tests.factories.lending import AALST, BOOM
from tests.factories.locations import MONDAY_MORNING

pytestmark = pytest.mark.django_db
URL = "/hulp-vragen/"


@pytest.fixture(autouse=True)
def place(settings):
    settings.LANGUAGE_CODE = "en"
    caches["shared"].clear()
    make.postcode()
    make.postcode("2850", "Boom", BOOM)
    with time_machine.travel(MONDAY_MORNING, tick=False):
        yield asking.digipunt(lat=AALST[0], lon=AALST[1], street="Stationsplein", number="1")


@pytest.fixture
def boom(place):
    return asking.digipunt("BOO", postcode="2850", lat=BOOM[0], lon=BOOM[1])


@pytest.fixture
def send(client):
    def post(follow=False, **changes):
        return client.post(URL, asking.form(**changes), follow=follow)

    return post


def page(response):
    return response.content.decode()


def test_a_question_gets_a_number_a_day_and_a_page(send, place):
    response = send(follow=True)
    asked = HelpRequest.objects.get()
    assert response.redirect_chain == [(f"{URL}volgen/{asked.secret}/", 302)]
    text = page(response)
    assert asked.number in text
    assert "You get an answer by Wednesday 25 November." in text
    assert (asked.location, asked.source, asked.kind) == (place, "web", "question")
    assert Message.objects.get().kind == "help_request_received"
    assert asked.person


def test_who_has_no_mail_leaves_a_number(send):
    text = page(send(follow=True, email="", phone="0470/12.34.56"))
    assert "We call the number that ends in 56." in text
    assert HelpRequest.objects.get().phone == "0470 12 34 56"
    assert not Message.objects.exists()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"question": ""}, "Tell what your question is."),
        ({"name": " "}, "Fill in your name."),
        ({"email": ""}, "Fill in your telephone number or your e-mail address."),
        ({"email": "lotte"}, "This is not an e-mail address."),
        ({"phone": "0470 12"}, "This is not a telephone number."),
        ({"postcode": ""}, "Fill in your postcode."),
        ({"postcode": "0000"}, "We do not recognise this postcode."),
        ({"postcode": "Aalst"}, "A postcode has 4 figures"),
        ({"kind": "home_visit"}, "Fill in your street and number."),
        ({"kind": "loan"}, "loan"),
        ({"question": "Ik ben 85.07.30-033.28"}, "This looks like a national register number."),
        ({"name": "85.07.30-033.28"}, "This looks like a national register number."),
        ({"website": "https://spam.example"}, "Something was filled in for you."),
        ({"opened": make.opened(0)}, "That went very fast."),
        ({"opened": "x"}, "This page stood open for a long time."),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(changes, said, send):
    response = send(**changes)
    text = page(response)
    assert said in text
    assert "033.28" not in text
    assert "Error:" in text
    if "question" not in changes:
        assert asking.QUESTION in text
    assert not HelpRequest.objects.exists()


def test_a_form_that_was_opened_yesterday_is_fine_and_one_of_last_week_is_pressed_again(send):
    day = 24 * 3600
    assert send(opened=make.opened(day)).status_code == 302
    assert "press again" in page(send(opened=make.opened(8 * day)))


def test_sent_twice_it_is_one_question(send):
    key = str(uuid.uuid4())
    first, second = send(request_key=key), send(request_key=key)
    assert first.url == second.url
    assert HelpRequest.objects.count() == Message.objects.count() == 1


def test_the_digipunt_of_the_postcode_gets_it(send, place, boom):
    send(postcode="2850")
    assert HelpRequest.objects.get().location == boom


def test_where_there_is_none_the_nearest_gets_it(send, place, boom):
    make.postcode("2840", "Rumst", (51.07, 4.42))
    send(postcode="2840")
    assert HelpRequest.objects.get().location == boom


def test_of_several_one_chooses_and_the_first_is_chosen_already(send, place):
    second = asking.digipunt("AA2", lat=50.9, lon=4.0)
    store = locations.location("MAG", kind="warehouse", postcode="9300")
    response = send()
    text = page(response)
    assert "There are several digipunten near you." in text
    assert f'value="{place.pk}"' in text
    assert "checked" in text.split(f'name="location" value="{place.pk}"')[1].split(">")[0]
    assert f'value="{store.pk}"' not in text
    send(location=second.pk)
    assert HelpRequest.objects.get().location == second


@pytest.mark.parametrize("key", ["999999999", "x", "9" * 40])
def test_a_place_that_is_gone_is_as_if_none_was_chosen(key, send, place):
    send(location=key)
    assert HelpRequest.objects.get().location == place


def test_the_bus_answers_only_where_there_is_nothing_else(send, place):
    bus = asking.digipunt("BUS", kind="bus", lat=AALST[0], lon=AALST[1])
    send()
    Location.objects.filter(pk=place.pk).update(kind="warehouse")
    send()
    found = HelpRequest.objects.order_by("pk").values_list("location", flat=True)
    assert list(found) == [place.pk, bus.pk]


def test_for_help_at_home_nobody_has_to_choose(send, place):
    asking.digipunt("AA2", lat=50.9, lon=4.0)
    send(kind="home_visit", address="Kerkstraat 1", part=["morning"])
    asked = HelpRequest.objects.get()
    assert (asked.location, asked.address) == (place, "Kerkstraat 1")
    assert asked.events.get().note == "Suits best: in the morning."


def test_which_device_it_is_stands_with_the_question(send):
    send(kind="own_device", device="tablet", address="Kerkstraat 1")
    asked = HelpRequest.objects.get()
    assert (asked.events.get().note, asked.address) == ("Device: Tablet.", "")


def test_from_the_page_of_a_place_that_place_is_chosen(client, place, boom):
    text = page(client.get(f"{URL}?plaats=BOO"))
    assert f'name="location" value="{boom.pk}"' in text
    assert 'name="location"' not in page(client.get(f"{URL}?plaats=NIETS"))
    assert 'name="location"' not in page(client.get(URL))


def test_no_digipunt_at_all_says_whom_to_call(send):
    Location.objects.all().delete()
    assert "Call us: we help you." in page(send())


def test_one_visitor_does_not_fill_the_list(send, settings):
    for _number in range(30):
        assert send().status_code == 302
    response = send()
    assert response.status_code == 429
    assert HelpRequest.objects.count() == 30


def test_nothing_typed_stands_in_an_address(send):
    assert send().url.count("/") == 4


# The secret page


def follow(client, asked):
    return client.get(f"{URL}volgen/{asked.secret}/")


def test_the_page_has_no_name_no_address_and_no_question(client, place):
    asked = asking.asked(
        place, kind="home_visit", address="Kerkstraat 1", email="lotte@example.org", wishes="Lief"
    )
    response = follow(client, asked)
    for secret in ("Lotte", "Kerkstraat", "lotte@", "0470", asking.QUESTION, "Lief"):
        assert secret not in page(response)
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert response["Referrer-Policy"] == "same-origin"
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("secret", ["x", "x" * 22, "../../etc", "é" * 22])
def test_a_link_that_is_none_says_so_kindly(secret, client):
    response = client.get(f"{URL}volgen/{secret}/")
    assert response.status_code == 404


def test_each_state_has_its_words(client, place):
    tom = locations.staff(Role.HELPER, place)
    asked = asking.asked(place)
    assert "We have your question" in page(follow(client, asked))
    asking.appointed(asked, tom)
    text = page(follow(client, asked))
    assert "You have an appointment" in text
    assert "Tuesday 1 December at 10 o&#x27;clock" in text
    file = client.get(f"{URL}volgen/{asked.secret}/afspraak.ics")
    assert file["Content-Type"].startswith("text/calendar")
    assert b"20261201T100000" in file.content
    asking.closed(asked, tom, note="Zij heet Lotte")
    text = page(follow(client, asked))
    assert "We helped you with your question." in text
    assert "Zij heet" not in text
    assert client.get(f"{URL}volgen/{asked.secret}/afspraak.ics").status_code == 404


def test_looking_does_nothing_and_pressing_withdraws(client, place):
    asked = asking.asked(place)
    follow(client, asked)
    asked.refresh_from_db()
    assert asked.state == "new"
    for _time in range(2):
        client.post(f"{URL}volgen/{asked.secret}/")
    asked.refresh_from_db()
    assert (asked.state, asked.events.count()) == ("withdrawn", 2)
    assert "Your question is withdrawn" in page(follow(client, asked))


def test_what_is_finished_is_not_withdrawn(client, place):
    asked = asking.closed(asking.asked(place), locations.staff(Role.HELPER, place))
    client.post(f"{URL}volgen/{asked.secret}/")
    asked.refresh_from_db()
    assert asked.state == "done"


def test_the_pages_ask_little(client, place, django_assert_max_num_queries):
    asked = asking.asked(place)
    client.get(URL)
    follow(client, asked)
    with django_assert_max_num_queries(6):
        client.get(URL)
    with django_assert_max_num_queries(12):
        follow(client, asked)


def test_sending_asks_as_much_with_many_digipunten_as_with_few(send, django_assert_max_num_queries):
    send()
    for number in range(20):
        asking.digipunt(f"X{number:02d}", postcode="1000", lat=51 + number / 100, lon=4.4)
    with django_assert_max_num_queries(32):
        assert send().status_code == 302


def test_a_question_of_today_is_promised_a_day_after_today(send):
    send()
    asked = HelpRequest.objects.get()
    assert asked.due_on == MONDAY_MORNING.date() + timedelta(days=2)


def test_a_place_that_no_database_can_read_is_not_looked_up(client, django_assert_num_queries):
    assert client.get(f"{URL}?plaats=%00").status_code == 200
    with django_assert_num_queries(0):
        assert HelpForm(place="\0AAL").offered == []
