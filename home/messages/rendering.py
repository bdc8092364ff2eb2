"""Render the text of a message: a coordinator's own, or else that of the template files."""

import logging
import re
from dataclasses import dataclass

from django.conf import settings
from django.template import Context
from django.template.loader import get_template, render_to_string
from django.utils import translation

from home.core.caching import cached
from home.messages import placeholders
from home.messages.models.message_text import MessageText
from home.messages.registry import (
    DUTCH,
    RIGHT_TO_LEFT,
    registered,
    site_context,
    supported_language,
)

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class TextTemplate:
    """The texts with placeholders for one message type and language."""

    subject: str
    body: str
    call: str = ""


@cached("home.message_texts", seconds=60, models=["home.MessageText"])
def custom_texts():
    """Return a dict of (message type, language) to TextTemplate, for all rows. One query."""
    rows = MessageText.objects.values_list("kind", "language", "subject", "body", "call")
    return {(kind, language): TextTemplate(*texts) for kind, language, *texts in rows}


def single_line(text):
    """Return `text` on one line, so that a subject cannot add a mail header."""
    return " ".join(text.split())[:200]


def render_message(type_name, recipient, context):
    """Return subject, text and HTML for the channel and language of the recipient."""
    for language in dict.fromkeys((supported_language(recipient.language), DUTCH)):
        text = custom_texts().get((type_name, language))
        if (
            text
            and (recipient.channel != "phone" or text.call)
            and _is_valid(type_name, language, text)
        ):
            return render_custom_text(registered[type_name], text, recipient, context, language)
    return render_default_text(type_name, recipient, context)


def _is_valid(type_name, language, text):
    """Whether all placeholders still exist; if not, the template files are used."""
    message_type = registered.get(type_name)
    is_valid = message_type is not None and not any(
        placeholders.placeholder_errors(part, message_type)
        for part in (text.subject, text.body, text.call)
    )
    if not is_valid:
        logger.error("The text of %s in %s has unknown placeholders.", type_name, language)
    return is_valid


def render_custom_text(message_type, text, recipient, context, language):
    """Return subject, text and HTML of a coordinator's own text."""
    values = {**site_context(), **context, "recipient": recipient.name}
    subject = single_line(placeholders.fill_in(text.subject, values))
    if language in RIGHT_TO_LEFT:
        values = placeholders.isolate_directions(values, exclude=message_type.addresses)
    if recipient.channel == "phone":
        return subject, placeholders.fill_in(text.call, values), ""
    plain = f"{placeholders.fill_in(text.body, values)}\n-- \n{settings.MESSAGE_SENDER}\n"
    if recipient.channel != "mail":
        return subject, plain, ""
    parts = placeholders.mail_parts(
        text.body, values, addresses=message_type.addresses, language=language
    )
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
    return subject, plain, html.strip() + "\n"


def render_default_text(type_name, recipient, context):
    """Return subject, text and HTML of the template files, in the language of the site."""
    folder = registered[type_name].templates
    context = {**site_context(), **context, "recipient": recipient}
    with translation.override(settings.LANGUAGE_CODE):
        context["subject"] = subject = single_line(_render(f"{folder}/subject.txt", context))
        if recipient.channel == "phone":
            return subject, _render(f"{folder}/call.txt", context), ""
        plain = _render(f"{folder}/body.txt", context)
        if recipient.channel != "mail":
            return subject, plain, ""
        return subject, plain, _render(f"{folder}/body.html", context, html=True)


def _render(name, context, *, html=False):
    template = get_template(name).template
    text = template.render(Context(context, autoescape=html)).strip() + "\n"
    return re.sub(r"\n{3,}", "\n\n", text)  # empty blocks leave blank lines
