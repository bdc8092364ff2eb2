"""Tests of the calendar against an oracle that checks every minute without recurrence rules."""

from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

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

SERVICES = ("help", "lending")
# Around both changes of the clock, a leap day, and the turn of a year with 53 weeks.
STARTS = (date(2026, 12, 24), date(2027, 3, 26), date(2027, 10, 29), date(2028, 2, 27))
LEVELS = {"partnership": 2, "location": 1, "service": 0}


@st.composite
def blocks(draw):
    first, last = sorted(draw(st.sets(st.integers(0, 95), min_size=2, max_size=2)))
    clock = [time(n // 4, n % 4 * 15) for n in (first, last)]
    return Block(*clock, draw(st.booleans()))


@st.composite
def cases(draw):
    start = draw(st.sampled_from(STARTS))
    days = st.integers(-20, 10).map(lambda n: start + timedelta(days=n))

    @st.composite
    def rules(draw):
        every = draw(st.sampled_from(list(Every)))
        weekday = draw(st.integers(0, 6))
        day = draw(days)
        match every:
            case Every.WEEK:
                recurrence = Recurrence(every, weekday)
            case Every.WEEKS:
                recurrence = Recurrence(every, day.weekday(), draw(st.integers(2, 5)), day)
            case Every.MONTH:
                recurrence = Recurrence(
                    every, weekday, nth=draw(st.sampled_from([1, 2, 3, 4, 5, -1]))
                )
            case Every.DATE:
                recurrence = Recurrence(every, day=day)
        season = draw(st.none() | st.tuples(days, st.integers(0, 9)))
        ends = (season[0], season[0] + timedelta(days=season[1])) if season else (None, None)
        if every == Every.DATE and draw(st.booleans()):
            return Rule("", recurrence, draw(blocks())._replace(by_appointment=False))  # a stop
        return Rule(draw(st.sampled_from(SERVICES)), recurrence, draw(blocks()), *ends)

    @st.composite
    def ranges(draw, kind):
        first = draw(days)
        last = first + timedelta(days=draw(st.integers(0, 4)))
        level = draw(st.sampled_from(list(LEVELS)))
        service = draw(st.sampled_from(SERVICES)) if level == "service" else ""
        if kind is Closure:
            return Closure(first, last, "", service)
        hours = draw(st.lists(st.tuples(st.integers(0, 6), blocks()), max_size=4))
        return Adjustment(first, last, Level(level), tuple(hours), "", service)

    found = Calendar(
        tuple(draw(st.lists(rules(), max_size=4))),
        tuple(draw(st.lists(ranges(Closure), max_size=1))),
        _without_overlaps(draw(st.lists(ranges(Adjustment), max_size=2))),
    )
    return start, found, draw(st.sampled_from([None, *SERVICES]))


def _without_overlaps(adjustments):
    """Drop ranges that overlap with another of the same level and service, as the form would."""
    kept = []
    for one in adjustments:
        if all(
            (one.level, one.service) != (other.level, other.service)
            or one.last_day < other.first_day
            or other.last_day < one.first_day
            for other in kept
        ):
            kept.append(one)
    return tuple(kept)


def named(rule, day):
    one = rule.recurrence
    if rule.valid_from and not rule.valid_from <= day <= rule.valid_until:
        return False
    if one.every == Every.DATE:
        return one.day == day
    if one.every == Every.WEEKS:
        return day >= one.anchor and (day - one.anchor).days % (7 * one.interval) == 0
    if day.weekday() != one.weekday:
        return False
    if one.every == Every.WEEK:
        return True
    if one.nth == -1:
        return (day + timedelta(days=7)).month != day.month
    return (day.day - 1) // 7 + 1 == one.nth


def blocks_of_service(calendar, service, day):
    """Return the blocks of one service, or None if it has no hours."""
    if any(
        c.first_day <= day <= c.last_day and c.service in ("", service) for c in calendar.closures
    ):
        return []
    ranges = [
        a
        for a in calendar.adjustments
        if a.first_day <= day <= a.last_day and a.service in ("", service)
    ]
    if ranges:
        best = sorted(ranges, key=lambda a: LEVELS[a.level])[0]
        stops = [rule.block for rule in calendar.rules if not rule.service and named(rule, day)]
        hours = [block for weekday, block in best.hours if weekday == day.weekday()]
        return hours + (stops if not service else [])
    rules = [rule for rule in calendar.rules if rule.service == service]
    return [rule.block for rule in rules if named(rule, day)] if rules else None


def open_now(calendar, service, moment):
    """Return whether it is open, by appointment or closed at a minute (UTC), by local time."""
    wall = moment.astimezone(BRUSSELS)
    day, clock = wall.date(), wall.time()
    found = blocks_of_service(calendar, service, day) if service else None
    if found is None:
        if any(c.first_day <= day <= c.last_day and not c.service for c in calendar.closures):
            found = []
        else:
            found = [
                block
                for each in (*SERVICES, "")
                for block in blocks_of_service(calendar, each, day) or []
            ]

    def covers(block):
        if wall.fold:  # the second time round only what goes on until after the doubled hour
            return block.opens < time(3) <= block.closes
        return block.opens <= clock < block.closes

    # Of a block that goes on past the doubled hour, the first time counts whole.
    covering = [block for block in found if covers(block)]
    if any(not block.by_appointment for block in covering):
        return "open"
    return "appointment" if covering else "shut"


@settings(max_examples=40, deadline=None)
@given(cases())
def test_calendar_equals_minute_by_minute_oracle(case):
    start, calendar, service = case
    midnight = datetime.combine(start, time(), tzinfo=BRUSSELS).astimezone(UTC)
    end = datetime.combine(start + timedelta(days=4), time(), tzinfo=BRUSSELS).astimezone(UTC)
    openings = calendar.openings(start, start + timedelta(days=3), service)
    said = {}
    for one in openings:
        moment = one.starts_at.astimezone(UTC)
        while moment < one.ends_at.astimezone(UTC):
            assert moment not in said, "openings do not overlap"
            said[moment] = "appointment" if one.by_appointment else "open"
            moment += timedelta(minutes=15)

    moment = midnight
    while moment < end:
        assert said.get(moment, "shut") == open_now(calendar, service, moment)
        moment += timedelta(minutes=15)

    for moment in (midnight, midnight + timedelta(hours=30, minutes=7)):
        later = [one for one in openings if one.starts_at.timestamp() > moment.timestamp()]
        if later:
            assert calendar.next_opening(moment, service) == later[0]
        assert calendar.is_open(moment, service) == (
            open_now(calendar, service, moment.replace(minute=moment.minute // 15 * 15)) == "open"
        )
