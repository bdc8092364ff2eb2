"""Actions of staff on messages: record a call, mark as done or posted, and try again."""

from datetime import datetime, time, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from home.messages.models import Message

MAX_CALLS = 3  # unanswered calls, on as many days, before the message fails
CALL_AGAIN_AT = time(9)
CALL_BACK_AFTER = timedelta(hours=2)


class MessageActionError(Exception):
    """An action that is not possible; the text is shown on the screen."""


class MessageAlreadyDone(MessageActionError):
    """The message was sent or done in the meantime."""

    def __init__(self, message):
        super().__init__(
            _("This message to %(name)s is already “%(state)s”. Check the list again.")
            % {"name": message.recipient_name or "?", "state": message.get_state_display()}
        )


class MessageNotFailed(MessageActionError):
    """Only failed messages and posted letters can be retried."""

    def __init__(self):
        super().__init__(_("Only a failed message can be sent again. Check the list again."))


def _locked(message):
    return Message.objects.select_for_update().get(pk=message.pk)


@transaction.atomic
def record_call(message, outcome, *, note="", at=None, user=None, now=None):
    """Record the outcome of a call; unless the person was reached, plan the next one.

    `at` is the moment at which the person wants to be called back.
    """
    now = now or timezone.now()
    message = _locked(message)
    if message.state != Message.State.WAITING:
        raise MessageAlreadyDone(message)
    message.attempts += 1
    message.outcome = outcome
    message.outcome_note = note
    if outcome == Message.Outcome.REACHED:
        _set_done(message, now)
    elif outcome == Message.Outcome.CALL_BACK:
        message.next_attempt_at = at or now + CALL_BACK_AFTER
        message.attempts = 0  # somebody answered, so that the count of unanswered calls restarts
    elif message.attempts >= MAX_CALLS:
        message.state, message.next_attempt_at = Message.State.FAILED, None
        message.last_error = _("Called %(times)s times without an answer.") % {
            "times": message.attempts
        }
    else:
        tomorrow = timezone.localdate(now) + timedelta(days=1)
        message.next_attempt_at = timezone.make_aware(datetime.combine(tomorrow, CALL_AGAIN_AT))
    message.save()
    log(message, "home.call", user=user, data={"outcome": str(outcome)})
    return message


@transaction.atomic
def mark_done(message, *, note="", user=None, now=None):
    """Mark a message as delivered in another way, for example in person."""
    message = _locked(message)
    if message.state in (Message.State.SENT, Message.State.DONE):
        raise MessageAlreadyDone(message)
    message.outcome_note = note
    _set_done(message, now or timezone.now())
    message.save()
    log(message, "home.settle_message", user=user)
    return message


@transaction.atomic
def mark_posted(messages, *, user=None, now=None):
    """Mark letters as posted and return how many of them were still waiting."""
    keys = [message.pk for message in messages]
    waiting = Message.objects.select_for_update().filter(
        pk__in=keys, channel=Message.Channel.LETTER, state=Message.State.WAITING
    )
    posted = list(waiting)
    for message in posted:
        message.state, message.sent_at = Message.State.SENT, now or timezone.now()
        message.next_attempt_at = None
        message.save(update_fields=["state", "sent_at", "next_attempt_at"])
        log(message, "home.post_letter", user=user)
    return len(posted)


@transaction.atomic
def retry(message, *, user=None, now=None):
    """Queue a failed message or a posted letter again, with its attempts reset."""
    message = _locked(message)
    if not message.can_be_retried:
        raise MessageNotFailed
    message.state, message.attempts, message.sent_at = Message.State.WAITING, 0, None
    message.due_at = message.next_attempt_at = now or timezone.now()
    message.save(update_fields=["state", "attempts", "sent_at", "due_at", "next_attempt_at"])
    log(message, "home.retry_message", user=user)
    return message


def _set_done(message, now):
    message.state = Message.State.DONE
    message.sent_at, message.next_attempt_at = now, None
