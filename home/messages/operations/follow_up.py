"""What staff do with the outbox: call, note what came of it, and send again what failed."""

from datetime import datetime, time, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from home.messages.models import Message

CALLS = 3  # on as many days; then somebody looks for another way
CALL_AGAIN_AT = time(9)
CALL_BACK_AFTER = timedelta(hours=2)


class FollowUpError(Exception):
    """A sentence for the person at the screen."""


class AlreadySettled(FollowUpError):
    def __init__(self, message):
        super().__init__(
            _("This message to %(name)s is already “%(state)s”. Look at the list again.")
            % {"name": message.recipient_name or "?", "state": message.get_state_display()}
        )


class NotFailed(FollowUpError):
    def __init__(self):
        super().__init__(_("Only a message that failed can be sent again. Look at the list again."))


def _locked(message):
    return Message.objects.select_for_update().get(pk=message.pk)


@transaction.atomic
def record_call(message, outcome, *, note="", at=None, user=None, now=None):
    """Note what came of a call: reached ends it, otherwise it comes back on the list.

    `at`: the moment at which somebody asked to be called back; without it that is soon.
    """
    now = now or timezone.now()
    message = _locked(message)
    if message.state != Message.State.WAITING:
        raise AlreadySettled(message)
    message.attempts += 1
    message.outcome = outcome
    message.outcome_note = note
    if outcome == Message.Outcome.REACHED:
        _settle(message, now)
    elif outcome == Message.Outcome.CALL_BACK:
        message.next_attempt_at = at or now + CALL_BACK_AFTER
        message.attempts = 0  # somebody answered: who counts calls in vain begins anew
    elif message.attempts >= CALLS:
        message.state, message.next_attempt_at = Message.State.FAILED, None
        message.last_error = _("Called %(times)s times, nobody answered.") % {
            "times": message.attempts
        }
    else:
        tomorrow = timezone.localdate(now) + timedelta(days=1)
        message.next_attempt_at = timezone.make_aware(datetime.combine(tomorrow, CALL_AGAIN_AT))
    message.save()
    log(message, "home.call", user=user, data={"outcome": str(outcome)})
    return message


@transaction.atomic
def settle(message, *, note="", user=None, now=None):
    """It was said in another way: a letter was posted, someone passed by."""
    message = _locked(message)
    if message.state in (Message.State.SENT, Message.State.DONE):
        raise AlreadySettled(message)
    message.outcome_note = note
    _settle(message, now or timezone.now())
    message.save()
    log(message, "home.settle_message", user=user)
    return message


@transaction.atomic
def mark_posted(messages, *, user=None, now=None):
    """These letters are printed and on their way; returns how many were still waiting."""
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
    """Send again what failed, from the first attempt on; or print a letter once more."""
    message = _locked(message)
    if not message.may_go_again:
        raise NotFailed
    message.state, message.attempts, message.sent_at = Message.State.WAITING, 0, None
    message.due_at = message.next_attempt_at = now or timezone.now()
    message.save(update_fields=["state", "attempts", "sent_at", "due_at", "next_attempt_at"])
    log(message, "home.retry_message", user=user)
    return message


def _settle(message, now):
    message.state = Message.State.DONE
    message.sent_at, message.next_attempt_at = now, None
