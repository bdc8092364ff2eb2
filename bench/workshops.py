"""What only the measurements need in the list of workshops: 50,000 lessons, and people in them.

python -m bench.workshops     (after load_demo and bench.places, with bench.settings)

Two lessons of five are over; the others come in the next year. Every third run is a series of
four. Runs are full, nearly full or empty; some are cancelled, moved, or without registration.
"""

from datetime import timedelta

import django

SESSIONS = 50_000
PAGES = 200
SERIES = 4
CHUNK = 5000


def fill():
    """As many lessons as are lacking; doing it again adds nothing."""
    from django.db import transaction

    from locations.workshops.models import Session

    lacking = SESSIONS - Session.objects.count()
    if lacking > 0:
        with transaction.atomic():
            runs = _runs(lacking, _pages())
            _lessons(runs)
            _people(runs)


def _pages():
    from locations.core.models import Audience, Topic
    from locations.workshops.models import WorkshopIndexPage, WorkshopPage

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


def _runs(lacking, pages):
    from django.utils import timezone

    from locations.places.models import Location
    from locations.workshops.models import WorkshopRun

    places = list(Location.objects.digipunten().order_by("pk"))
    start = timezone.now().replace(hour=8, minute=0, second=0, microsecond=0)
    runs, lessons, number = [], 0, 0
    while lessons < lacking:
        begins = start + timedelta(days=number * 7 % 600 - 240, hours=number % 12)
        count = min(SERIES if number % 3 == 0 else 1, lacking - lessons)
        is_cancelled, is_moved = number % 50 == 0, number % 50 == 1
        runs.append(
            WorkshopRun(
                page=pages[number % len(pages)],
                location=places[number * 31 % len(places)],
                starts_at=begins,
                ends_at=begins + timedelta(weeks=count - 1, hours=2),
                lessons=count,
                capacity=6 + number % 7,
                entry="drop_in" if number % 20 == 0 else "register",
                status="cancelled" if is_cancelled else "moved" if is_moved else "planned",
                cancelled_reason="De lesgever is ziek." if is_cancelled else "",
                moved_from=begins - timedelta(weeks=1) if is_moved else None,
            )
        )
        lessons, number = lessons + count, number + 1
    return WorkshopRun.objects.bulk_create(runs, batch_size=CHUNK)


def _lessons(runs):
    from locations.workshops.models import Session

    Session.objects.bulk_create(
        (
            Session(
                run=run,
                starts_at=run.starts_at + timedelta(weeks=week),
                ends_at=run.starts_at + timedelta(weeks=week, hours=2),
            )
            for run in runs
            for week in range(run.lessons)
        ),
        batch_size=CHUNK,
    )


def _people(runs):
    """A third of the runs is full, a third has one seat left; of each tenth run one waits."""
    from locations.workshops.models import Registration

    def person(run, **fields):
        return Registration(run=run, name="Bench", phone="02 000 00 00", **fields)

    people = []
    for number, run in enumerate(runs[::5]):
        seats = (run.capacity, run.capacity - 1, 0)[number % 3]
        people += [person(run, state="registered", seat=seat + 1) for seat in range(seats)]
        if number % 30 == 0:
            people.append(person(run, state="waiting", position=1))
    Registration.objects.bulk_create(people, batch_size=CHUNK)


if __name__ == "__main__":
    django.setup()
    fill()
