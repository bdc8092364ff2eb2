"""Mail against a real SMTP server: delivered once, retried, refused, and never lost."""

import time
from datetime import timedelta

import pytest
from django.test import override_settings

from home.messages import delivery
from home.messages.delivery import (
    BACK_OFF,
    LEASE,
    PAUSE,
    Mailer,
)
from home.messages.models import Message
from home.messages.operations.queue import Recipient, queue_message
from tests.factories.messages import DUE, message
from tests.home.messages.mail_server import Inbox, black_hole, mail_server

pytestmark = pytest.mark.django_db


def fresh(mail):
    mail.refresh_from_db()
    return mail


def test_due_message_arrives_as_text_and_html(inbox):
    queued = queue_message(
        "loan_returned",
        to=Recipient("Zoë Demo, van de Wiele", "zoe@example.org"),
        context={"device": "ThinkPad T480", "place": "Aalst"},
        key="loan_returned:1",
        about="loan:1",
        due_at=DUE,
    )
    assert Mailer().send_due(DUE)["sent"] == 1
    (mail,) = inbox.mails
    assert mail["Subject"] == queued.subject
    assert mail["To"].addresses[0].display_name == "Zoë Demo, van de Wiele"
    assert mail["Message-ID"] == delivery.message_id(queued)
    assert mail["Message-ID"].endswith("@digipunt.example>")
    assert mail["Auto-Submitted"] == "auto-generated"
    assert "ThinkPad T480" in mail.get_body(("plain",)).get_content()
    assert "<h1" in mail.get_body(("html",)).get_content()
    fresh(queued)
    assert (queued.state, queued.sent_at, queued.attempts) == ("sent", DUE, 1)


def test_message_is_not_sent_before_it_is_due(inbox):
    message(due_at=DUE + timedelta(days=3))
    assert Mailer().send_due(DUE)["sent"] == 0
    assert Mailer().send_due(DUE + timedelta(days=3))["sent"] == 1


def test_call_is_not_mailed(inbox):
    message(phone="0470 00 00 00")
    assert Mailer().send_due(DUE)["sent"] == 0
    assert not inbox.mails


def test_messages_share_one_connection(inbox, monkeypatch):
    from django.core.mail.backends.smtp import EmailBackend

    opened = []
    connect = EmailBackend.open

    def counting(backend):
        new = connect(backend)
        opened.extend([1] if new else [])
        return new

    monkeypatch.setattr(EmailBackend, "open", counting)
    for number in range(5):
        message(f"test:{number}")
    assert Mailer().send_due(DUE)["sent"] == 5
    assert len(opened) == 1


def test_delivery_takes_two_queries_per_message(inbox, django_assert_num_queries):
    for number in range(5):
        message(f"test:{number}")
    # Quiet hours, due messages, two queries per message, and the end of an outage.
    with django_assert_num_queries(2 + 2 * 5 + 1):
        Mailer().send_due(DUE)


def test_delivery_takes_two_queries_without_mail(django_assert_num_queries):
    with django_assert_num_queries(2):
        Mailer().send_due(DUE)


@pytest.mark.parametrize(
    ("answer", "state", "reason"),
    [
        ({"rcpt": "550 No such mailbox here"}, "failed", "550 No such mailbox here"),
        ({"data": "554 Looks like spam"}, "failed", "554 Looks like spam"),
        ({"rcpt": "451 Greylisted, come back"}, "waiting", "451 Greylisted, come back"),
        ({"data": "452 Mailbox is full"}, "waiting", "452 Mailbox is full"),
    ],
    ids=["550 unknown", "554 at the end", "451 greylisted", "452 full"],
)
def test_refused_mail_fails_or_is_retried_by_the_code_of_the_server(by_smtp, answer, state, reason):
    handler = Inbox({"lotte@example.org": answer})
    with mail_server(handler) as server:
        by_smtp(server.port)
        bad, good = message("test:1"), message("test:2", address="wim@example.org")
        counts = Mailer().send_due(DUE)
    fresh(bad)
    assert (bad.state, bad.last_error, bad.attempts) == (state, reason, 1)
    assert fresh(good).state == "sent"
    assert counts["sent"] == 1
    if state == "waiting":
        assert bad.next_attempt_at == DUE + BACK_OFF[0]


def test_mail_is_delivered_after_a_temporary_refusal(by_smtp):
    handler = Inbox({"lotte@example.org": {"rcpt": "451 Later"}})
    mail = message()
    with mail_server(handler) as server:
        by_smtp(server.port)
        mailer = Mailer()
        mailer.send_due(DUE)
        handler.answers.clear()
        assert mailer.send_due(DUE + BACK_OFF[0] - timedelta(seconds=1))["sent"] == 0
        assert mailer.send_due(DUE + BACK_OFF[0])["sent"] == 1
    fresh(mail)
    assert (mail.state, mail.attempts, mail.last_error) == ("sent", 2, "")


