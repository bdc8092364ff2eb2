"""Something to say to a person: written with the deed, said later by a worker or by staff."""

import re
from dataclasses import dataclass

from django.conf import settings
from django.template import Context
from django.template.loader import get_template
from django.utils import timezone, translation

from home.models import Message


@dataclass(frozen=True)
class Recipient:
    """Someone to say something to; e-mail is never required."""

    name: str = ""
    email: str = ""
    phone: str = ""

    @property
    def channel(self):
        if self.email:
            return Message.Channel.MAIL
        return Message.Channel.PHONE if self.phone else Message.Channel.LETTER


def _line(text):
    """One line, however the template was laid out: a subject can not smuggle in a header."""
    return " ".join(text.split())[:200]


def _render(name, context, *, html=False):
    template = get_template(name).template
    text = template.render(Context(context, autoescape=html)).strip() + "\n"
    return re.sub(r"\n{3,}", "\n\n", text)  # blocks that stayed empty


def _texts(kind, recipient, context):
    """Subject, text and HTML for the channel of this recipient, from `messages/<kind>/`."""
    folder = f"messages/{kind}"
    context = {
        **context,
        "recipient": recipient,
        "help_phone": settings.HELP_PHONE,
        "help_phone_hours": settings.HELP_PHONE_HOURS,
        "sender": settings.MESSAGE_SENDER,
    }
    with translation.override(settings.LANGUAGE_CODE):
        context["subject"] = subject = _line(_render(f"{folder}/subject.txt", context))
        if recipient.channel == Message.Channel.PHONE:
            return subject, _render(f"{folder}/call.txt", context), ""
        text = _render(f"{folder}/body.txt", context)
        if recipient.channel == Message.Channel.LETTER:
            return subject, text, ""
        return subject, text, _render(f"{folder}/body.html", context, html=True)


def say(kind, *, to, context, key, about, place="", due_at=None):
    """Put one message in the outbox, in the caller's transaction; the same key says it once.

    One INSERT and nothing else: saying the same again writes nothing, and what comes back then
    has the pk of the first (its texts and state as they are now: `refresh_from_db()`).
    `to` is a Recipient; `context` feeds the texts in `templates/messages/<kind>/`, whose
    subject.txt names what they need; `place` is the code of the location whose staff follow it up.
    """
    due_at = due_at or timezone.now()
    subject, text, html = _texts(kind, to, context)
    message = Message(
        pk=Message.id_for(key),
        channel=to.channel,
        kind=kind,
        recipient_name=to.name,
        address=to.email,
        phone=to.phone,
        subject=subject,
        text=text,
        html=html,
        place=place,
        about=about,
        key=key,
        due_at=due_at,
        next_attempt_at=due_at,
    )
    Message.objects.bulk_create([message], ignore_conflicts=True)
    return message
