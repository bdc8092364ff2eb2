"""Tests of subscribing to the newsletter."""

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
    """Return form data, sent a few seconds after the form was opened."""
    opened = timestamp()
    clock.shift(3)
    return {"email": email, "opened": opened, "website": ""}


def subscribed(email=LOTTE, **fields):
    fields = {"asked_at": NOW, "confirmed_at": NOW} | fields
    return Subscriber.objects.create(email=email, **fields)


def path_of(url):
    return url[url.index("/nieuwsbrief/") :]


def link():
    """Return the path of the secret link in the queued mail."""
    text = Message.objects.get(kind="newsletter_confirm").text
    url = next(line for line in text.splitlines() if "/nieuwsbrief/bevestigen/" in line)
    return path_of(url)


def test_request_sends_confirmation_mail_only(client, clock):
    response = client.post(reverse("newsletter"), form(LOTTE, clock))
    assert response.status_code == 302
    assert client.get(response.url).status_code == 200
    subscriber = Subscriber.objects.get()
    assert not subscriber.is_confirmed
    assert not Subscriber.objects.confirmed().exists()
    message = Message.objects.get()
    assert message.address == LOTTE
    assert message.unsubscribe_url.endswith(f"/nieuwsbrief/uitschrijven/{subscriber.key}/")


@pytest.mark.parametrize("history", ["nobody", "asked", "asked long ago", "subscribed"])
def test_response_is_the_same_for_known_address(client, clock, history):
    if history != "nobody":
        before = NOW - timedelta(days=2 if history == "asked long ago" else 0)
        subscribed(asked_at=before, confirmed_at=before if history == "subscribed" else None)
    response = client.post(reverse("newsletter"), form(LOTTE, clock))
    assert (response.status_code, response.url) == (302, f"{reverse('newsletter')}?verstuurd")
    assert LOTTE not in client.get(response.url).content.decode()
    assert Subscriber.objects.count() == 1


def test_subscriber_who_asks_again_is_mailed_once_a_day(clock):
    subscribed()
    for hours in (0, 3, 24):
        subscribers.request_subscription(LOTTE, language="nl", now=NOW + timedelta(hours=hours))
    assert Message.objects.filter(kind="newsletter_known").count() == 2
    assert Subscriber.objects.get().is_confirmed


@pytest.mark.parametrize(("minutes", "mails"), [(0, 1), (14, 1), (15, 2)])
def test_confirmation_mail_is_repeated_after_interval_only(clock, minutes, mails):
    subscribers.request_subscription(LOTTE, language="nl", now=NOW)
    subscribers.request_subscription(
        LOTTE.lower(), language="nl", now=NOW + timedelta(minutes=minutes)
    )
    assert Subscriber.objects.count() == 1
    assert Message.objects.filter(kind="newsletter_confirm").count() == mails


def test_subscriber_is_found_when_secret_key_changes(clock, settings):
    old = subscribed()
    settings.SECRET_KEY = "another"
    subscribers.request_subscription(LOTTE.lower(), language="nl")
    assert Subscriber.objects.get() == old
    assert subscribers.unsubscribe(old.key)


def test_database_refuses_duplicate_address():
    subscribed("lotte@example.org")
    with pytest.raises(IntegrityError), transaction.atomic():
        subscribed("LOTTE@example.org")
    with pytest.raises(IntegrityError), transaction.atomic():
        Subscriber.objects.bulk_create([Subscriber(email="Lotte@example.org", key="0" * 32)])


def test_database_refuses_confirmation_before_request():
    with pytest.raises(IntegrityError), transaction.atomic():
        subscribed(confirmed_at=NOW - timedelta(seconds=1))


def test_get_request_does_not_confirm(client, clock):
    subscribers.request_subscription(LOTTE, language="nl")
    for _ in range(2):
        assert b"<button" in client.get(link()).content
    assert not Subscriber.objects.get().is_confirmed


def test_post_request_confirms_once(client, clock):
    subscribers.request_subscription(LOTTE, language="nl")
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
def test_confirmation_link_expires_after_seven_days(client, clock, age, status):
    subscribers.request_subscription(LOTTE, language="nl")
    secret = link()
    clock.shift(age)
    assert client.get(secret).status_code == status
    client.post(secret)
    assert Subscriber.objects.get().is_confirmed == (status == 200)


