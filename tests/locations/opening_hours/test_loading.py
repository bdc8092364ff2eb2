"""Tests of loading calendars, and of its query count."""

from datetime import date, datetime, time

import pytest

from locations.core.time_zone import BRUSSELS
from locations.opening_hours.loading import load_calendars
from locations.opening_hours.models import AdjustedDays, AdjustedHours, ClosedDays, Stop
from tests.factories.locations import location as create_location
from tests.factories.locations import partnership, rule, service

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 11, 23)


def hours(calendar, day=MONDAY, code=None):
    return [(block.opens.hour, block.closes.hour) for block in calendar.blocks(day, code)]


def test_loading_supports_every_recurrence():
    location = create_location()
    rule(location, 0)
    rule(location, 4, recurrence="weeks", interval=2, anchor=date(2026, 11, 27))
    rule(location, 2, time(14), time(16), code="digidokter", recurrence="monthly", nth=4)
    rule(location, None, time(17), time(19), recurrence="date", day=date(2026, 12, 1))

    calendar = load_calendars([location])[location.pk]

    days = [one.day.day for one in calendar.openings(MONDAY, date(2026, 12, 1))]
    assert days == [23, 25, 27, 30, 1]
    assert hours(calendar, date(2026, 11, 25), "digidokter") == [(14, 16)]


def test_exceptional_days_of_partnership_apply_to_its_locations_only():
    owner = partnership()
    location, other_location = create_location(partnership=owner), create_location()
    for one in (location, other_location):
        rule(one, 0)
        rule(one, 1)
    ClosedDays.objects.create(partnership=owner, first_day=MONDAY, last_day=MONDAY, reason="Feest")
    summer = AdjustedDays.objects.create(
        partnership=owner, first_day=date(2026, 11, 24), last_day=date(2026, 11, 24)
    )
    for start in (10, 14):
        AdjustedHours.objects.create(
            adjusted_days=summer, weekday=1, opens=time(start), closes=time(start + 1)
        )

    found = load_calendars([location, other_location])

    assert found[location.pk].closure(MONDAY).reason == "Feest"
    assert hours(found[location.pk], date(2026, 11, 24)) == [(10, 11), (14, 15)]
    assert hours(found[other_location.pk]) == [(9, 12)]


def test_adjusted_hours_of_service_win_over_those_of_location():
    location = create_location()
    rule(location, 0)
    for code, start in ((None, 10), ("help", 13)):
        days = AdjustedDays.objects.create(
            location=location,
            service=service(code) if code else None,
            first_day=MONDAY,
            last_day=MONDAY,
        )
        AdjustedHours.objects.create(
            adjusted_days=days, weekday=0, opens=time(start), closes=time(start + 1)
        )

    assert hours(load_calendars([location])[location.pk], code="help") == [(13, 14)]


def test_adjusted_days_without_hours_close_location():
    location = create_location()
    rule(location, 0)
    AdjustedDays.objects.create(location=location, first_day=MONDAY, last_day=MONDAY)

    assert hours(load_calendars([location])[location.pk]) == []


def test_stop_that_goes_ahead_opens_bus():
    bus = create_location(kind="bus")
    for hour, reason in ((9, ""), (13, "Werken")):
        Stop.objects.create(
            location=bus,
            place="Werchter",
            starts_at=datetime(2026, 11, 23, hour, tzinfo=BRUSSELS),
            ends_at=datetime(2026, 11, 23, hour + 2, tzinfo=BRUSSELS),
            cancelled_reason=reason,
        )

    assert hours(load_calendars([bus])[bus.pk]) == [(9, 11)]


def test_loading_nothing_needs_no_queries(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert load_calendars([]) == {}


@pytest.mark.parametrize("number", [1, 30])
def test_loading_query_count_is_independent_of_number_of_locations(
    number, django_assert_num_queries
):
    owner = partnership()
    places = [create_location(partnership=owner, kind="bus") for _ in range(number)]
    for location in places:
        rule(location, 0)
        rule(location, 3, code="lending")
        ClosedDays.objects.create(location=location, first_day=MONDAY, last_day=MONDAY)
    ClosedDays.objects.create(partnership=owner, first_day=MONDAY, last_day=MONDAY)

    with django_assert_num_queries(3):
        found = load_calendars(places)

    assert len(found) == number
