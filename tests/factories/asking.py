"""People who come by and people who ask something, through the operations."""

from datetime import time

from locations.core.models import Audience, Topic
from locations.helpdesk.models import HelpRequest
from locations.helpdesk.operations import help_requests, visits
from tests.factories import locations
from tests.factories.lending import opened
from tests.factories.locations import MONDAY_MORNING

QUESTION = "Mijn mail gaat niet open"
DECEMBER = MONDAY_MORNING.replace(month=12, day=1, hour=10)  # a Tuesday


def topic(name="Itsme", **fields):
    slug = fields.pop("slug", name.lower())
    return Topic.objects.get_or_create(slug=slug, defaults={"name": name, **fields})[0]


def audience(name="Senioren"):
    return Audience.objects.get_or_create(slug=name.lower(), defaults={"name": name})[0]


def digipunt(code="AAL", *, weekdays=range(5), **fields):
    """Open from Monday to Friday, 9 to 17, unless told otherwise."""
    fields = {"name": f"Digipunt {code}", "city": "Aalst", "postcode": "9300"} | fields
    place = locations.location(code, **fields)
    for weekday in weekdays:
        locations.rule(place, weekday, time(9), time(17))
    return place


def asked(place, **facts):
    """A question by telephone, on Monday 23 November 2026 at 10."""
    facts = {"question": QUESTION, "name": "Lotte Peeters", "phone": "0470 12 34 56"} | facts
    return help_requests.ask(location=place, now=facts.pop("now", MONDAY_MORNING), **facts)


def appointed(request, user, at=DECEMBER, **facts):
    return help_requests.appoint(request, at=at, user=user, now=MONDAY_MORNING, **facts)


def closed(request, user, **facts):
    facts = {"outcome": HelpRequest.Outcome.HELPED, "now": MONDAY_MORNING} | facts
    return help_requests.close(request, user=user, **facts)


def visited(place, **facts):
    return visits.note(place, **{"minutes": 15, "now": MONDAY_MORNING} | facts)


def form(**changes):
    """What somebody who asks something by mail sends."""
    return {
        "kind": "question",
        "question": QUESTION,
        "name": "Lotte Peeters",
        "postcode": "9300",
        "email": "lotte@example.org",
        "opened": opened(),
    } | changes
