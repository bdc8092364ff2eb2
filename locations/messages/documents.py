"""The outbox on paper: letters, one person a page, and the list of people to call."""

import re
from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from home.documents.rendering import render
from home.messages.registry import RIGHT_TO_LEFT, language_of
from locations.places.models import Location

_TITLE = re.compile(r"\A.+\n=+\n+")
_FOOT = re.compile(r"\n-- ?\n.*\Z", re.DOTALL)
_ITEM = re.compile(r"^\s*[-•]\s+")


@dataclass(frozen=True)
class Written:
    """The text of a message taken apart, as a letter shows it."""

    greeting: str
    blocks: tuple[dict, ...]


def taken_apart(text):
    """Greeting, then paragraphs (lines) and lists (items); without the title and the foot."""
    text = _FOOT.sub("", _TITLE.sub("", text.strip()))
    greeting, blocks = "", []
    for block in re.split(r"\n\s*\n", text):
        lines = [line.strip() for line in block.split("\n") if line.strip()]
        if not blocks and not greeting and len(lines) == 1 and lines[0].endswith((",", "،")):
            greeting = lines[0]
            continue
        for line in lines:
            sort = "items" if _ITEM.match(line) else "lines"
            if line is lines[0] or sort not in blocks[-1]:
                blocks.append({sort: []})
            blocks[-1][sort].append(_ITEM.sub("", line))
    return Written(greeting, tuple(blocks))


def issuer(place):
    """Who speaks on the paper: the place, or us."""
    if place is None:
        name, _comma, address = settings.MESSAGE_SENDER.partition(", ")
        return {"name": name, "address": address, "phone": settings.HELP_PHONE, "mail": ""}
    return {
        "name": place.name,
        "address": place.address,
        "phone": place.phone or settings.HELP_PHONE,
        "mail": place.email,
    }


def places_of(messages):
    codes = {message.place for message in messages if message.place}
    return {place.code: place for place in Location.objects.filter(code__in=codes)}


def letters(messages, now=None):
    """One PDF/UA with every letter on a page of its own; raises DocumentNotMade."""
    now = now or timezone.now()
    places = places_of(messages)
    data = {
        "issuer": issuer(None),
        "letters": [_letter(message, places.get(message.place), now) for message in messages],
    }
    title = _("Letters to post: %(count)s") % {"count": len(messages)}
    return render("letter", data, title=title, timestamp=now)


def _letter(message, place, now):
    written = taken_apart(message.text)
    language = language_of(message.language)
    address = [line.strip() for line in message.postal_address.splitlines() if line.strip()]
    return {
        "issuer": issuer(place),
        "to": {"lines": [line for line in (message.recipient_name, *address) if line]},
        "date": date_format(timezone.localtime(now), "l j F Y"),
        "author": issuer(place)["name"],
        "author_role": "",
        "subject": message.subject,
        "greeting": written.greeting,
        "blocks": written.blocks,
        "language": language if message.language else "nl",
        "rtl": language in RIGHT_TO_LEFT,
        "help": {
            "phone": (place and place.phone) or settings.HELP_PHONE,
            "hours": settings.HELP_PHONE_HOURS,
        },
    }


def call_list(messages, *, by, spoken, now=None):
    """The people of the call list on paper, in its order; raises DocumentNotMade."""
    now = now or timezone.now()
    places = places_of(messages)
    names = sorted({place.name for place in places.values()})
    moment = timezone.localtime(now)
    said = [_said(message) for message in messages]
    always = [line for line in said[0] if all(line in one for one in said)] if said[1:] else []
    data = {
        "place": names[0] if len(names) == 1 else "Digipunt",
        "date": date_format(moment, "l j F Y"),
        "issuer": issuer(next(iter(places.values())) if len(places) == 1 else None),
        "people": [
            _person(message, places.get(message.place), spoken, alone=len(names) == 1)
            | {"say": [line for line in lines if line not in always]}
            for message, lines in zip(messages, said, strict=True)
        ],
        "always": always,
        "by": by,
        "printed": f"{date_format(moment, 'j F Y')}, {date_format(moment, 'G:i')}",
    }
    return render("calllist", data, timestamp=now)


def _said(message):
    """The lines of what one says, without the title."""
    return [line.strip() for line in message.text.splitlines()[1:] if line.strip()]


def _person(message, place, spoken, *, alone):
    return {
        "name": message.recipient_name or _("Nameless"),
        "phone": message.phone,
        "why": message.subject,
        "where": "" if alone or place is None else place.name,
        "when": message.outcome_note,
        "lang": spoken(message),
    }
