"""Many who click at the same moment shut a door once, and every change has its version."""

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
def place():
    place = locations.location("AAL", name="Digipunt Aalst")
    locations.rule(place, 0)
    return place


def test_eight_colleagues_shut_one_door_and_it_is_shut_once(place):
    answers = run_concurrently(
        *[lambda: closure_today.close_today(place, reason="Ziekte")] * THREADS
    )

    refused = [answer for answer in answers if isinstance(answer, AlreadyClosed)]
    assert len(refused) == THREADS - 1, answers
    assert ClosedDays.objects.count() == 1


def test_eight_editors_confirm_one_holiday_and_it_is_closed_once(place):
    (holiday,) = [one for one in public_holidays(2027) if one.first_day == DAY]
    answers = run_concurrently(*[lambda: apply_holiday_choices([(holiday, place)], [])] * THREADS)

    assert sorted(answers) == [(0, 0)] * (THREADS - 1) + [(1, 0)]
    assert ClosedDays.objects.count() == 1


def test_of_changes_at_the_same_moment_each_has_a_version(place):
    history.record_unreported_changes()

    def another(number):
        day = DAY + timedelta(days=number)
        with history.record_changes(place):
            return ClosedDays.objects.create(location=place, first_day=day, last_day=day)

    run_concurrently(*[lambda number=number: another(number) for number in range(THREADS)])

    counts = [len(one.data["closed"]) for one in HoursVersion.objects.order_by("pk")]
    assert counts == list(range(THREADS + 1))
