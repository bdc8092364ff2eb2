"""Factories of visits and help requests, which use the operations."""

from datetime import time

from locations.core.models import Audience, Topic
from locations.helpdesk.models import HelpRequest
from locations.helpdesk.operations import transitions, visits
from locations.helpdesk.operations.help_requests import create_help_request
from tests.factories import locations
from tests.factories.lending import form_timestamp
from tests.factories.locations import MONDAY_MORNING

QUESTION = "Mijn mail gaat niet open"
DECEMBER = MONDAY_MORNING.replace(month=12, day=1, hour=10)  # a Tuesday


def topic(name="Itsme", **fields):
    slug = fields.pop("slug", name.lower())
    return Topic.objects.get_or_create(slug=slug, defaults={"name": name, **fields})[0]


def audience(name="Senioren"):
    return Audience.objects.get_or_create(slug=name.lower(), defaults={"name": name})[0]


def digipunt(code="AAL", *, weekdays=range(5), **fields):
    """Create a digipunt that is open from 9 to 17, from Monday to Friday by default."""
    fields = {"name": f"Digipunt {code}", "city": "Aalst", "postcode": "9300"} | fields
    location = locations.location(code, **fields)
    for weekday in weekdays:
        locations.rule(location, weekday, time(9), time(17))
    return location


def help_request(location, **fields):
    """Create a help request by phone, on Monday 23 November 2026 at 10 by default."""
    fields = {
        "question": QUESTION,
        "name": "Lotte Peeters",
        "phone": "0470 12 34 56",
        "now": MONDAY_MORNING,
    } | fields
    return create_help_request(location=location, **fields)


def appointment(help_request, user, at=DECEMBER, **fields):
    """Make an appointment for a help request and return the request."""
    return transitions.make_appointment(
        help_request, at=at, user=user, now=MONDAY_MORNING, **fields
    )


def closed_help_request(help_request, user, **fields):
    """Close a help request and return it."""
    fields = {"outcome": HelpRequest.Outcome.HELPED, "now": MONDAY_MORNING} | fields
    return transitions.close_help_request(help_request, user=user, **fields)


def visit(location, **fields):
    """Record a visit of 15 minutes."""
    return visits.record_visit(location, **{"minutes": 15, "now": MONDAY_MORNING} | fields)


def form_data(**changes):
    """Return valid data of the public form, with an e-mail address."""
    return {
        "kind": "question",
        "question": QUESTION,
        "name": "Lotte Peeters",
        "postcode": "9300",
        "email": "lotte@example.org",
        "opened": form_timestamp(),
    } | changes
