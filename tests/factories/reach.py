"""Visits, lessons that people were at, and loans: what the report of reach is made of."""

from datetime import date, datetime, time, timedelta
from itertools import count

from locations.core import person_hashes
from locations.helpdesk.models import Visit
from locations.opening_hours.engine import BRUSSELS
from locations.workshops.models import Attendance, Registration, Session
from tests.factories import home, locations

_numbers = count(1)
DAY = date(2026, 11, 10)


def at(day=DAY, hour=10):
    return datetime.combine(day, time(hour), tzinfo=BRUSSELS)


def visit(place, card="", day=DAY, *, topics=(), **fields):
    made = Visit.objects.create(
        location=place, visited_at=at(day), person=person_hashes.card(card), **fields
    )
    made.topics.set(topics)
    return made


def visits(place, number, day=DAY, **fields):
    """So many visits with so many different cards."""
    return [visit(place, f"K{next(_numbers)}", day, **fields) for _ in range(number)]


def workshop(**fields):
    return locations.workshop(locations.workshop_index(home.home_page()), **fields)


def lesson(page, place, day=DAY, *, there=(), absent=(), walk_ins=0):
    """A lesson that is over, with who was there: (name, phone)."""
    run = locations.run(page, place, day, capacity=40)
    session = run.sessions.get()
    Session.objects.filter(pk=session.pk).update(walk_ins=walk_ins)
    for seat, (who, was_there) in enumerate(
        [*((one, True) for one in there), *((one, False) for one in absent)], 1
    ):
        name, phone = who
        registration = Registration.objects.create(
            run=run,
            name=name,
            phone=phone,
            person=person_hashes.person(name, phone=phone),
            state="registered",
            seat=seat,
            created_at=at(day) - timedelta(days=5),
        )
        Attendance.objects.create(registration=registration, session=session, was_there=was_there)
    return run
