"""Tests of the calendar: rules, exceptions and next openings."""

from datetime import UTC, date, datetime, time

import pytest

from locations.core.time_zone import BRUSSELS
from locations.opening_hours.engine.calendar import Calendar
from locations.opening_hours.engine.rules import (
    Adjustment,
    Block,
    Closure,
    Every,
    Level,
    Recurrence,
    Rule,
)

MONDAY = date(2026, 11, 23)
XMAS = date(2026, 12, 25)


def at(year, month, day, hour=0, minute=0):
    return datetime(year, month, day, hour, minute, tzinfo=BRUSSELS)


def weekly(weekday, opens, closes, service="help", **more):
    return Rule(
        service, Recurrence(Every.WEEK, weekday=weekday), Block(time(opens), time(closes)), **more
    )


def hours_on(calendar, day, service=None):
    return [(b.opens.hour, b.closes.hour) for b in calendar.blocks(day, service)]


@pytest.fixture
def mondays():
    return Calendar(rules=(weekly(0, 9, 12),))


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        (at(2026, 11, 23, 8, 59), False),
        (at(2026, 11, 23, 9), True),
        (at(2026, 11, 23, 11, 59), True),
        (at(2026, 11, 23, 12), False),
        (at(2026, 11, 24, 10), False),
        (datetime(2026, 11, 23, 8, 0, tzinfo=UTC), True),
        (datetime(2026, 11, 23, 7, 59, tzinfo=UTC), False),
    ],
)
def test_calendar_is_open_from_opening_until_closing_minute(mondays, moment, is_open):
    assert mondays.is_open(moment) is is_open


@pytest.mark.parametrize(
    ("after", "day"),
    [
        (at(2026, 11, 23, 8, 59), 23),
        (at(2026, 11, 23, 9), 30),
        (at(2026, 11, 23, 10), 30),
        (at(2026, 11, 29, 23, 59), 30),
    ],
    ids=["just before", "at that moment", "during", "the night before"],
)
def test_next_opening_starts_after_moment(mondays, after, day):
    assert mondays.next_opening(after).starts_at == at(2026, 11, day, 9)


def test_next_opening_is_none_without_rules():
    assert Calendar().next_opening(at(2026, 11, 23)) is None
    assert Calendar().next_lending_day(MONDAY) is None
    assert Calendar().lending_days(MONDAY, 3) == []


def test_next_opening_is_found_more_than_a_year_ahead():
    far = date(2027, 12, 28)
    calendar = Calendar(
        rules=(Rule("help", Recurrence(Every.DATE, day=far), Block(time(9), time(10))),)
    )

    assert calendar.next_opening(at(2026, 11, 23)).day == far


@pytest.mark.parametrize("service", ["", "help"], ids=["whole place", "the service"])
def test_closure_wins_over_rules_and_adjusted_hours(service):
    calendar = Calendar(
        rules=(weekly(4, 9, 12),),
        closures=(Closure(XMAS, XMAS, "Kerstmis", service),),
        adjustments=(
            Adjustment(XMAS, XMAS, Level.SERVICE, ((4, Block(time(8), time(9))),), "", "help"),
        ),
    )

    assert hours_on(calendar, XMAS, "help") == []
    assert hours_on(calendar, date(2027, 1, 1)) == [(9, 12)]


def test_closure_of_service_leaves_other_services_open():
    calendar = Calendar(
        rules=(weekly(4, 9, 12), weekly(4, 14, 16, "lending")),
        closures=(Closure(XMAS, XMAS, "", "lending"),),
    )

    assert hours_on(calendar, XMAS) == [(9, 12)]
    assert not calendar.is_lending_day(XMAS)


@pytest.mark.parametrize(
    ("day", "hours"),
    [
        (date(2026, 12, 7), [(9, 12)]),
        (date(2026, 12, 14), [(10, 11)]),
        (date(2026, 12, 21), [(10, 11)]),
        (date(2026, 12, 28), [(9, 12)]),
        (date(2026, 12, 16), []),
    ],
    ids=["before", "first day", "last day", "after", "a weekday not named"],
)
def test_adjusted_hours_replace_rules(day, hours):
    calendar = Calendar(
        rules=(weekly(0, 9, 12), weekly(2, 9, 12)),
        adjustments=(
            Adjustment(
                date(2026, 12, 14),
                date(2026, 12, 21),
                Level.LOCATION,
                ((0, Block(time(10), time(11))),),
            ),
        ),
    )

    assert hours_on(calendar, day) == hours


def test_adjusted_hours_replace_single_dates():
    day = date(2026, 12, 1)
    calendar = Calendar(
        rules=(Rule("help", Recurrence(Every.DATE, day=day), Block(time(17), time(19))),),
        adjustments=(Adjustment(day, day, Level.PARTNERSHIP),),
    )

    assert hours_on(calendar, day) == []


