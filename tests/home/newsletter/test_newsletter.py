"""Tests of sending newsletters."""

from datetime import UTC, datetime, timedelta

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.db import IntegrityError, transaction

from home.messages.delivery import Mailer
from home.messages.models import Message
from home.newsletter.mail import render_newsletter
from home.newsletter.models import Newsletter, Subscriber
from home.newsletter.operations import newsletters, subscribers
from tests.factories import forms as make

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
State = Newsletter.State
BODY = (
    "<h2>Workshops</h2><p>Kom <b>langs</b> &amp; leer. Zie <a href='/workshops/'>de lijst</a>.</p>"
    "<ul><li>Itsme</li><li>Foto’s</li></ul><ol><li>Bel</li></ol>"
)


def addresses():
    return sorted(Message.objects.filter(kind="newsletter").values_list("address", flat=True))


def sending(number=3, **fields):
    make.readers(number)
    return newsletters.send(make.newsletter(**fields), now=NOW)


def test_confirmed_subscribers_get_newsletter_once():
    make.readers(2)
    make.readers(1, confirmed_at=None, first=3)
    newsletter = newsletters.send(make.newsletter(), now=NOW)
    assert newsletter.recipients == 2
    for _ in range(3):
        newsletters.continue_sending(NOW)
    assert addresses() == ["lezer1@example.org", "lezer2@example.org"]
    newsletter.refresh_from_db()
    assert (newsletter.state, newsletter.written, newsletter.sent_at) == (State.SENT, 2, NOW)


def test_later_subscriber_gets_next_newsletter():
    newsletter = sending(1)
    make.readers(1, confirmed_at=NOW + timedelta(seconds=1), first=2)
    newsletters.continue_sending(NOW + timedelta(minutes=1))
    assert addresses() == ["lezer1@example.org"]
    newsletter.refresh_from_db()
    assert newsletter.state == State.SENT


def test_interrupted_batch_skips_and_repeats_nobody(monkeypatch):
    newsletter = sending(5)
    newsletters.queue_batch(newsletter, NOW, batch_size=2)

    def dies(*args, **kwargs):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Newsletter, "save", dies)  # messages queued, position not saved
        with pytest.raises(KeyboardInterrupt):
            newsletters.queue_batch(newsletter, NOW, batch_size=2)
    assert len(addresses()) == 2
    while newsletters.queue_batch(newsletter, NOW, batch_size=2):
        pass
    assert addresses() == [f"lezer{n}@example.org" for n in range(1, 6)]


def test_outbox_is_filled_up_to_maximum(monkeypatch):
    monkeypatch.setattr(newsletters, "MAX_WAITING", 4)
    monkeypatch.setattr(newsletters, "BATCH_SIZE", 2)
    newsletter = sending(9)
    newsletters.continue_sending(NOW)
    assert len(addresses()) == 4
    newsletters.continue_sending(NOW)
    assert len(addresses()) == 4
    while Newsletter.objects.get().state != State.SENT:
        Message.objects.update(state="sent", sent_at=NOW, next_attempt_at=None)
        newsletters.continue_sending(NOW)
    assert len(addresses()) == 9
    newsletter.refresh_from_db()
    assert newsletter.written == 9


def test_batch_query_count_is_independent_of_readers(django_assert_max_num_queries):
    make.readers(5)
    newsletter = newsletters.send(make.newsletter(), now=NOW)
    newsletters.queue_batch(newsletter, NOW, batch_size=1)
    with django_assert_max_num_queries(9) as few:
        newsletters.queue_batch(newsletter, NOW, batch_size=4)
    make.readers(30, first=10)
    other = newsletters.send(make.newsletter(), now=NOW)
    with django_assert_max_num_queries(len(few)):
        newsletters.queue_batch(other, NOW, batch_size=30)