@pytest.mark.parametrize("cut", [1, 5, 20])
def test_truncated_confirmation_link_is_explained(client, clock, cut):
    subscribers.request_subscription(LOTTE, language="nl")
    to_stop = path_of(subscribers.get_unsubscribe_url(Subscriber.objects.get().key))
    for path in (link(), to_stop):
        response = client.post(f"{path[: -cut - 1]}/")
        assert response.status_code == 404
        assert "tel:" in response.content.decode()
    assert not Subscriber.objects.get().is_confirmed


def test_confirmation_link_of_removed_address_is_explained(client, clock):
    subscribers.request_subscription(LOTTE, language="nl")
    secret = link()
    subscribers.unsubscribe(Subscriber.objects.get().key)
    for answer in (client.get(secret), client.post(secret)):
        assert answer.status_code == 410
    assert not Subscriber.objects.exists()


def test_secret_links_are_neither_indexed_nor_sent_as_referrer(client, clock):
    subscribers.request_subscription(LOTTE, language="nl")
    for path in (link(), path_of(subscribers.get_unsubscribe_url(Subscriber.objects.get().key))):
        response = client.get(path)
        assert "noindex" in response["X-Robots-Tag"]
        assert response["Referrer-Policy"] == "same-origin"
        assert "no-store" in response["Cache-Control"]


def test_unsubscribe_needs_one_post_without_cookie():
    key = subscribed().key
    client = Client(enforce_csrf_checks=True)
    path = path_of(subscribers.get_unsubscribe_url(key))
    response = client.post(
        path, "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded"
    )
    assert response.status_code == 200
    assert not Subscriber.objects.exists()


def test_get_request_does_not_unsubscribe(client):
    key = subscribed().key
    assert b"<button" in client.get(path_of(subscribers.get_unsubscribe_url(key))).content
    assert Subscriber.objects.exists()


def test_unsubscribe_link_works_twice_and_never_expires(client, clock):
    key = subscribed().key
    clock.shift(timedelta(days=3650))
    for _ in range(2):
        response = client.post(path_of(subscribers.get_unsubscribe_url(key)))
        assert response.status_code == 200
    assert not Subscriber.objects.exists()


def test_old_unsubscribe_link_ends_new_subscription():
    old = subscribed()
    subscribers.unsubscribe(old.key)
    subscribed(LOTTE.lower())
    assert subscribers.unsubscribe(old.key)


def test_unsubscribe_deletes_queued_messages(clock):
    subscribers.request_subscription(LOTTE, language="nl")
    subscribers.request_subscription("jan@example.org", language="nl")
    subscribers.unsubscribe(Subscriber.make_key(LOTTE))
    assert [message.address for message in Message.objects.all()] == ["jan@example.org"]


@pytest.mark.parametrize(
    ("age", "left"),
    [(timedelta(days=7), 1), (timedelta(days=7, seconds=1), 0)],
    ids=["the link still works", "too old"],
)
def test_unconfirmed_address_is_deleted_with_its_messages(clock, age, left):
    subscribers.request_subscription(LOTTE, language="nl")
    subscribers.delete_unconfirmed(NOW + age)
    assert Subscriber.objects.count() == left
    assert Message.objects.count() == left


def test_confirmed_subscriber_is_kept(clock):
    subscribed()
    assert subscribers.delete_unconfirmed(NOW + timedelta(days=999)) == 0
    assert Subscriber.objects.exists()


@pytest.mark.parametrize("typed", ["", "lotte", "lotte@", "a b@example.org"])
def test_invalid_address_is_explained_and_kept_in_form(client, clock, typed):
    html = client.post(reverse("newsletter"), form(typed, clock)).content.decode()
    assert 'class="error-summary"' in html
    assert f'value="{typed}"' in html or not typed
    assert not Subscriber.objects.exists()


@pytest.mark.parametrize(
    "robot", [{"website": "http://spam"}, {"opened": ""}, {"opened": "forged"}], ids=str
)
def test_spam_request_is_ignored(client, clock, robot):
    client.post(reverse("newsletter"), form(LOTTE, clock) | robot)
    assert not Subscriber.objects.exists()
    assert not Message.objects.exists()


def test_subscriptions_are_throttled_per_network(client, clock):
    statuses = [
        client.post(reverse("newsletter"), form(f"a{n}@example.org", clock)).status_code
        for n in range(31)
    ]
    assert statuses == [302] * 30 + [429]


def test_subscriber_repr_has_no_address():
    assert "otte" not in str(subscribed())


def test_subscribe_page_shows_text_of_content_page(client):
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
