"""Tests of concurrent closures, confirmations and versions."""

from datetime import date, timedelta

import pytest

from locations.opening_hours.errors import AlreadyClosed
from locations.opening_hours.holidays import public_holidays
from locations.opening_hours.models import ClosedDays, HoursVersion
from locations.opening_hours.operations import closure_today, history
from locations.opening_hours.operations.holiday_closures import apply_holiday_choices
from tests.concurrency import run_concurrently
from tests.factories import locations

pytestmark = pytest.mark.django_db(transaction=True)
THREADS = 8
DAY = date(2027, 7, 21)


@pytest.fixture
def location():
    location = locations.location("AAL", name="Digipunt Aalst")
    locations.rule(location, 0)
    return location


def test_concurrent_closures_create_one_closure(location):
    answers = run_concurrently(
        *[lambda: closure_today.close_today(location, reason="Ziekte")] * THREADS
    )

    refused = [answer for answer in answers if isinstance(answer, AlreadyClosed)]
    assert len(refused) == THREADS - 1, answers
    assert ClosedDays.objects.count() == 1


def test_concurrent_confirmations_close_holiday_once(location):
    (holiday,) = [one for one in public_holidays(2027) if one.first_day == DAY]
    answers = run_concurrently(
        *[lambda: apply_holiday_choices([(holiday, location)], [])] * THREADS
    )

    assert sorted(answers) == [(0, 0)] * (THREADS - 1) + [(1, 0)]
    assert ClosedDays.objects.count() == 1


def test_concurrent_changes_each_record_a_version(location):
    history.record_unreported_changes()

    def another(number):
        day = DAY + timedelta(days=number)
        with history.record_changes(location):
            return ClosedDays.objects.create(location=location, first_day=day, last_day=day)

    run_concurrently(*[lambda number=number: another(number) for number in range(THREADS)])

    counts = [len(one.data["closed"]) for one in HoursVersion.objects.order_by("pk")]
    assert counts == list(range(THREADS + 1))
