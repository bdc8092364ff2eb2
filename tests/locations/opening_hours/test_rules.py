"""Tests of the days and moments of rules."""

from datetime import UTC, date, datetime, time

import pytest

from locations.core.time_zone import BRUSSELS
from locations.opening_hours.engine.rules import (
    Block,
    Every,
    Recurrence,
    Rule,
    days_in_month,
    local_moment,
    merge_blocks,
)

NINE, TEN, ELEVEN, NOON, ONE = time(9), time(10), time(11), time(12), time(13)


def rule(recurrence, **seasons):
    return Rule("help", recurrence, Block(NINE, NOON), **seasons)


def test_weekly_rule_includes_its_weekday_every_week():
    mondays = days_in_month(Recurrence(Every.WEEK, weekday=0), 2026, 11)

    assert mondays == {2, 9, 16, 23, 30}


@pytest.mark.parametrize(
    ("day", "holds"),
    [
        (date(2026, 11, 13), False),  # two weeks before the anchor: it starts there
        (date(2026, 11, 27), True),
        (date(2026, 12, 4), False),
        (date(2026, 12, 11), True),
        (date(2026, 12, 25), True),
        (date(2027, 1, 1), False),
        (date(2027, 1, 8), True),  # 2026 has 53 weeks: even and odd would have changed places
        (date(2028, 3, 3), True),
    ],
)
def test_interval_of_weeks_is_counted_from_anchor(day, holds):
    fortnightly = Recurrence(Every.WEEKS, weekday=4, interval=2, anchor=date(2026, 11, 27))

    assert rule(fortnightly).applies_on(day) is holds


@pytest.mark.parametrize(
    ("nth", "month", "days"),
    [
        (1, 12, {2}),
        (4, 11, {25}),
        (4, 12, {23}),
        (5, 12, {30}),
        (5, 11, set()),
        (-1, 11, {25}),
        (-1, 12, {30}),
    ],
    ids=["first", "fourth", "fourth of December", "fifth", "no fifth", "last", "last is fifth"],
)
def test_monthly_rule_includes_nth_weekday(nth, month, days):
    assert days_in_month(Recurrence(Every.MONTH, weekday=2, nth=nth), 2026, month) == days


def test_date_rule_includes_one_day():
    loose = Recurrence(Every.DATE, day=date(2028, 2, 29))

    assert days_in_month(loose, 2028, 2) == {29}
    assert days_in_month(loose, 2027, 2) == set()
    assert days_in_month(loose, 2028, 3) == set()


@pytest.mark.parametrize(
    ("day", "holds"),
    [
        (date(2026, 11, 23), False),
        (date(2026, 11, 30), True),
        (date(2026, 12, 14), True),
        (date(2026, 12, 21), False),
    ],
    ids=["week before", "first day", "last day", "week after"],
)
def test_season_includes_both_ends(day, holds):
    mondays = rule(
        Recurrence(Every.WEEK, weekday=0),
        valid_from=date(2026, 11, 30),
        valid_until=date(2026, 12, 14),
    )

    assert mondays.applies_on(day) is holds


@pytest.mark.parametrize(
    ("blocks", "joined"),
    [
        ([], []),
        ([(NINE, TEN), (TEN, NOON)], [(NINE, NOON)]),
        ([(TEN, NOON), (NINE, ELEVEN)], [(NINE, NOON)]),
        ([(NINE, NOON), (TEN, ELEVEN)], [(NINE, NOON)]),
        ([(NINE, TEN), (ELEVEN, NOON)], [(NINE, TEN), (ELEVEN, NOON)]),
    ],
    ids=["none", "touching", "overlapping", "within", "apart"],
)
def test_touching_and_overlapping_blocks_are_merged(blocks, joined):
    assert merge_blocks([Block(*block) for block in blocks]) == [Block(*block) for block in joined]


@pytest.mark.parametrize(
    ("walk_in", "appointment", "left"),
    [
        ((TEN, ELEVEN), (NINE, NOON), [(NINE, TEN), (ELEVEN, NOON)]),
        ((NINE, NOON), (TEN, ELEVEN), []),
        ((NINE, TEN), (NINE, NOON), [(TEN, NOON)]),
        ((ELEVEN, ONE), (NINE, NOON), [(NINE, ELEVEN)]),
        ((NINE, TEN), (TEN, NOON), [(TEN, NOON)]),
    ],
    ids=["in the middle", "covers it", "at the start", "over the end", "beside it"],
)
def test_walk_in_wins_over_appointment_when_blocks_overlap(walk_in, appointment, left):
    blocks = merge_blocks([Block(*walk_in), Block(*appointment, by_appointment=True)])

    assert [tuple(block[:2]) for block in blocks if block.by_appointment] == left
    assert [tuple(block[:2]) for block in blocks if not block.by_appointment] == [walk_in]


@pytest.mark.parametrize(
    ("day", "clock", "utc"),
    [
        (date(2026, 11, 23), time(9), datetime(2026, 11, 23, 8, tzinfo=UTC)),
        (date(2026, 7, 1), time(9), datetime(2026, 7, 1, 7, tzinfo=UTC)),
        (date(2027, 3, 28), time(1, 59), datetime(2027, 3, 28, 0, 59, tzinfo=UTC)),
        (date(2027, 3, 28), time(2), datetime(2027, 3, 28, 1, tzinfo=UTC)),
        (date(2027, 3, 28), time(2, 30), datetime(2027, 3, 28, 1, tzinfo=UTC)),
        (date(2027, 3, 28), time(3), datetime(2027, 3, 28, 1, tzinfo=UTC)),
        (date(2027, 3, 29), time(2, 30), datetime(2027, 3, 29, 0, 30, tzinfo=UTC)),
        (date(2027, 10, 31), time(2, 30), datetime(2027, 10, 31, 0, 30, tzinfo=UTC)),
        (date(2027, 10, 31), time(3), datetime(2027, 10, 31, 2, tzinfo=UTC)),
    ],
    ids=[
        "winter",
        "summer",
        "just before the missing hour",
        "start of the missing hour",
        "in the missing hour",
        "after the missing hour",
        "the day after",
        "in the doubled hour",
        "after the doubled hour",
    ],
)
def test_local_moment_is_in_brussels_time(day, clock, utc):
    assert local_moment(day, clock).astimezone(UTC) == utc
    assert local_moment(day, clock).tzinfo is BRUSSELS