def test_retries_back_off_and_the_last_one_fails():
    def refuses(mail, connection):
        raise delivery.MailRefused("451 Later", is_permanent=False)

    mail, now, waits = message(), DUE, []
    for _ in BACK_OFF:
        Mailer(refuses).send_due(now)
        waits.append(fresh(mail).next_attempt_at - now)
        now = mail.next_attempt_at
    assert waits == BACK_OFF == sorted(BACK_OFF)
    Mailer(refuses).send_due(now)
    fresh(mail)
    assert (mail.state, mail.last_error) == ("failed", "451 Later")


def test_hanging_server_costs_one_timeout_and_loses_nothing(by_smtp, settings):
    settings.EMAIL_TIMEOUT = 0.3
    mails = [message(f"test:{number}") for number in range(20)]
    with black_hole() as port:
        by_smtp(port)
        mailer, started = Mailer(), time.monotonic()
        mailer.send_due(DUE)
        assert time.monotonic() - started < 2
        mailer.send_due(DUE + PAUSE / 2)  # does nothing during the pause
    assert [fresh(mail).last_error for mail in mails].count("") == 19
    handler = Inbox()
    with mail_server(handler) as server:
        by_smtp(server.port)
        assert mailer.send_due(DUE + PAUSE)["sent"] == 19
        assert mailer.send_due(DUE + BACK_OFF[0])["sent"] == 1
    assert set(handler.ids.values()) == {1}
    assert len(handler.ids) == 20


def test_mail_has_headers_for_one_click_unsubscription(inbox):
    url = f"https://digipunt.example/nieuwsbrief/uitschrijven/{'s3cr-t_' * 20}/"
    message("test:1", unsubscribe_url=url)
    message("test:2")
    Mailer().send_due(DUE)
    letter, plain = inbox.mails
    assert letter["List-Unsubscribe"].strip() == f"<{url}>"  # headers may be folded
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert plain["List-Unsubscribe"] is plain["List-Unsubscribe-Post"] is None


def test_mail_server_timeout_is_set():
    from django.conf import settings

    assert settings.EMAIL_TIMEOUT == 5


@pytest.mark.parametrize(
    "fields",
    [
        {"address": "no address"},
        {"address": "lotte@example.org\nBcc: all@example.org"},
        {"subject": "Hallo\nBcc: all@example.org"},
        {"address": "lótte@example.org"},
        {"address": "lotte@" + "a" * 70 + ".org"},
    ],
    ids=["no address", "header in the address", "header in the subject", "not ASCII", "long label"],
)
def test_invalid_mail_fails_without_stopping_the_others(inbox, fields):
    bad, good = message("test:1", **fields), message("test:2", address="wim@example.org")
    Mailer().send_due(DUE)
    assert fresh(good).state == "sent"
    fresh(bad)
    assert bad.state in ("failed", "sent")
    assert all("all@example.org" not in str(mail["Bcc"]) for mail in inbox.mails)
    assert len(inbox.mails) == 1 + (bad.state == "sent")


def test_mail_is_sent_without_name_when_the_name_is_invalid_in_a_header(inbox):
    message(recipient_name='Lotte "de\nBcc: all@example.org" <x@y>')
    assert Mailer().send_due(DUE)["sent"] == 1
    assert [address.addr_spec for address in inbox.mails[0]["To"].addresses] == [
        "lotte@example.org"
    ]
    assert inbox.mails[0]["Bcc"] is None


def test_claimed_message_is_leased():
    mail = message()
    assert delivery.claim_message(mail, DUE)
    second = Message.objects.get()
    assert not delivery.claim_message(second, DUE + LEASE - timedelta(seconds=1))
    assert delivery.claim_message(second, DUE + LEASE)


def test_message_is_claimed_once_by_concurrent_workers():
    message()
    first, second = Message.objects.get(), Message.objects.get()
    assert delivery.claim_message(first, DUE)
    assert not delivery.claim_message(second, DUE)


def test_slow_worker_does_not_overwrite_the_result_of_another():
    slow = message()
    delivery.claim_message(slow, DUE)
    quick = Message.objects.get()
    delivery.claim_message(quick, DUE + LEASE)
    delivery.retry_later(slow, "451 Later", DUE + LEASE)
    delivery.mark_sent(quick.pk, DUE + LEASE)
    delivery.fail(slow, "550 No")
    assert fresh(quick).state == "sent"


def test_mail_sent_while_the_database_is_away_is_recorded_later(inbox, monkeypatch):
    mail, mailer = message(), Mailer()

    def away(*args):
        raise ConnectionError

    with monkeypatch.context() as patch:
        patch.setattr(delivery, "mark_sent", away)
        with pytest.raises(ConnectionError):
            mailer.send_due(DUE)
    assert fresh(mail).state == "waiting"
    mailer.send_due(DUE + LEASE)
    assert fresh(mail).state == "sent"
    assert len(inbox.mails) == 1


def test_file_backend_writes_a_file_per_mail(settings, tmp_path):
    with override_settings(
        EMAIL_BACKEND="home.messages.file_backend.EmailBackend",
        EMAIL_FILE_PATH=str(tmp_path / "mail"),
    ):
        message()
        assert Mailer().send_due(DUE)["sent"] == 1
    (file,) = (tmp_path / "mail").iterdir()
    assert file.suffix == ".eml"
    assert b"Dank je wel." in file.read_bytes()
