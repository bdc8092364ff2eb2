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


def test_reached_person_leaves_the_call_list():
    row = staff_actions.record_call(call(), Outcome.REACHED, note="Komt maandag", now=DUE)
    assert (row.state, row.sent_at, row.outcome_note) == ("done", DUE, "Komt maandag")
    assert not Message.objects.to_call(DUE + timedelta(days=365)).exists()


def test_unanswered_call_is_due_the_next_morning():
    row = staff_actions.record_call(call(), Outcome.NO_ANSWER, now=DUE)
    again = timezone.localtime(row.next_attempt_at)
    assert (again.date(), again.hour) == (timezone.localdate(DUE) + timedelta(days=1), 9)
    assert not Message.objects.to_call(DUE).exists()
    assert Message.objects.to_call(again).exists()


def test_call_back_is_due_the_same_day():
    row = staff_actions.record_call(call(), Outcome.CALL_BACK, now=DUE)
    assert row.next_attempt_at == DUE + timedelta(hours=2)


def test_message_fails_after_three_unanswered_calls():
    row = call()
    for day in range(staff_actions.MAX_CALLS):
        assert row.state == "waiting"
        row = staff_actions.record_call(row, Outcome.NO_ANSWER, now=DUE + timedelta(days=day))
    assert row.state == "failed"
    assert "3" in row.last_error


def test_call_is_completed_once():
    row = call()
    staff_actions.record_call(row, Outcome.REACHED, now=DUE)
    with pytest.raises(MessageAlreadyDone, match="Lotte Demo"):
        staff_actions.record_call(row, Outcome.NO_ANSWER, now=DUE)
    with pytest.raises(MessageAlreadyDone):
        staff_actions.mark_done(row)


def test_retry_resets_the_attempts():
    row = message(state="failed", last_error="550 No", attempts=9)
    again = staff_actions.retry(row, now=DUE)
    assert (again.state, again.attempts, again.next_attempt_at) == ("waiting", 0, DUE)
    assert list(Message.objects.to_deliver(DUE)) == [again]


@pytest.mark.parametrize(
    "fields",
    [{}, {"state": "sent", "sent_at": DUE}, {"state": "done", "sent_at": DUE}],
    ids=["waiting", "sent", "done"],
)
def test_only_failed_messages_can_be_retried(fields):
    with pytest.raises(MessageNotFailed):
        staff_actions.retry(message(**fields))


def test_letter_can_be_marked_as_done():
    row = staff_actions.mark_done(message(channel="letter", address=""), now=DUE)
    assert (row.state, row.sent_at) == ("done", DUE)


def test_log_holds_the_action_without_names():
    from wagtail.models import ModelLogEntry

    staff_actions.record_call(call(), Outcome.REACHED, now=DUE)
    entry = ModelLogEntry.objects.get()
    assert entry.action == "home.call"
    assert entry.data == {"outcome": "reached"}
    assert entry.label == "test:1"
