"""Benchmark of the report of reach over many visits: seconds and queries.

python -m bench.in_process.reach [VISITS]

With bench.settings and a filled database; everything is rolled back.
"""

import json
import random
import sys
import time
from datetime import timedelta

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from bench import goals
from locations.core import person_hashes
from locations.core.models import Audience, Topic
from locations.helpdesk.models import Visit
from locations.places.models import Location
from locations.reach.counting import ReachCount
from locations.reach.periods import whole_months
from locations.reach.report import build_report

VISITS = 100_000
REPEATS = 3


class Rollback(Exception):
    """Roll back the transaction in which the visits were created."""


def fill(count):
    """Create visits in three years by a quarter as many people; three in four have a card."""
    chance, now = random.Random(1), timezone.now()
    locations = list(Location.objects.digipunten())
    audiences, topics = list(Audience.objects.all()), list(Topic.objects.all())
    cards = [person_hashes.hash_card(f"bench {number}") for number in range(max(count // 4, 1))]
    visits = Visit.objects.bulk_create(
        (
            Visit(
                location=chance.choice(locations),
                visited_at=now - timedelta(minutes=chance.randrange(3 * 365 * 24 * 60)),
                audience=chance.choice([None, *audiences]),
                person=chance.choice(cards) if chance.random() < 0.75 else "",
            )
            for _each in range(count)
        ),
        batch_size=2000,
    )
    through = Visit.topics.through
    through.objects.bulk_create(
        (through(visit=visit, topic=chance.choice(topics)) for visit in visits), batch_size=2000
    )


def measure(count):
    today = timezone.localdate()
    least, queries = float("inf"), 0
    with translation.override("nl"):
        for _each in range(REPEATS):
            start = time.perf_counter()
            with CaptureQueriesContext(connection) as captured:
                period = whole_months(today - timedelta(days=1030), today)
                report = build_report(ReachCount(Location.objects.all(), period))
            least, queries = min(least, time.perf_counter() - start), len(captured)
    result = {
        "measure": "reach",
        "database": connection.vendor,
        "visits": count,
        "people": report.people.least,
        "queries": queries,
        "seconds": round(least, 2),
        "goal": goals.REACH_SECONDS,
        "ok": least <= goals.REACH_SECONDS,
    }
    print(json.dumps(result), flush=True)


if __name__ == "__main__":
    visits = int(sys.argv[1]) if len(sys.argv) > 1 else VISITS
    try:
        with transaction.atomic():
            fill(visits)
            measure(visits)
            raise Rollback
    except Rollback:
        pass
