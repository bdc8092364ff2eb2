"""Queue messages in the transaction of the operation that causes them."""

from dataclasses import dataclass

from django.utils import timezone

from home.messages.models import Message
from home.messages.registry import registered
from home.messages.rendering import render_message


@dataclass(frozen=True)
class Recipient:
    """A person to send a message to; an e-mail address is not required."""

    name: str = ""
    email: str = ""
    phone: str = ""
    language: str = ""
    postal_address: str = ""  # the lines below the name

    @property
    def channel(self):
        """Mail if there is an address, else a call if there is a phone number, else a letter."""
        if self.email:
            return Message.Channel.MAIL
        return Message.Channel.PHONE if self.phone else Message.Channel.LETTER


def _to_json(value):
    """Return a value of the context in a form that JSON can store."""
    if isinstance(value, dict):
        return {str(name): _to_json(item) for name, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_to_json(item) for item in value]
    return value if value is None or isinstance(value, (str, int, float)) else str(value)


def _stored_context(type_name, context):
    """Return the values of the placeholders of the message type, if it is registered."""
    message_type = registered.get(type_name)
    placeholders = message_type.own_placeholders if message_type else ()
    return {
        placeholder.name: _to_json(context[placeholder.name])
        for placeholder in placeholders
        if placeholder.name in context
    }


def queue_message(
    type_name, *, to, context, key, about, location_code="", due_at=None, unsubscribe_url=""
):
    """Store one message in the outbox, in the caller's transaction, and return it.

    `to` is a Recipient; `context` holds the placeholders listed in `message_types.py`;
    `location_code` is that of the location whose staff handle the message; `unsubscribe_url`
    accepts a POST from any mail program, without login (RFC 8058).

    This is one INSERT. A message with the same key is stored once: the second call writes nothing
    and returns an object with the same primary key, which needs `refresh_from_db()`.
    """
    due_at = due_at or timezone.now()
    subject, text, html = render_message(type_name, to, context)
    message = Message(
        pk=Message.id_for(key),
        channel=to.channel,
        kind=type_name,
        recipient_name=to.name,
        address=to.email,
        phone=to.phone,
        postal_address=to.postal_address,
        language=to.language,
        subject=subject,
        text=text,
        html=html,
        context=_stored_context(type_name, context),
        unsubscribe_url=unsubscribe_url,
        location_code=location_code,
        about=about,
        key=key,
        due_at=due_at,
        next_attempt_at=due_at,
    )
    Message.objects.bulk_create([message], ignore_conflicts=True)
    return message
