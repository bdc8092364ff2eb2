"""Which words a message is made of: those of a coordinator, else those of the template files.

What coordinators wrote is kept ready in the cache, as all of it is a few pages; where each process
has a cache of its own, the others follow within `KEEP` seconds.
"""

import logging
import re
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.template import Context
from django.template.loader import get_template, render_to_string
from django.utils import translation

from home.messages import placeholders as words
from home.messages.models.message_text import MessageText
from home.messages.registry import DUTCH, RIGHT_TO_LEFT, language_of, registered, site_words

logger = logging.getLogger(__name__)

KEY = "home.message_texts"
KEEP = 60


@dataclass(frozen=True)
class Words:
    """What stands in for the template files, for one kind and language."""

    subject: str
    body: str
    call: str = ""


def own_words():
    """Kind and language to the words that a coordinator wrote; one question, or none."""
    found = cache.get(KEY)
    if found is None:
        rows = MessageText.objects.values_list("kind", "language", "subject", "body", "call")
        found = {(kind, language): Words(*rest) for kind, language, *rest in rows}
        cache.set(KEY, found, KEEP)
    return found


def forget(**kwargs):
    """Receiver for signals: ask again for the next message, and once more after the commit."""
    cache.delete(KEY)
    transaction.on_commit(lambda: cache.delete(KEY))


def line(text):
    """One line, however it was laid out: a subject can not smuggle in a header."""
    return " ".join(text.split())[:200]


def texts(kind, recipient, context):
    """Subject, text and HTML of a message, for the channel of this recipient."""
    channel = recipient.channel
    for language in dict.fromkeys((language_of(recipient.language), DUTCH)):
        found = own_words().get((kind, language))
        if found and (channel != "phone" or found.call) and _holds(kind, language, found):
            return written(registered[kind], found, recipient, context, language)
    return from_templates(kind, recipient, context)


def _holds(kind, language, found):
    """False if it names what the message no longer knows: then the template speaks."""
    known = registered.get(kind)
    wrong = known is None or any(
        words.trouble(text, known) for text in (found.subject, found.body, found.call)
    )
    if wrong:
        logger.error("The words of %s in %s do not fit any more.", kind, language)
    return not wrong


def written(kind, found, recipient, context, language):
    """The words of a coordinator, filled in."""
    values = {**site_words(), **context, "recipient": recipient.name}
    subject = line(words.fill(found.subject, values))
    if language in RIGHT_TO_LEFT:
        values = words.from_right_to_left(values, but=kind.addresses)
    if recipient.channel == "phone":
        return subject, words.fill(found.call, values), ""
    text = f"{words.fill(found.body, values)}\n-- \n{settings.MESSAGE_SENDER}\n"
    if recipient.channel != "mail":
        return subject, text, ""
    parts = words.parts(found.body, values, addresses=kind.addresses, language=language)
    html = render_to_string(
        "home/messages/written.html",
        {
            "subject": subject,
            "parts": list(parts),
            "sender": settings.MESSAGE_SENDER,
            "text_language": language,
            "text_direction": "rtl" if language in RIGHT_TO_LEFT else "",
        },
    )
    return subject, text, html.strip() + "\n"


def _render(name, context, *, html=False):
    template = get_template(name).template
    text = template.render(Context(context, autoescape=html)).strip() + "\n"
    return re.sub(r"\n{3,}", "\n\n", text)  # blocks that stayed empty


def from_templates(kind, recipient, context):
    """The words of the template files of a message type, in the language of the site."""
    folder = registered[kind].templates
    context = {**site_words(), **context, "recipient": recipient}
    with translation.override(settings.LANGUAGE_CODE):
        context["subject"] = subject = line(_render(f"{folder}/subject.txt", context))
        if recipient.channel == "phone":
            return subject, _render(f"{folder}/call.txt", context), ""
        text = _render(f"{folder}/body.txt", context)
        if recipient.channel != "mail":
            return subject, text, ""
        return subject, text, _render(f"{folder}/body.html", context, html=True)
