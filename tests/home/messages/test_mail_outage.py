"""A mail server that is away: nothing is lost, no message fails, and staff see it."""

from datetime import timedelta

import pytest

from home.messages import delivery
from home.messages.delivery import (
    BACK_OFF,
    GIVE_UP,
    RETRY_DELAY,
    Mailer,
)
from home.messages.models import MailOutage
from home.messages.operations import staff_actions
from tests.factories.messages import DUE, message
from tests.home.messages.mail_server import Dying, Inbox, free_port, mail_server

pytestmark = pytest.mark.django_db


def fresh(mail):
    mail.refresh_from_db()
    return mail


def test_outage_loses_no_mail(by_smtp):
    mail, port = message(), free_port()
    by_smtp(port)
    mailer = Mailer()
    assert mailer.send_due(DUE) == {"sent": 0, "later": 1, "failed": 0}
    assert "refused" in fresh(mail).last_error
    handler = Inbox()
    with mail_server(handler, port):
        assert mailer.send_due(DUE + BACK_OFF[0])["sent"] == 1


def test_mail_is_sent_again_with_the_same_id_when_the_server_dies(by_smtp):
    """The mail may arrive twice, with the same id."""
    mail, dying, inbox = message(), Dying(), Inbox()
    mailer = Mailer()
    with mail_server(dying) as server:
        by_smtp(server.port)
        assert mailer.send_due(DUE) == {"sent": 0, "later": 1, "failed": 0}
    assert fresh(mail).state == "waiting"
    with mail_server(inbox) as server:
        by_smtp(server.port)
        assert mailer.send_due(DUE + RETRY_DELAY)["sent"] == 1
    assert dying.ids == inbox.ids == {delivery.message_id(mail): 1}


def away(*args):
    raise delivery.MailServerUnavailable("Connection refused")


def test_outage_of_some_days_fails_no_message(inbox):
    mail, mailer = message(), Mailer(away)
    for days in range(1, GIVE_UP.days + 1):
        mailer.send_due(DUE + timedelta(days=days))
        assert (fresh(mail).state, mail.attempts) == ("waiting", 0)
    assert Mailer().send_due(DUE + GIVE_UP + RETRY_DELAY)["sent"] == 1


def test_message_fails_after_an_outage_of_five_days():
    mail = message()
    Mailer(away).send_due(DUE + GIVE_UP)
    assert fresh(mail).state == "waiting"
    Mailer(away).send_due(DUE + GIVE_UP + RETRY_DELAY)
    assert (fresh(mail).state, mail.last_error) == ("failed", "Connection refused")
    staff_actions.retry(mail, now=DUE + 2 * GIVE_UP)
    Mailer(away).send_due(DUE + 2 * GIVE_UP)
    assert fresh(mail).state == "waiting"  # the retry restarted the five days


def test_outage_does_not_count_as_an_attempt():
    def refuses(mail, connection):
        raise delivery.MailRefused("451 Later", is_permanent=False)

    mail, now = message(), DUE
    for number in range(len(BACK_OFF) + 1):
        now = DUE + number * RETRY_DELAY
        Mailer(away).send_due(now)
    Mailer(refuses).send_due(now + RETRY_DELAY)
    assert (fresh(mail).state, mail.attempts) == ("waiting", 1)


def test_outage_records_its_begin_and_end(inbox):
    message("test:1")
    for moment in (DUE, DUE + RETRY_DELAY):
        Mailer(away).send_due(moment)
    (outage,) = MailOutage.objects.open()
    assert (outage.began_at, outage.reason) == (DUE, "Connection refused")
    Mailer().send_due(DUE + 2 * RETRY_DELAY)
    outage.refresh_from_db()
    assert (outage.is_over, outage.ended_at) == (True, DUE + 2 * RETRY_DELAY)
    message("test:2")
    Mailer(away).send_due(DUE + 3 * RETRY_DELAY)
    assert MailOutage.objects.open().get().began_at == DUE + 3 * RETRY_DELAY


def test_outage_begins_when_the_server_fails_between_two_mails():
    message("test:1")
    message("test:2")
    answers = iter([None, delivery.MailServerUnavailable("gone")])

    def one_then_none(mail, connection):
        if trouble := next(answers):
            raise trouble

    Mailer(one_then_none).send_due(DUE)
    assert MailOutage.objects.open().exists()
