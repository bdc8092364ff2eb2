"""Fill the list of workshops up to 50,000 sessions with registrations.

python -m bench.in_process.workshop_data    (after location_data, with bench.settings)

Two sessions out of five are in the past, the others in the next year. Every third run is a series
of four. Runs are full, nearly full or empty; some are cancelled, moved, or open to everybody.
"""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from locations.core.models import Audience, Topic
from locations.places.models import Location
from locations.workshops.models import (
    Registration,
    Session,
    WorkshopIndexPage,
    WorkshopPage,
    WorkshopRun,
)

SESSIONS = 50_000
PAGES = 200
SERIES = 4
CHUNK = 5000


def fill():
    """Create the missing sessions; a second time adds nothing."""
    missing = SESSIONS - Session.objects.count()
    if missing > 0:
        with transaction.atomic():
            runs = _create_runs(missing, _create_pages())
            _create_sessions(runs)
            _create_registrations(runs)


def _create_pages():
    index = WorkshopIndexPage.objects.get()
    topics, audiences = list(Topic.objects.all()), list(Audience.objects.all())
    for number in range(WorkshopPage.objects.count(), PAGES):
        index.add_child(
            instance=WorkshopPage(
                title=f"Wegwijs op je gsm {number}",
                slug=f"gemeten-{number}",
                introduction="Je leert één ding, op jouw tempo.",
                level=WorkshopPage.Level.values[number % 3],
                language=WorkshopPage.Language.values[number % 6],
                topic=topics[number % len(topics)],
                audiences=[audiences[number % len(audiences)]] if number % 2 else [],
                bring="Je gsm en je oplader",
            )
        )
    return list(WorkshopPage.objects.filter(slug__startswith="gemeten-").order_by("pk"))


def _create_runs(missing, pages):
    locations = list(Location.objects.digipunten().order_by("pk"))
    start = timezone.now().replace(hour=8, minute=0, second=0, microsecond=0)
    runs, sessions, number = [], 0, 0
    while sessions < missing:
        begins = start + timedelta(days=number * 7 % 600 - 240, hours=number % 12)
        count = min(SERIES if number % 3 == 0 else 1, missing - sessions)
        is_cancelled, is_moved = number % 50 == 0, number % 50 == 1
        runs.append(
            WorkshopRun(
                page=pages[number % len(pages)],
                location=locations[number * 31 % len(locations)],
                starts_at=begins,
                ends_at=begins + timedelta(weeks=count - 1, hours=2),
                session_count=count,
                capacity=6 + number % 7,
                entry="drop_in" if number % 20 == 0 else "register",
                status="cancelled" if is_cancelled else "moved" if is_moved else "planned",
                cancelled_reason="De lesgever is ziek." if is_cancelled else "",
                moved_from=begins - timedelta(weeks=1) if is_moved else None,
            )
        )
        sessions, number = sessions + count, number + 1
    return WorkshopRun.objects.bulk_create(runs, batch_size=CHUNK)


def _create_sessions(runs):
    Session.objects.bulk_create(
        (
            Session(
                run=run,
                starts_at=run.starts_at + timedelta(weeks=week),
                ends_at=run.starts_at + timedelta(weeks=week, hours=2),
            )
            for run in runs
            for week in range(run.session_count)
        ),
        batch_size=CHUNK,
    )


def _create_registrations(runs):
    """Register people for every fifth run: some runs are full, some have one seat left.

    Every sixth of these also has a waiting list.
    """

    def registration(run, **fields):
        return Registration(run=run, name="Bench", phone="02 000 00 00", **fields)

    registrations = []
    for number, run in enumerate(runs[::5]):
        seats = (run.capacity, run.capacity - 1, 0)[number % 3]
        registrations += [
            registration(run, state="registered", seat=seat + 1) for seat in range(seats)
        ]
        if number % 30 == 0:
            registrations.append(registration(run, state="waiting", position=1))
    Registration.objects.bulk_create(registrations, batch_size=CHUNK)


if __name__ == "__main__":
    fill()
