"""Messages on paper: letters, one per page, and the call list."""

import re
from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from home.documents.rendering import render
from home.messages.letterheads import letterheads_of, site_letterhead
from home.messages.registry import RIGHT_TO_LEFT, supported_language

_TITLE = re.compile(r"\A.+\n=+\n+")
_SIGNATURE = re.compile(r"\n-- ?\n.*\Z", re.DOTALL)
_LIST_ITEM = re.compile(r"^\s*[-•]\s+")


@dataclass(frozen=True)
class LetterText:
    """The text of a message as a letter shows it: a greeting, then paragraphs and lists."""

    greeting: str
    blocks: tuple[dict, ...]


def parse_letter(text):
    """Split `text` into greeting and blocks (`lines` or `items`); drop title and signature."""
    text = _SIGNATURE.sub("", _TITLE.sub("", text.strip()))
    greeting, blocks = "", []
    for block in re.split(r"\n\s*\n", text):
        lines = [line.strip() for line in block.split("\n") if line.strip()]
        if not blocks and not greeting and len(lines) == 1 and lines[0].endswith((",", "،")):
            greeting = lines[0]
            continue
        for line in lines:
            block_type = "items" if _LIST_ITEM.match(line) else "lines"
            if line is lines[0] or block_type not in blocks[-1]:
                blocks.append({block_type: []})
            blocks[-1][block_type].append(_LIST_ITEM.sub("", line))
    return LetterText(greeting, tuple(blocks))


def render_letters(messages, now=None):
    """Return one PDF/UA with each letter on its own page; raise DocumentError."""
    now = now or timezone.now()
    letterheads = letterheads_of(messages)
    data = {
        "issuer": site_letterhead().as_data(),
        "letters": [
            _letter(message, letterheads.get(message.location_code), now) for message in messages
        ],
    }
    title = _("Letters to post: %(count)s") % {"count": len(messages)}
    return render("letter", data, title=title, timestamp=now)


def _letter(message, letterhead, now):
    letter = parse_letter(message.text)
    language = supported_language(message.language)
    address = [line.strip() for line in message.postal_address.splitlines() if line.strip()]
    issuer = (letterhead or site_letterhead()).as_data()
    return {
        "issuer": issuer,
        "to": {"lines": [line for line in (message.recipient_name, *address) if line]},
        "date": date_format(timezone.localtime(now), "l j F Y"),
        "author": issuer["name"],
        "author_role": "",
        "subject": message.subject,
        "greeting": letter.greeting,
        "blocks": letter.blocks,
        "language": language if message.language else "nl",
        "rtl": language in RIGHT_TO_LEFT,
        "help": {"phone": issuer["phone"], "hours": settings.HELP_PHONE_HOURS},
    }


def render_call_list(messages, *, printed_by, language_name, now=None):
    """Return the call list as a PDF, in the order of `messages`; raise DocumentError.

    `language_name` is a function of a message. Lines that every call shares are printed once.
    """
    now = now or timezone.now()
    letterheads = letterheads_of(messages)
    names = sorted({letterhead.name for letterhead in letterheads.values()})
    scripts = [_script(message) for message in messages]
    shared = []
    if len(scripts) > 1:
        shared = [line for line in scripts[0] if all(line in script for script in scripts)]
    issuer = next(iter(letterheads.values())) if len(letterheads) == 1 else site_letterhead()
    local_now = timezone.localtime(now)
    data = {
        "place": names[0] if len(names) == 1 else "Digipunt",
        "date": date_format(local_now, "l j F Y"),
        "issuer": issuer.as_data(),
        "people": [
            {
                "name": message.recipient_name or _("Nameless"),
                "phone": str(message.phone),
                "why": message.subject,
                "where": _location_name(letterheads.get(message.location_code), names),
                "when": message.outcome_note,
                "lang": language_name(message),
                "say": [line for line in script if line not in shared],
            }
            for message, script in zip(messages, scripts, strict=True)
        ],
        "always": shared,
        "by": printed_by,
        "printed": f"{date_format(local_now, 'j F Y')}, {date_format(local_now, 'G:i')}",
    }
    return render("calllist", data, timestamp=now)


def _location_name(letterhead, names):
    return "" if letterhead is None or len(names) == 1 else letterhead.name


def _script(message):
    """Return the lines to say on the phone, without the title."""
    return [line.strip() for line in message.text.splitlines()[1:] if line.strip()]
