"""A mail server that is away: nothing is lost, no message fails, and staff see it."""

from datetime import timedelta

import pytest

from home.messages import delivery
from home.messages.delivery import BACK_OFF, GIVE_UP, TRY_AGAIN, Courier
from home.messages.models import MailOutage
from home.messages.operations import follow_up
from tests.factories.messages import DUE, message
from tests.home.messages.mail_server import Dying, Inbox, free_port, mail_server

pytestmark = pytest.mark.django_db


def fresh(mail):
    mail.refresh_from_db()
    return mail


def test_a_server_that_is_away_loses_nothing(by_smtp):
    mail, port = message(), free_port()
    by_smtp(port)
    courier = Courier()
    assert courier.round(DUE) == {"sent": 0, "later": 1, "failed": 0}
    assert "refused" in fresh(mail).last_error
    handler = Inbox()
    with mail_server(handler, port):
        assert courier.round(DUE + BACK_OFF[0])["sent"] == 1


def test_a_server_that_dies_before_it_says_yes_gets_the_mail_again_with_the_same_id(by_smtp):
    """Whether it kept the mail, nobody knows: its own server, or the receiver's, keeps one."""
    mail, dying, inbox = message(), Dying(), Inbox()
    courier = Courier()
    with mail_server(dying) as server:
        by_smtp(server.port)
        assert courier.round(DUE) == {"sent": 0, "later": 1, "failed": 0}
    assert fresh(mail).state == "waiting"
    with mail_server(inbox) as server:
        by_smtp(server.port)
        assert courier.round(DUE + TRY_AGAIN)["sent"] == 1
    assert dying.ids == inbox.ids == {delivery.message_id(mail): 1}


def away(*args):
    raise delivery.ServerTrouble("Connection refused")


def test_a_server_that_is_away_for_days_makes_no_message_fail(inbox):
    mail, courier = message(), Courier(away)
    for days in range(1, GIVE_UP.days + 1):
        courier.round(DUE + timedelta(days=days))
        assert (fresh(mail).state, mail.attempts) == ("waiting", 0)
    assert Courier().round(DUE + GIVE_UP + TRY_AGAIN)["sent"] == 1


def test_after_five_days_staff_look_for_another_way():
    mail = message()
    Courier(away).round(DUE + GIVE_UP)
    assert fresh(mail).state == "waiting"
    Courier(away).round(DUE + GIVE_UP + TRY_AGAIN)
    assert (fresh(mail).state, mail.last_error) == ("failed", "Connection refused")
    follow_up.retry(mail, now=DUE + 2 * GIVE_UP)
    Courier(away).round(DUE + 2 * GIVE_UP)
    assert fresh(mail).state == "waiting"  # it is as new


def test_waiting_for_the_server_leaves_every_attempt_to_the_message():
    def refuses(mail, connection):
        raise delivery.Refused("451 Later", for_good=False)

    mail, now = message(), DUE
    for number in range(len(BACK_OFF) + 1):
        now = DUE + number * TRY_AGAIN
        Courier(away).round(now)
    Courier(refuses).round(now + TRY_AGAIN)
    assert (fresh(mail).state, mail.attempts) == ("waiting", 1)


def test_staff_see_since_when_the_server_is_away_and_that_it_is_back(inbox):
    message("test:1")
    for moment in (DUE, DUE + TRY_AGAIN):
        Courier(away).round(moment)
    (outage,) = MailOutage.objects.open()
    assert (outage.began_at, outage.reason) == (DUE, "Connection refused")
    Courier().round(DUE + 2 * TRY_AGAIN)
    outage.refresh_from_db()
    assert (outage.is_over, outage.ended_at) == (True, DUE + 2 * TRY_AGAIN)
    message("test:2")
    Courier(away).round(DUE + 3 * TRY_AGAIN)
    assert MailOutage.objects.open().get().began_at == DUE + 3 * TRY_AGAIN


def test_a_server_that_goes_away_in_the_middle_of_a_round_is_away():
    message("test:1")
    message("test:2")
    answers = iter([None, delivery.ServerTrouble("gone")])

    def one_then_none(mail, connection):
        if trouble := next(answers):
            raise trouble

    Courier(one_then_none).round(DUE)
    assert MailOutage.objects.open().exists()
