"""Stops of a bus for tests."""

from datetime import datetime, timedelta

from locations.core.time_zone import BRUSSELS
from locations.opening_hours.models import Stop
from tests.factories.locations import MONDAY_MORNING

NOW = MONDAY_MORNING


def at(*moment):
    return datetime(*moment, tzinfo=BRUSSELS)


WEDNESDAY = at(2026, 12, 2, 9, 30)


def stop(bus, start=WEDNESDAY, place="Werchter", **fields):
    return Stop.objects.create(
        location=bus, place=place, starts_at=start, ends_at=start + timedelta(hours=2), **fields
    )
