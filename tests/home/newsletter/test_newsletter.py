"""A newsletter goes to everybody once, a piece at a time, whoever is killed in between."""

from datetime import UTC, datetime, timedelta

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.db import IntegrityError, transaction

from home.messages.delivery import Mailer
from home.messages.models import Message
from home.newsletter.mail import letter
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


def test_everybody_who_confirmed_gets_it_once():
    make.readers(2)
    make.readers(1, confirmed_at=None, first=3)
    newsletter = newsletters.send(make.newsletter(), now=NOW)
    assert newsletter.recipients == 2
    for _ in range(3):
        newsletters.go_on(NOW)
    assert addresses() == ["lezer1@example.org", "lezer2@example.org"]
    newsletter.refresh_from_db()
    assert (newsletter.state, newsletter.written, newsletter.sent_at) == (State.SENT, 2, NOW)


def test_who_confirms_later_gets_the_next_one():
    newsletter = sending(1)
    make.readers(1, confirmed_at=NOW + timedelta(seconds=1), first=2)
    newsletters.go_on(NOW + timedelta(minutes=1))
    assert addresses() == ["lezer1@example.org"]
    newsletter.refresh_from_db()
    assert newsletter.state == State.SENT


def test_a_worker_that_dies_in_the_middle_loses_and_doubles_nobody(monkeypatch):
    newsletter = sending(5)
    newsletters.write_piece(newsletter, NOW, piece=2)

    def dies(*args, **kwargs):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Newsletter, "save", dies)  # the messages are written, the place is not
        with pytest.raises(KeyboardInterrupt):
            newsletters.write_piece(newsletter, NOW, piece=2)
    assert len(addresses()) == 2
    while newsletters.write_piece(newsletter, NOW, piece=2):
        pass
    assert addresses() == [f"lezer{n}@example.org" for n in range(1, 6)]


def test_the_outbox_never_has_more_than_a_few_waiting(monkeypatch):
    monkeypatch.setattr(newsletters, "MOST_WAITING", 4)
    monkeypatch.setattr(newsletters, "PIECE", 2)
    newsletter = sending(9)
    newsletters.go_on(NOW)
    assert len(addresses()) == 4
    newsletters.go_on(NOW)
    assert len(addresses()) == 4
    while Newsletter.objects.get().state != State.SENT:
        Message.objects.update(state="sent", sent_at=NOW, next_attempt_at=None)
        newsletters.go_on(NOW)
    assert len(addresses()) == 9
    newsletter.refresh_from_db()
    assert newsletter.written == 9


def test_what_a_piece_costs_does_not_grow_with_the_readers(django_assert_max_num_queries):
    make.readers(5)
    newsletter = newsletters.send(make.newsletter(), now=NOW)
    newsletters.write_piece(newsletter, NOW, piece=1)
    with django_assert_max_num_queries(9) as few:
        newsletters.write_piece(newsletter, NOW, piece=4)
    make.readers(30, first=10)
    other = newsletters.send(make.newsletter(), now=NOW)
    with django_assert_max_num_queries(len(few)):
        newsletters.write_piece(other, NOW, piece=30)


def test_who_stops_in_between_gets_nothing_more():
    newsletter = sending(3)
    newsletters.write_piece(newsletter, NOW, piece=2)
    for reader in Subscriber.objects.exclude(email="lezer2@example.org"):
        subscribers.stop(reader.key)
    newsletters.go_on(NOW)
    assert addresses() == ["lezer2@example.org"]
    newsletter.refresh_from_db()
    assert newsletter.state == State.SENT


def test_it_is_sent_once_however_often_one_presses():
    newsletter = sending(1)
    with pytest.raises(newsletters.OnItsWay):
        newsletters.send(newsletter)
    newsletters.go_on(NOW)
    with pytest.raises(newsletters.OnItsWay):
        newsletters.send(newsletter)
    assert len(addresses()) == 1


def test_without_readers_nothing_is_sent():
    make.readers(1, confirmed_at=None)
    newsletter = make.newsletter()
    with pytest.raises(newsletters.NobodySubscribed):
        newsletters.send(newsletter, now=NOW)
    newsletter.refresh_from_db()
    assert newsletter.is_draft


def test_other_words_after_the_sending_began_are_refused():
    stale = make.newsletter()
    make.readers(1)
    newsletters.send(stale, now=NOW)
    stale.subject = "Anders"
    with pytest.raises(newsletters.OnItsWay):
        newsletters.rewrite(stale)
    assert Newsletter.objects.get().subject == "Winter"
    assert Newsletter.objects.get().state == State.SENDING


@pytest.mark.parametrize("before", State)
@pytest.mark.parametrize("after", State)
def test_only_the_moves_of_the_table_happen(before, after):
    newsletter = Newsletter(state=before)
    if (before, after) in {(State.DRAFT, State.SENDING), (State.SENDING, State.SENT)}:
        newsletter.become(after)
        assert newsletter.state == after
    else:
        with pytest.raises(ValueError, match="can not become"):
            newsletter.become(after)


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
def test_the_table_holds_no_newsletter_that_can_not_be(wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        make.newsletter(**{"subject": "x", "body": "x"} | wrong)


def test_a_national_register_number_is_refused():
    from home.core.personal_data import NationalNumberRefused

    with pytest.raises(NationalNumberRefused):
        make.newsletter(body="<p>Lotte is 85.07.30-033.28</p>")


def test_the_mail_has_layout_and_plain_text_with_whole_addresses(settings):
    settings.WAGTAILADMIN_BASE_URL = "https://digipunt.example"
    text, html = letter(make.newsletter(body=BODY)).to("https://digipunt.example/stop/1/")
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


def test_every_mail_can_be_stopped_with_one_click(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    sending(2)
    newsletters.go_on(NOW)
    Mailer().send_due(now=NOW)
    assert len(mail.outbox) == 2
    for sent in mail.outbox:
        key = Subscriber.key_of(sent.to[0])
        assert f"/nieuwsbrief/uitschrijven/{key}/" in sent.extra_headers["List-Unsubscribe"]
        assert "List-Unsubscribe=One-Click" in sent.extra_headers["List-Unsubscribe-Post"]
        assert key in sent.body
