"""From rows to calendars, with as many queries for one place as for many."""

from datetime import date, datetime, time

import pytest

from locations.core.time_zone import BRUSSELS
from locations.opening_hours.loading import load_calendars
from locations.opening_hours.models import AdjustedDays, AdjustedHours, ClosedDays, Stop
from tests.factories.locations import location, partnership, rule, service

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 11, 23)


def hours(calendar, day=MONDAY, code=None):
    return [(block.opens.hour, block.closes.hour) for block in calendar.blocks(day, code)]


def test_every_kind_of_rule_is_loaded():
    place = location()
    rule(place, 0)
    rule(place, 4, recurrence="weeks", interval=2, anchor=date(2026, 11, 27))
    rule(place, 2, time(14), time(16), code="digidokter", recurrence="monthly", nth=4)
    rule(place, None, time(17), time(19), recurrence="date", day=date(2026, 12, 1))

    calendar = load_calendars([place])[place.pk]

    days = [one.day.day for one in calendar.openings(MONDAY, date(2026, 12, 1))]
    assert days == [23, 25, 27, 30, 1]
    assert hours(calendar, date(2026, 11, 25), "digidokter") == [(14, 16)]


def test_closed_and_adjusted_days_of_the_partnership_hold_for_its_places_alone():
    together = partnership()
    place, stranger = location(partnership=together), location()
    for one in (place, stranger):
        rule(one, 0)
        rule(one, 1)
    ClosedDays.objects.create(
        partnership=together, first_day=MONDAY, last_day=MONDAY, reason="Feest"
    )
    summer = AdjustedDays.objects.create(
        partnership=together, first_day=date(2026, 11, 24), last_day=date(2026, 11, 24)
    )
    for start in (10, 14):
        AdjustedHours.objects.create(
            adjusted_days=summer, weekday=1, opens=time(start), closes=time(start + 1)
        )

    found = load_calendars([place, stranger])

    assert found[place.pk].closure(MONDAY).reason == "Feest"
    assert hours(found[place.pk], date(2026, 11, 24)) == [(10, 11), (14, 15)]
    assert hours(found[stranger.pk]) == [(9, 12)]


def test_other_hours_of_a_service_win_over_those_of_the_place():
    place = location()
    rule(place, 0)
    for code, start in ((None, 10), ("help", 13)):
        days = AdjustedDays.objects.create(
            location=place,
            service=service(code) if code else None,
            first_day=MONDAY,
            last_day=MONDAY,
        )
        AdjustedHours.objects.create(
            adjusted_days=days, weekday=0, opens=time(start), closes=time(start + 1)
        )

    assert hours(load_calendars([place])[place.pk], code="help") == [(13, 14)]


def test_adjusted_days_without_hours_close_the_place():
    place = location()
    rule(place, 0)
    AdjustedDays.objects.create(location=place, first_day=MONDAY, last_day=MONDAY)

    assert hours(load_calendars([place])[place.pk]) == []


def test_a_stop_that_goes_ahead_opens_the_bus():
    bus = location(kind="bus")
    for hour, reason in ((9, ""), (13, "Werken")):
        Stop.objects.create(
            location=bus,
            place="Werchter",
            starts_at=datetime(2026, 11, 23, hour, tzinfo=BRUSSELS),
            ends_at=datetime(2026, 11, 23, hour + 2, tzinfo=BRUSSELS),
            cancelled_reason=reason,
        )

    assert hours(load_calendars([bus])[bus.pk]) == [(9, 11)]


def test_no_places_no_queries(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert load_calendars([]) == {}


@pytest.mark.parametrize("number", [1, 30])
def test_many_places_cost_as_many_queries_as_one(number, django_assert_num_queries):
    together = partnership()
    places = [location(partnership=together, kind="bus") for _ in range(number)]
    for place in places:
        rule(place, 0)
        rule(place, 3, code="lending")
        ClosedDays.objects.create(location=place, first_day=MONDAY, last_day=MONDAY)
    ClosedDays.objects.create(partnership=together, first_day=MONDAY, last_day=MONDAY)

    with django_assert_num_queries(3):
        found = load_calendars(places)

    assert len(found) == number