def test_newsletter_skips_subscriber_when_unsubscribed_during_sending():
    newsletter = sending(3)
    newsletters.queue_batch(newsletter, NOW, batch_size=2)
    for reader in Subscriber.objects.exclude(email="lezer2@example.org"):
        subscribers.unsubscribe(reader.key)
    newsletters.continue_sending(NOW)
    assert addresses() == ["lezer2@example.org"]
    newsletter.refresh_from_db()
    assert newsletter.state == State.SENT


def test_send_is_refused_when_sending_began():
    newsletter = sending(1)
    with pytest.raises(newsletters.AlreadySent):
        newsletters.send(newsletter)
    newsletters.continue_sending(NOW)
    with pytest.raises(newsletters.AlreadySent):
        newsletters.send(newsletter)
    assert len(addresses()) == 1


def test_send_is_refused_without_subscribers():
    make.readers(1, confirmed_at=None)
    newsletter = make.newsletter()
    with pytest.raises(newsletters.NoSubscribers):
        newsletters.send(newsletter, now=NOW)
    newsletter.refresh_from_db()
    assert newsletter.is_draft


def test_update_is_refused_when_sending_began():
    stale = make.newsletter()
    make.readers(1)
    newsletters.send(stale, now=NOW)
    stale.subject = "Anders"
    with pytest.raises(newsletters.AlreadySent):
        newsletters.update_draft(stale)
    assert Newsletter.objects.get().subject == "Winter"
    assert Newsletter.objects.get().state == State.SENDING


@pytest.mark.parametrize("before", State)
@pytest.mark.parametrize("after", State)
def test_transition_is_refused_unless_declared(before, after):
    newsletter = Newsletter(state=before)
    if (before, after) in {(State.DRAFT, State.SENDING), (State.SENDING, State.SENT)}:
        newsletter.transition_to(after)
        assert newsletter.state == after
    else:
        with pytest.raises(ValueError, match="cannot go from"):
            newsletter.transition_to(after)


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "sending"},
        {"state": "sent", "started_at": NOW},
        {"started_at": NOW},
        {"sent_at": NOW},
        {"written": 1},
        {"subject": ""},
        {"body": ""},
    ],
    ids=str,
)
def test_database_refuses_inconsistent_newsletter(wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        make.newsletter(**{"subject": "x", "body": "x"} | wrong)


def test_newsletter_refuses_national_register_number():
    from home.core.personal_data import NationalNumberRefused

    with pytest.raises(NationalNumberRefused):
        make.newsletter(body="<p>Lotte is 85.07.30-033.28</p>")


def test_mail_has_html_and_text_with_absolute_urls(settings):
    settings.WAGTAILADMIN_BASE_URL = "https://digipunt.example"
    text, html = render_newsletter(make.newsletter(body=BODY)).for_reader(
        "https://digipunt.example/stop/1/"
    )
    assert "de lijst (https://digipunt.example/workshops/)" in text
    assert "- Itsme\n- Foto’s" in text
    assert "1. Bel" in text
    assert "Kom langs & leer." in text
    assert "https://digipunt.example/stop/1/" in text
    page = BeautifulSoup(html, "html.parser")
    links = [link["href"] for link in page.find_all("a")]
    assert links == ["https://digipunt.example/workshops/", "https://digipunt.example/stop/1/"]
    assert page.find("h1").text == "Winter"
    assert page.find("li")["style"]
    assert "stop.invalid" not in text + html


def test_mail_has_one_click_unsubscribe(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    sending(2)
    newsletters.continue_sending(NOW)
    Mailer().send_due(now=NOW)
    assert len(mail.outbox) == 2
    for sent in mail.outbox:
        key = Subscriber.make_key(sent.to[0])
        assert f"/nieuwsbrief/uitschrijven/{key}/" in sent.extra_headers["List-Unsubscribe"]
        assert "List-Unsubscribe=One-Click" in sent.extra_headers["List-Unsubscribe-Post"]
        assert key in sent.body
