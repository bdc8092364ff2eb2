"""The outbox to the world: mail that is due goes to the mail server, at least once.

A message is claimed by moving its next attempt ahead, so that a second worker leaves it alone and
a worker that is killed hands it back when that moment comes. Should a message leave twice, both
carry the same Message-ID, and the receiver's server keeps one.
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

LEASE = timedelta(minutes=5)  # far above what one message can take with EMAIL_TIMEOUT
BACK_OFF = [
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    *[timedelta(hours=hours) for hours in (2, 6, 12, 24, 24)],
]
PAUSE = timedelta(seconds=30)  # leave a server alone that is down or hangs
TRY_AGAIN = timedelta(minutes=1)  # what waited for the server, however often it was tried
GIVE_UP = timedelta(days=5)  # of trouble with the server (RFC 5321, 4.5.4.1)
BATCH = 50


class ServerTrouble(Exception):
    """The mail server is not there, hangs or will not have us: no message's own fault."""


class Refused(Exception):
    """The server refuses this message; `for_good` if trying again is of no use."""

    def __init__(self, reason, *, for_good):
        super().__init__(reason)
        self.for_good = for_good


def message_id(message):
    """The same for every attempt at the same message, in any process."""
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    domain = address.rpartition("@")[2] or "localhost"
    return f"<{hashlib.sha256(message.key.encode()).hexdigest()[:40]}@{domain}>"


def as_mail(message, connection=None):
    headers = {
        "Message-ID": message_id(message),
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
    }
    if message.unsubscribe_url:  # one click in the mail program (RFC 8058)
        headers["List-Unsubscribe"] = f"<{message.unsubscribe_url}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    mail = EmailMultiAlternatives(
        subject=message.subject,
        body=message.text,
        to=[_addressed(message)],
        headers=headers,
        connection=connection,
    )
    if message.html:
        mail.attach_alternative(message.html, "text/html")
    return mail


def _addressed(message):
    """Name and address, or the address alone if a name can not stand in a header."""
    name = " ".join(message.recipient_name.split())
    with suppress(ValueError, IndexError):
        return str(Address(display_name=name, addr_spec=message.address))
    return message.address


def _refusal(code, text):
    text = text.decode(errors="replace") if isinstance(text, bytes) else str(text)
    return Refused(f"{code} {' '.join(text.split())}"[:500], for_good=500 <= code < 600)


def hand_over(message, connection):
    """Give one message to the mail server; raises Refused or ServerTrouble."""
    try:
        as_mail(message, connection).send()
    except smtplib.SMTPRecipientsRefused as error:
        code, text = next(iter(error.recipients.values()))
        if code == 421:
            raise ServerTrouble(f"{code} {text!r}") from error
        raise _refusal(code, text) from error
    except smtplib.SMTPDataError as error:
        if error.smtp_code == 421:
            raise ServerTrouble(str(error)) from error
        raise _refusal(error.smtp_code, error.smtp_error) from error
    except smtplib.SMTPNotSupportedError as error:
        raise Refused(str(error), for_good=True) from error
    except OSError as error:  # also every other SMTPException: greeting, login, sender
        raise ServerTrouble(f"{type(error).__name__}: {error}"[:500]) from error
    except (ValueError, UnicodeError, LookupError) as error:
        raise Refused(f"{type(error).__name__}: {error}"[:500], for_good=True) from error


class Courier:
    """Delivers what is due. One per worker; `send` hands one message to a connection."""

    def __init__(self, send=hand_over):
        self.send = send
        self.paused_until = None
        self.unrecorded = {}  # sent, but the database was away: pk to moment

    def round(self, now=None, limit=BATCH, stop=lambda: False):
        """Deliver up to `limit` due messages; returns how many went, were put off, and failed."""
        counts = {"sent": 0, "later": 0, "failed": 0}
        self._record_the_unrecorded()
        if self.paused_until and (now or timezone.now()) < self.paused_until:
            return counts
        self.paused_until = None
        with _Connection() as connection:
            for message in list(Message.objects.to_deliver(now)[:limit]):
                if stop():
                    break
                moment = now or timezone.now()
                if not claim(message, moment):
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
        except Refused as refusal:
            connection.renew()
            if refusal.for_good:
                return fail(message, str(refusal))
            return put_off(message, str(refusal), now)
        except ServerTrouble as trouble:
            connection.renew()
            self.paused_until = now + PAUSE
            logger.warning("The mail server: %s", trouble)
            MailOutage.objects.begin(str(trouble), now)
            return leave(message, str(trouble), now)
        self.unrecorded[message.pk] = now
        self._record_the_unrecorded()
        return "sent"

    def _record_the_unrecorded(self):
        for pk, moment in list(self.unrecorded.items()):
            mark_sent(pk, moment)
            del self.unrecorded[pk]


class _Connection:
    """One kept connection for a round, opened at the first message, renewed after trouble."""

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


def claim(message, now):
    """Take the message up for the time of the lease; False if another worker has it."""
    taken = (
        Message.objects.due(now)
        .filter(pk=message.pk, attempts=message.attempts)
        .update(attempts=F("attempts") + 1, next_attempt_at=now + LEASE)
    )
    message.attempts += taken
    return bool(taken)


def _mine(message):
    """The row, as long as nobody took it over after our lease ran out."""
    return Message.objects.filter(
        pk=message.pk, state=Message.State.WAITING, attempts=message.attempts
    )


def mark_sent(pk, now):
    Message.objects.filter(pk=pk, state=Message.State.WAITING).update(
        state=Message.State.SENT, sent_at=now, next_attempt_at=None, last_error=""
    )


def put_off(message, reason, now):
    """Try again later; after the last wait it has failed."""
    if message.attempts > len(BACK_OFF):
        return fail(message, reason)
    later = now + BACK_OFF[message.attempts - 1]
    _mine(message).update(next_attempt_at=later, last_error=reason)
    return "later"


def leave(message, reason, now):
    """The server is away: the message stays as it is, as it had no say in that."""
    if now - message.due_at > GIVE_UP:
        return fail(message, reason)
    _mine(message).update(
        attempts=F("attempts") - 1, next_attempt_at=now + TRY_AGAIN, last_error=reason
    )
    return "later"


def fail(message, reason):
    _mine(message).update(
        state=Message.State.FAILED, next_attempt_at=None, last_error=reason or "?"
    )
    return "failed"