@pytest.mark.parametrize(
    ("levels", "hours"),
    [
        (["partnership"], [(10, 11)]),
        (["partnership", "location"], [(11, 12)]),
        (["location", "partnership", "service"], [(13, 14)]),
    ],
)
def test_most_specific_adjusted_hours_win(levels, hours):
    opens = {"partnership": 10, "location": 11, "service": 13}
    calendar = Calendar(
        rules=(weekly(0, 9, 17),),
        adjustments=tuple(
            Adjustment(
                MONDAY,
                MONDAY,
                Level(level),
                ((0, Block(time(opens[level]), time(opens[level] + 1))),),
                "",
                "help" if level == "service" else "",
            )
            for level in levels
        ),
    )

    assert hours_on(calendar, MONDAY, "help") == hours


def test_adjusted_hours_of_location_apply_to_all_services():
    calendar = Calendar(
        rules=(weekly(0, 9, 12), weekly(0, 13, 17, "lending")),
        adjustments=(
            Adjustment(MONDAY, MONDAY, Level.LOCATION, ((0, Block(time(10), time(11))),)),
        ),
    )

    assert hours_on(calendar, MONDAY, "help") == [(10, 11)]
    assert hours_on(calendar, MONDAY, "lending") == [(10, 11)]
    assert hours_on(calendar, MONDAY) == [(10, 11)]


def test_location_is_open_when_one_service_is_open():
    calendar = Calendar(rules=(weekly(0, 9, 12), weekly(0, 11, 14, "lending")))

    assert hours_on(calendar, MONDAY) == [(9, 14)]
    assert hours_on(calendar, MONDAY, "lending") == [(11, 14)]


def test_service_without_rules_follows_location():
    calendar = Calendar(rules=(weekly(0, 9, 12),))

    assert hours_on(calendar, MONDAY, "wifi") == [(9, 12)]
    assert calendar.is_lending_day(MONDAY)


def test_closure_does_not_shift_interval_of_weeks():
    calendar = Calendar(
        rules=(
            Rule(
                "help",
                Recurrence(Every.WEEKS, weekday=4, interval=2, anchor=date(2026, 11, 27)),
                Block(time(10), time(12)),
            ),
        ),
        closures=(Closure(XMAS, XMAS, "Kerstmis"),),
    )

    found = calendar.next_openings(at(2026, 11, 23, 10), 3)

    assert [one.day for one in found] == [
        date(2026, 11, 27),
        date(2026, 12, 11),
        date(2027, 1, 8),
    ]


def test_hours_by_appointment_are_lending_days_but_not_open():
    rule = Rule(
        "lending", Recurrence(Every.WEEK, weekday=0), Block(time(9), time(12), by_appointment=True)
    )
    calendar = Calendar(rules=(rule,))

    assert not calendar.is_open(at(2026, 11, 23, 10))
    assert calendar.opening_at(at(2026, 11, 23, 10)).by_appointment
    assert calendar.is_lending_day(MONDAY)


@pytest.mark.parametrize(
    ("asked", "day"),
    [
        (date(2028, 11, 25), date(2028, 11, 27)),
        (date(2028, 11, 27), date(2028, 11, 27)),
        (date(2028, 11, 28), date(2028, 12, 4)),
    ],
    ids=["a Saturday", "the day itself", "the day after"],
)
def test_next_lending_day_can_be_the_day_itself(mondays, asked, day):
    assert mondays.next_lending_day(asked) == day


def test_lending_days_skip_closures(mondays):
    calendar = Calendar(
        rules=mondays.rules, closures=(Closure(date(2026, 11, 30), date(2026, 12, 7)),)
    )

    assert calendar.lending_days(MONDAY, 2) == [MONDAY, date(2026, 12, 14)]


def test_openings_include_first_and_last_day(mondays):
    found = mondays.openings(MONDAY, date(2026, 12, 7))

    assert [one.day.day for one in found] == [23, 30, 7]


@pytest.mark.parametrize(
    ("day", "block", "minutes"),
    [
        (date(2027, 3, 28), (time(2), time(4)), 60),
        (date(2027, 3, 28), (time(1), time(2, 30)), 60),
        (date(2027, 10, 31), (time(1), time(4)), 240),
        (date(2027, 10, 31), (time(2, 15), time(2, 45)), 30),
        (date(2028, 2, 29), (time(9), time(12)), 180),
        (date(2027, 1, 1), (time(0), time(23, 59)), 1439),
    ],
    ids=[
        "missing hour",
        "into the missing hour",
        "doubled hour",
        "in it: once",
        "leap",
        "new year",
    ],
)
def test_opening_duration_is_correct_across_clock_change(day, block, minutes):
    calendar = Calendar(rules=(Rule("help", Recurrence(Every.DATE, day=day), Block(*block)),))

    (opening,) = calendar.openings_on(day)

    assert (opening.ends_at.timestamp() - opening.starts_at.timestamp()) / 60 == minutes


def test_block_is_dropped_when_clock_skips_all_of_it():
    day = date(2027, 3, 28)
    rule = Rule("help", Recurrence(Every.DATE, day=day), Block(time(2, 10), time(2, 50)))

    assert Calendar(rules=(rule,)).openings_on(day) == []
