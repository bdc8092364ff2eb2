"""Something to say to a person: written with the deed, said later by a worker or by staff."""

from dataclasses import dataclass

from django.utils import timezone

from home.messages.models import Message
from home.messages.registry import registered
from home.messages.texts import texts


@dataclass(frozen=True)
class Recipient:
    """Someone to say something to; e-mail is never required."""

    name: str = ""
    email: str = ""
    phone: str = ""
    language: str = ""
    postal_address: str = ""  # the lines below the name

    @property
    def channel(self):
        if self.email:
            return Message.Channel.MAIL
        return Message.Channel.PHONE if self.phone else Message.Channel.LETTER


def _plain(value):
    """What a value of the context is without its type, to be kept with the message."""
    if isinstance(value, dict):
        return {str(name): _plain(one) for name, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(one) for one in value]
    return value if value is None or isinstance(value, (str, int, float)) else str(value)


def _kept(kind, context):
    """The values of the placeholders; of a kind that nobody can write words for, nothing."""
    known = registered.get(kind)
    return {
        one.name: _plain(context[one.name])
        for one in (known.own if known else ())
        if one.name in context
    }


def queue_message(kind, *, to, context, key, about, place="", due_at=None, unsubscribe_url=""):
    """Put one message in the outbox, in the caller's transaction; the same key says it once.

    One INSERT and nothing else: saying the same again writes nothing, and what comes back then
    has the pk of the first (its texts and state as they are now: `refresh_from_db()`). The words
    of coordinators are in the cache; now and then that takes one question.
    `to` is a Recipient; `context` feeds the texts of the type, whose placeholders are listed in
    `message_types.py`; `place` is the code of the location whose staff follow it up.
    `unsubscribe_url` takes a POST from any mail program, without login (RFC 8058).
    """
    due_at = due_at or timezone.now()
    subject, text, html = texts(kind, to, context)
    message = Message(
        pk=Message.id_for(key),
        channel=to.channel,
        kind=kind,
        recipient_name=to.name,
        address=to.email,
        phone=to.phone,
        postal_address=to.postal_address,
        language=to.language,
        subject=subject,
        text=text,
        html=html,
        context=_kept(kind, context),
        unsubscribe_url=unsubscribe_url,
        place=place,
        about=about,
        key=key,
        due_at=due_at,
        next_attempt_at=due_at,
    )
    Message.objects.bulk_create([message], ignore_conflicts=True)
    return message
