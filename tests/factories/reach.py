"""Factories of visits and of attended sessions, which the report of reach counts."""

from datetime import date, datetime, time, timedelta
from itertools import count

from locations.core import person_hashes
from locations.core.time_zone import BRUSSELS
from locations.helpdesk.models import Visit
from locations.workshops.models import Attendance, Registration, Session
from tests.factories import home, locations

_numbers = count(1)
DAY = date(2026, 11, 10)


def at(day=DAY, hour=10):
    return datetime.combine(day, time(hour), tzinfo=BRUSSELS)


def visit(location, card="", day=DAY, *, topics=(), **fields):
    visit = Visit.objects.create(
        location=location, visited_at=at(day), person=person_hashes.hash_card(card), **fields
    )
    visit.topics.set(topics)
    return visit


def visits(location, number, day=DAY, **fields):
    """Create a number of visits with different cards."""
    return [visit(location, f"K{next(_numbers)}", day, **fields) for _ in range(number)]


def workshop(**fields):
    return locations.workshop(locations.workshop_index(home.home_page()), **fields)


def session(page, location, day=DAY, *, present=(), absent=(), walk_ins=0):
    """Create a past session with participants, each a pair of name and phone number."""
    run = locations.run(page, location, day, capacity=40)
    session = run.sessions.get()
    Session.objects.filter(pk=session.pk).update(walk_ins=walk_ins)
    participants = [
        *((*person, True) for person in present),
        *((*person, False) for person in absent),
    ]
    for seat, (name, phone, attended) in enumerate(participants, 1):
        registration = Registration.objects.create(
            run=run,
            name=name,
            phone=phone,
            person=person_hashes.hash_person(name, phone=phone),
            state="registered",
            seat=seat,
            created_at=at(day) - timedelta(days=5),
        )
        Attendance.objects.create(registration=registration, session=session, attended=attended)
    return run
