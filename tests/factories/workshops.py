"""Workshops on their dates: lessons at given moments, and how many people are in them."""

from datetime import datetime, timedelta

from locations.core.models import Audience, Topic
from locations.core.time_zone import BRUSSELS
from locations.workshops.models import Registration, Session, WorkshopRun


def at(*moment):
    """A moment by the clock in Brussels."""
    return datetime(*moment, tzinfo=BRUSSELS)


def run(page, place, *starts, hours=2, seated=0, waiting=0, **fields):
    """A run with a lesson at each of these moments, and so many people seated and in line."""
    lessons = [Session(starts_at=one, ends_at=one + timedelta(hours=hours)) for one in starts]
    made = WorkshopRun.objects.create(page=page, location=place, sessions=lessons, **fields)
    people(made, seated, waiting)
    return made


def people(made, seated=0, waiting=0):
    """So many seats that are taken, and so many turns."""
    someone = {"run": made, "name": "Jozef Peeters", "phone": "0470 11 22 33"}
    Registration.objects.bulk_create(
        Registration(**someone, state="registered", seat=seat) for seat in range(1, seated + 1)
    )
    for turn in range(1, waiting + 1):  # one by one, as people come
        Registration.objects.create(**someone, state="waiting", position=turn)


def topic(slug="itsme", **fields):
    return Topic.objects.get_or_create(slug=slug, defaults={"name": slug.title(), **fields})[0]


def audience(slug="ouder", **fields):
    return Audience.objects.get_or_create(slug=slug, defaults={"name": slug.title(), **fields})[0]


def rows(client, query=""):
    """The lines of the list of workshops for this question."""
    return client.get(f"/workshops/?{query}").context["rows"]


def titles(client, query=""):
    return [row.title for row in rows(client, query)]
