"""Calls and failed messages: who was not reached comes back, and nothing is settled twice."""

from datetime import timedelta

import pytest
from django.utils import timezone

from home.messages.models import Message
from home.messages.operations import staff_actions
from home.messages.operations.staff_actions import MessageAlreadyDone, MessageNotFailed
from tests.factories.messages import DUE, message

pytestmark = pytest.mark.django_db
Outcome = Message.Outcome


def call(key="test:1", **fields):
    return message(key, phone="0470 00 00 00", **fields)


def test_who_was_reached_is_off_the_list():
    row = staff_actions.record_call(call(), Outcome.REACHED, note="Komt maandag", now=DUE)
    assert (row.state, row.sent_at, row.outcome_note) == ("done", DUE, "Komt maandag")
    assert not Message.objects.to_call(DUE + timedelta(days=365)).exists()


def test_who_did_not_answer_comes_back_the_next_morning():
    row = staff_actions.record_call(call(), Outcome.NO_ANSWER, now=DUE)
    again = timezone.localtime(row.next_attempt_at)
    assert (again.date(), again.hour) == (timezone.localdate(DUE) + timedelta(days=1), 9)
    assert not Message.objects.to_call(DUE).exists()
    assert Message.objects.to_call(again).exists()


def test_who_asks_to_call_back_comes_back_the_same_day():
    row = staff_actions.record_call(call(), Outcome.CALL_BACK, now=DUE)
    assert row.next_attempt_at == DUE + timedelta(hours=2)


def test_after_three_calls_somebody_looks_for_another_way():
    row = call()
    for day in range(staff_actions.MAX_CALLS):
        assert row.state == "waiting"
        row = staff_actions.record_call(row, Outcome.NO_ANSWER, now=DUE + timedelta(days=day))
    assert row.state == "failed"
    assert "3" in row.last_error


def test_two_helpers_do_not_both_settle_a_call():
    row = call()
    staff_actions.record_call(row, Outcome.REACHED, now=DUE)
    with pytest.raises(MessageAlreadyDone, match="Lotte Demo"):
        staff_actions.record_call(row, Outcome.NO_ANSWER, now=DUE)
    with pytest.raises(MessageAlreadyDone):
        staff_actions.mark_done(row)


def test_what_failed_is_sent_again_from_the_first_attempt_on():
    row = message(state="failed", last_error="550 No", attempts=9)
    again = staff_actions.retry(row, now=DUE)
    assert (again.state, again.attempts, again.next_attempt_at) == ("waiting", 0, DUE)
    assert list(Message.objects.to_deliver(DUE)) == [again]


@pytest.mark.parametrize(
    "fields",
    [{}, {"state": "sent", "sent_at": DUE}, {"state": "done", "sent_at": DUE}],
    ids=["waiting", "sent", "done"],
)
def test_only_what_failed_is_sent_again(fields):
    with pytest.raises(MessageNotFailed):
        staff_actions.retry(message(**fields))


def test_a_letter_that_was_posted_is_done():
    row = staff_actions.mark_done(message(channel="letter", address=""), now=DUE)
    assert (row.state, row.sent_at) == ("done", DUE)


def test_the_log_knows_the_deed_and_no_name():
    from wagtail.models import ModelLogEntry

    staff_actions.record_call(call(), Outcome.REACHED, now=DUE)
    entry = ModelLogEntry.objects.get()
    assert entry.action == "home.call"
    assert entry.data == {"outcome": "reached"}
    assert entry.label == "test:1"
