"""Tests of the difference between two versions of the hours."""

from datetime import date, datetime, time, timedelta

import pytest
from django.utils import translation

from locations.core.time_zone import BRUSSELS
from locations.opening_hours.models import AdjustedDays, AdjustedHours, ClosedDays, Stop
from locations.opening_hours.operations import history
from locations.opening_hours.version_diff import diff_versions
from tests.factories import locations

pytestmark = pytest.mark.django_db
START = date(2026, 12, 21)
NOW = datetime(2026, 11, 23, 10, tzinfo=BRUSSELS)
LATER = NOW + timedelta(days=1)


def test_version_diff_lists_added_and_removed_lines():
    location = locations.location(kind="bus")
    rule = locations.rule(location, 4, recurrence="weeks", interval=2, anchor=date(2026, 11, 27))
    history.record_unreported_changes(NOW)
    with history.record_changes(location, now=LATER):
        rule.delete()
        locations.rule(location, None, recurrence="date", day=date(2026, 12, 1))
        ClosedDays.objects.create(
            location=location, first_day=START, last_day=START, reason="Kerstmis"
        )
        summer = AdjustedDays.objects.create(
            location=location, first_day=START, last_day=START + timedelta(days=9)
        )
        AdjustedHours.objects.create(
            adjusted_days=summer, weekday=1, opens=time(9), closes=time(12)
        )
        Stop.objects.create(
            location=location,
            place="Baal",
            starts_at=datetime(2026, 12, 9, 9, 30, tzinfo=BRUSSELS),
            ends_at=datetime(2026, 12, 9, 11, 30, tzinfo=BRUSSELS),
            cancelled_reason="Panne",
        )
    (version, before), _first = history.with_previous_data(
        list(history.versions_for_location(location))
    )

    with translation.override("en"):
        differences = diff_versions(version.data, before, {"help": "Hulp"})

    assert [(difference.is_new, difference.text) for difference in differences] == [
        (False, "Hulp: every 2 weeks on Friday, from 27 November 2026, 9 to 12"),
        (True, "Hulp: Tuesday 1 December 2026, 9 to 12"),
        (True, "Closed: 21 December 2026 (Kerstmis)"),
        (
            True,
            "Other hours: 21 December 2026 up to and including 30 December 2026: Tuesday, 9 to 12",
        ),
        (
            True,
            "Stop in Baal: Wednesday 9 December 2026, 9.30 to 11.30. Does not take place: Panne",
        ),
    ]
