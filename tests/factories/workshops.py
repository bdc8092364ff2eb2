"""Runs with sessions at given moments and people in them, and the list of workshops."""

from datetime import datetime, timedelta

from locations.core.models import Audience, Topic
from locations.core.time_zone import BRUSSELS
from locations.workshops.models import Registration, Session, WorkshopRun


def local_datetime(*parts):
    """Return a moment by the clock in Brussels."""
    return datetime(*parts, tzinfo=BRUSSELS)


def run(page, location, *starts, hours=2, seated=0, waiting=0, **fields):
    """Create a run with a session at each of these moments, and people in it."""
    sessions = [
        Session(starts_at=start, ends_at=start + timedelta(hours=hours)) for start in starts
    ]
    new_run = WorkshopRun.objects.create(page=page, location=location, sessions=sessions, **fields)
    fill(new_run, seated, waiting)
    return new_run


def fill(run, seated=0, waiting=0):
    """Take so many seats and waiting-list positions."""
    person = {"run": run, "name": "Jozef Peeters", "phone": "0470 11 22 33"}
    Registration.objects.bulk_create(
        Registration(**person, state="registered", seat=seat) for seat in range(1, seated + 1)
    )
    for position in range(1, waiting + 1):  # one at a time: positions are ascending
        Registration.objects.create(**person, state="waiting", position=position)


def topic(slug="itsme", **fields):
    """Return the topic with this slug."""
    return Topic.objects.get_or_create(slug=slug, defaults={"name": slug.title(), **fields})[0]


def audience(slug="ouder", **fields):
    """Return the audience with this slug."""
    return Audience.objects.get_or_create(slug=slug, defaults={"name": slug.title(), **fields})[0]


def listed_rows(client, query=""):
    """Return the rows of the list of workshops for this query string."""
    return client.get(f"/workshops/?{query}").context["rows"]


def listed_titles(client, query=""):
    """Return the titles in the list of workshops for this query string."""
    return [row.title for row in listed_rows(client, query)]
