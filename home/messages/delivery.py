"""Send mail that is due to the mail server, at least once.

A worker claims a message by moving its next attempt ahead. Another worker then skips it, and when
a worker is killed, the message becomes due again at that moment. Duplicates have the same
Message-ID, so that the mail server of the recipient can drop one.
"""

import hashlib
import logging
import smtplib
from contextlib import suppress
from datetime import timedelta
from email.headerregistry import Address
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db.models import F
from django.utils import timezone

from home.messages.models import MailOutage, Message

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=5)  # much longer than sending one message can take with EMAIL_TIMEOUT
BACK_OFF = [
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    *[timedelta(hours=hours) for hours in (2, 6, 12, 24, 24)],
]
PAUSE = timedelta(seconds=30)  # after an error of the server
RETRY_DELAY = timedelta(minutes=1)  # for a message that could not be offered to the server
GIVE_UP = timedelta(days=5)  # without a server (RFC 5321, 4.5.4.1)
BATCH = 50


class MailServerUnavailable(Exception):
    """The mail server is down, hangs or refuses the connection."""


class MailRefused(Exception):
    """The server refuses this message; `is_permanent` if another attempt is useless."""

    def __init__(self, reason, *, is_permanent):
        super().__init__(reason)
        self.is_permanent = is_permanent


def message_id(message):
    """Return the Message-ID, which is the same for every attempt."""
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    domain = address.rpartition("@")[2] or "localhost"
    return f"<{hashlib.sha256(message.key.encode()).hexdigest()[:40]}@{domain}>"


def build_email(message, connection=None):
    """Return the Django e-mail for a message."""
    headers = {
        "Message-ID": message_id(message),
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
    }
    if message.unsubscribe_url:  # one-click unsubscription (RFC 8058)
        headers["List-Unsubscribe"] = f"<{message.unsubscribe_url}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    mail = EmailMultiAlternatives(
        subject=message.subject,
        body=message.text,
        to=[_recipient_address(message)],
        headers=headers,
        connection=connection,
    )
    if message.html:
        mail.attach_alternative(message.html, "text/html")
    return mail


def _recipient_address(message):
    """Return name and address, or only the address if the name is invalid in a header."""
    name = " ".join(message.recipient_name.split())
    with suppress(ValueError, IndexError):
        return str(Address(display_name=name, addr_spec=message.address))
    return message.address


def _refusal(code, text):
    text = text.decode(errors="replace") if isinstance(text, bytes) else str(text)
    return MailRefused(f"{code} {' '.join(text.split())}"[:500], is_permanent=500 <= code < 600)


def send_mail(message, connection):
    """Send one message; raise MailRefused or MailServerUnavailable."""
    try:
        build_email(message, connection).send()
    except smtplib.SMTPRecipientsRefused as error:
        code, text = next(iter(error.recipients.values()))
        if code == 421:
            raise MailServerUnavailable(f"{code} {text!r}") from error
        raise _refusal(code, text) from error
    except smtplib.SMTPDataError as error:
        if error.smtp_code == 421:
            raise MailServerUnavailable(str(error)) from error
        raise _refusal(error.smtp_code, error.smtp_error) from error
    except smtplib.SMTPNotSupportedError as error:
        raise MailRefused(str(error), is_permanent=True) from error
    except OSError as error:  # and every other SMTPException: greeting, login, sender
        raise MailServerUnavailable(f"{type(error).__name__}: {error}"[:500]) from error
    except (ValueError, UnicodeError, LookupError) as error:
        raise MailRefused(f"{type(error).__name__}: {error}"[:500], is_permanent=True) from error


class Mailer:
    """Sends the mail that is due; each worker has one. `send` sends one message."""

    def __init__(self, send=send_mail):
        self.send = send
        self.paused_until = None
        self.unrecorded = {}  # primary key to moment, of mail sent while the database was away

    def send_due(self, now=None, limit=BATCH, stop=lambda: False):
        """Send up to `limit` messages; return how many were sent, are to be retried, or failed."""
        counts = {"sent": 0, "later": 0, "failed": 0}
        self._record_sent()
        if self.paused_until and (now or timezone.now()) < self.paused_until:
            return counts
        self.paused_until = None
        with _ReusedConnection() as connection:
            for message in list(Message.objects.to_deliver(now)[:limit]):
                if stop():
                    break
                moment = now or timezone.now()
                if not claim_message(message, moment):
                    continue
                counts[self._deliver(message, connection, moment)] += 1
                if self.paused_until:
                    break
        if counts["sent"] and not self.paused_until:
            MailOutage.objects.end(now or timezone.now())
        return counts

    def _deliver(self, message, connection, now):
        try:
            self.send(message, connection)
        except MailRefused as refusal:
            connection.renew()
            if refusal.is_permanent:
                return fail(message, str(refusal))
            return retry_later(message, str(refusal), now)
        except MailServerUnavailable as error:
            connection.renew()
            self.paused_until = now + PAUSE
            logger.warning("The mail server: %s", error)
            MailOutage.objects.begin(str(error), now)
            return wait_for_server(message, str(error), now)
        self.unrecorded[message.pk] = now
        self._record_sent()
        return "sent"

    def _record_sent(self):
        for pk, moment in list(self.unrecorded.items()):
            mark_sent(pk, moment)
            del self.unrecorded[pk]


class _ReusedConnection:
    """A connection for several messages, opened by the first and renewed after an error."""

    def __init__(self):
        self.renew()

    def renew(self):
        self._close()
        self.backend = get_connection()
        self.opened = False

    def send_messages(self, messages):
        if not self.opened:
            self.opened = True
            self.backend.open()
        return self.backend.send_messages(messages)

    def _close(self):
        if getattr(self, "opened", False):
            with suppress(Exception):
                self.backend.close()

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        self._close()


def claim_message(message, now):
    """Lease the message; return False if another worker has it."""
    claimed = (
        Message.objects.due(now)
        .filter(pk=message.pk, attempts=message.attempts)
        .update(attempts=F("attempts") + 1, next_attempt_at=now + LEASE)
    )
    message.attempts += claimed
    return bool(claimed)


def _claimed_row(message):
    """Return the row, unless another worker claimed it after the lease ended."""
    return Message.objects.filter(
        pk=message.pk, state=Message.State.WAITING, attempts=message.attempts
    )


def mark_sent(pk, now):
    """Mark a waiting message as sent."""
    Message.objects.filter(pk=pk, state=Message.State.WAITING).update(
        state=Message.State.SENT, sent_at=now, next_attempt_at=None, last_error=""
    )


def retry_later(message, reason, now):
    """Plan the next attempt, or let the message fail after the last one; return the outcome."""
    if message.attempts > len(BACK_OFF):
        return fail(message, reason)
    next_attempt_at = now + BACK_OFF[message.attempts - 1]
    _claimed_row(message).update(next_attempt_at=next_attempt_at, last_error=reason)
    return "later"


def wait_for_server(message, reason, now):
    """Plan the next attempt without counting this one; return the outcome."""
    if now - message.due_at > GIVE_UP:
        return fail(message, reason)
    _claimed_row(message).update(
        attempts=F("attempts") - 1, next_attempt_at=now + RETRY_DELAY, last_error=reason
    )
    return "later"


def fail(message, reason):
    """Mark the message as failed and return the outcome."""
    _claimed_row(message).update(
        state=Message.State.FAILED, next_attempt_at=None, last_error=reason or "?"
    )
    return "failed"
