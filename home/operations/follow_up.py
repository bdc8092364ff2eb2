"""What staff do with the outbox: call, note what came of it, and send again what failed."""

from datetime import datetime, time, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from home.models import Message

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
def record_call(message, outcome, *, note="", user=None, now=None):
    """Note what came of a call: reached ends it, otherwise it comes back on the list."""
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
        message.next_attempt_at = now + CALL_BACK_AFTER
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
def retry(message, *, user=None, now=None):
    """Send again what failed, from the first attempt on."""
    message = _locked(message)
    if message.state != Message.State.FAILED:
        raise NotFailed
    message.state, message.attempts = Message.State.WAITING, 0
    message.due_at = message.next_attempt_at = now or timezone.now()
    message.save(update_fields=["state", "attempts", "due_at", "next_attempt_at"])
    log(message, "home.retry_message", user=user)
    return message


def _settle(message, now):
    message.state = Message.State.DONE
    message.sent_at, message.next_attempt_at = now, None
