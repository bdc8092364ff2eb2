"""The newsletter for visitors: twice yes, one click to stop; nobody learns who is in the list."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.cache import caches
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from home.core.public_forms import timestamp
from home.messages.models import Message
from home.newsletter.models import Subscriber
from home.newsletter.operations import subscribers
from tests.factories import home as make

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
LOTTE = "Lotte@example.org"


@pytest.fixture(autouse=True)
def _site():
    make.home_page()
    caches["shared"].clear()


@pytest.fixture
def clock():
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


def form(email, clock):
    """The form, as somebody sends it who took a few seconds."""
    opened = timestamp()
    clock.shift(3)
    return {"email": email, "opened": opened, "website": ""}


def subscribed(email=LOTTE, **fields):
    fields = {"asked_at": NOW, "confirmed_at": NOW} | fields
    return Subscriber.objects.create(email=email, **fields)


def path_of(url):
    return url[url.index("/nieuwsbrief/") :]


def link():
    """The secret link in the mail that waits in the outbox."""
    text = Message.objects.get(kind="newsletter_confirm").text
    url = next(line for line in text.splitlines() if "/nieuwsbrief/bevestigen/" in line)
    return path_of(url)


def test_who_asks_gets_a_mail_and_nothing_else_yet(client, clock):
    response = client.post(reverse("newsletter"), form(LOTTE, clock))
    assert response.status_code == 302
    assert client.get(response.url).status_code == 200
    subscriber = Subscriber.objects.get()
    assert not subscriber.is_confirmed
    assert not Subscriber.objects.confirmed().exists()
    message = Message.objects.get()
    assert message.address == LOTTE
    assert message.unsubscribe_url.endswith(f"/nieuwsbrief/uitschrijven/{subscriber.key}/")


@pytest.mark.parametrize("known", ["nobody", "asked", "asked long ago", "subscribed"])
def test_the_page_says_the_same_whoever_is_known_already(client, clock, known):
    if known != "nobody":
        before = NOW - timedelta(days=2 if known == "asked long ago" else 0)
        subscribed(asked_at=before, confirmed_at=before if known == "subscribed" else None)
    response = client.post(reverse("newsletter"), form(LOTTE, clock))
    assert (response.status_code, response.url) == (302, f"{reverse('newsletter')}?verstuurd")
    assert LOTTE not in client.get(response.url).content.decode()
    assert Subscriber.objects.count() == 1


def test_who_is_subscribed_already_is_told_so_by_mail_once_a_day(clock):
    subscribed()
    for hours in (0, 3, 24):
        subscribers.ask(LOTTE, language="nl", now=NOW + timedelta(hours=hours))
    assert Message.objects.filter(kind="newsletter_known").count() == 2
    assert Subscriber.objects.get().is_confirmed


@pytest.mark.parametrize(("minutes", "mails"), [(0, 1), (14, 1), (15, 2)])
def test_asking_again_sends_a_new_link_but_fills_nobodys_mailbox(clock, minutes, mails):
    subscribers.ask(LOTTE, language="nl", now=NOW)
    subscribers.ask(LOTTE.lower(), language="nl", now=NOW + timedelta(minutes=minutes))
    assert Subscriber.objects.count() == 1
    assert Message.objects.filter(kind="newsletter_confirm").count() == mails


def test_who_is_in_the_list_stays_so_when_the_site_gets_other_secrets(clock, settings):
    old = subscribed()
    settings.SECRET_KEY = "another"
    subscribers.ask(LOTTE.lower(), language="nl")
    assert Subscriber.objects.get() == old
    assert subscribers.stop(old.key)


def test_the_table_holds_an_address_once_however_it_is_written():
    subscribed("lotte@example.org")
    with pytest.raises(IntegrityError), transaction.atomic():
        subscribed("LOTTE@example.org")
    with pytest.raises(IntegrityError), transaction.atomic():
        Subscriber.objects.bulk_create([Subscriber(email="Lotte@example.org", key="0" * 32)])


def test_nobody_is_confirmed_before_being_asked():
    with pytest.raises(IntegrityError), transaction.atomic():
        subscribed(confirmed_at=NOW - timedelta(seconds=1))


def test_looking_at_the_link_confirms_nothing(client, clock):
    subscribers.ask(LOTTE, language="nl")
    for _ in range(2):
        assert b"<button" in client.get(link()).content
    assert not Subscriber.objects.get().is_confirmed


def test_the_button_confirms_and_may_be_pressed_twice(client, clock):
    subscribers.ask(LOTTE, language="nl")
    for _ in range(2):
        response = client.post(link(), follow=True)
        assert response.status_code == 200
    assert Subscriber.objects.get().confirmed_at == NOW


@pytest.mark.parametrize(
    ("age", "status"),
    [
        (timedelta(days=7), 200),
        (timedelta(days=7, seconds=1), 410),
    ],
    ids=["the last second", "one second too late"],
)
def test_the_link_works_for_seven_days(client, clock, age, status):
    subscribers.ask(LOTTE, language="nl")
    secret = link()
    clock.shift(age)
    assert client.get(secret).status_code == status
    client.post(secret)
    assert Subscriber.objects.get().is_confirmed == (status == 200)


@pytest.mark.parametrize("cut", [1, 5, 20])
def test_a_link_that_is_not_whole_says_what_to_do(client, clock, cut):
    subscribers.ask(LOTTE, language="nl")
    to_stop = path_of(subscribers.stop_url(Subscriber.objects.get().key))
    for path in (link(), to_stop):
        response = client.post(f"{path[: -cut - 1]}/")
        assert response.status_code == 404
        assert "tel:" in response.content.decode()
    assert not Subscriber.objects.get().is_confirmed


def test_a_link_of_an_address_that_is_gone_says_so(client, clock):
    subscribers.ask(LOTTE, language="nl")
    secret = link()
    subscribers.stop(Subscriber.objects.get().key)
    for answer in (client.get(secret), client.post(secret)):
        assert answer.status_code == 410
    assert not Subscriber.objects.exists()


def test_pages_behind_a_secret_link_are_found_and_passed_on_by_nobody(client, clock):
    subscribers.ask(LOTTE, language="nl")
    for path in (link(), path_of(subscribers.stop_url(Subscriber.objects.get().key))):
        response = client.get(path)
        assert "noindex" in response["X-Robots-Tag"]
        assert response["Referrer-Policy"] == "same-origin"
        assert "no-store" in response["Cache-Control"]


def test_a_mail_program_stops_it_with_one_post_without_cookie_or_login():
    key = subscribed().key
    client = Client(enforce_csrf_checks=True)
    path = path_of(subscribers.stop_url(key))
    response = client.post(
        path, "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded"
    )
    assert response.status_code == 200
    assert not Subscriber.objects.exists()


def test_looking_at_the_link_to_stop_stops_nothing(client):
    key = subscribed().key
    assert b"<button" in client.get(path_of(subscribers.stop_url(key))).content
    assert Subscriber.objects.exists()


def test_stopping_works_twice_and_years_later(client, clock):
    key = subscribed().key
    clock.shift(timedelta(days=3650))
    for _ in range(2):
        response = client.post(path_of(subscribers.stop_url(key)))
        assert response.status_code == 200
    assert not Subscriber.objects.exists()


def test_the_link_in_an_old_mail_stops_a_new_subscription_too():
    old = subscribed()
    subscribers.stop(old.key)
    subscribed(LOTTE.lower())
    assert subscribers.stop(old.key)


def test_with_the_address_goes_what_waits_for_it_in_the_outbox(clock):
    subscribers.ask(LOTTE, language="nl")
    subscribers.ask("jan@example.org", language="nl")
    subscribers.stop(Subscriber.key_of(LOTTE))
    assert [message.address for message in Message.objects.all()] == ["jan@example.org"]


@pytest.mark.parametrize(
    ("age", "left"),
    [(timedelta(days=7), 1), (timedelta(days=7, seconds=1), 0)],
    ids=["the link still works", "too old"],
)
def test_an_address_that_nobody_confirmed_is_removed_with_its_mail(clock, age, left):
    subscribers.ask(LOTTE, language="nl")
    subscribers.forget_unconfirmed(NOW + age)
    assert Subscriber.objects.count() == left
    assert Message.objects.count() == left


def test_who_confirmed_stays(clock):
    subscribed()
    assert subscribers.forget_unconfirmed(NOW + timedelta(days=999)) == 0
    assert Subscriber.objects.exists()


@pytest.mark.parametrize("typed", ["", "lotte", "lotte@", "a b@example.org"])
def test_what_is_no_address_is_said_and_kept_in_the_form(client, clock, typed):
    html = client.post(reverse("newsletter"), form(typed, clock)).content.decode()
    assert 'class="error-summary"' in html
    assert f'value="{typed}"' in html or not typed
    assert not Subscriber.objects.exists()


@pytest.mark.parametrize(
    "robot", [{"website": "http://spam"}, {"opened": ""}, {"opened": "forged"}], ids=str
)
def test_a_robot_writes_nothing(client, clock, robot):
    client.post(reverse("newsletter"), form(LOTTE, clock) | robot)
    assert not Subscriber.objects.exists()
    assert not Message.objects.exists()


def test_from_one_network_only_so_many_addresses_come(client, clock):
    statuses = [
        client.post(reverse("newsletter"), form(f"a{n}@example.org", clock)).status_code
        for n in range(31)
    ]
    assert statuses == [302] * 30 + [429]


def test_no_row_says_in_a_log_whose_it_is():
    assert "otte" not in str(subscribed())


def test_what_editors_say_at_this_address_stands_around_the_form(client):
    start = make.home_page()
    assert client.get(reverse("newsletter")).status_code == 200
    fields = {"introduction": "4 keer per jaar.", "body": [("text", "<p>Ook op papier.</p>")]}
    page = make.content_page(start, "Ons nieuws", "nieuwsbrief", **fields)
    html = client.get(page.url).content.decode()
    for words in ("Ons nieuws</h1>", "4 keer per jaar.", "Ook op papier.", 'name="email"'):
        assert words in html
    assert page.full_url in client.get("/sitemap.xml").content.decode()
    page.unpublish()
    assert "Ons nieuws" not in client.get(page.url).content.decode()
