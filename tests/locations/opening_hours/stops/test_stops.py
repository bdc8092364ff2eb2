"""Tests of cancelling, reinstating and copying stops."""

from datetime import date, time, timedelta

import pytest

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
from locations.opening_hours.errors import HoursError, InvalidRepetition, ReasonMissing
from locations.opening_hours.models import ClosedDays, HoursVersion
from locations.opening_hours.operations.stops import (
    MAX_STOPS,
    MAX_TIMES,
    StopsResult,
    cancel_stops,
    copy_stops,
    reinstate_stops,
)
from tests.factories import locations
from tests.factories.stops import NOW, at, stop

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("now", "is_cancelled"),
    [(at(2026, 12, 2, 11, 29), True), (at(2026, 12, 2, 11, 30), False)],
    ids=["still going on", "just over"],
)
def test_stop_can_be_cancelled_until_it_is_over(bus, now, is_cancelled):
    one = stop(bus)
    outcome = cancel_stops([one], reason="De bus is stuk", now=now)
    one.refresh_from_db()
    assert (outcome.changed == (one,)) is is_cancelled
    assert bool(outcome.skipped) is not is_cancelled
    assert one.is_cancelled is is_cancelled


def test_cancelled_stop_keeps_its_reason_when_cancelled_again(bus):
    one = stop(bus, cancelled_reason="Werken op het plein")
    outcome = cancel_stops([one], reason="De bus is stuk", now=NOW)
    one.refresh_from_db()
    assert outcome.changed == ()
    assert "Werchter" in outcome.skipped[0]
    assert "Werken op het plein" in outcome.skipped[0]
    assert one.cancelled_reason == "Werken op het plein"


def test_cancellation_is_refused_without_reason(bus):
    with pytest.raises(ReasonMissing):
        cancel_stops([stop(bus)], reason="  ")


def test_cancellation_is_recorded_with_user(bus, planner):
    cancel_stops([stop(bus), stop(bus, at(2026, 12, 9, 9))], reason="Panne", user=planner)
    version = HoursVersion.objects.filter(location=bus).latest("pk")
    assert version.user == planner
    assert {line["cancelled_reason"] for line in version.data["stops"]} == {"Panne"}


@pytest.mark.parametrize(
    ("start", "weeks", "later"),
    [
        (at(2026, 12, 2, 9, 30), 2, at(2026, 12, 16, 9, 30)),
        (at(2026, 12, 30, 9, 30), 1, at(2027, 1, 6, 9, 30)),
        (at(2027, 3, 24, 9, 30), 1, at(2027, 3, 31, 9, 30)),
        (at(2027, 10, 27, 9, 30), 1, at(2027, 11, 3, 9, 30)),
    ],
    ids=["two weeks", "over New Year", "into summer time", "out of summer time"],
)
def test_copy_has_same_weekday_and_local_time(bus, start, weeks, later):
    one = stop(bus, start, lat=50.9, lon=4.7, host="Bib", address="Plein 1", note="Eerste keer")
    (copy,) = copy_stops([one], weeks=weeks).changed
    copy.refresh_from_db()
    assert copy.starts_at == later
    assert copy.ends_at == later + timedelta(hours=2)
    assert (copy.place, copy.host, copy.address) == (one.place, one.host, one.address)
    assert (copy.lat, copy.lon) == (one.lat, one.lon)
    assert copy.note == copy.cancelled_reason == ""


def test_copy_of_cancelled_stop_goes_ahead(bus):
    (copy,) = copy_stops([stop(bus, cancelled_reason="Panne")], weeks=2).changed
    assert not copy.is_cancelled


def test_existing_stops_are_not_copied_again(bus):
    one = stop(bus)
    assert len(copy_stops([one], weeks=2, times=3).changed) == 3
    again = copy_stops([one], weeks=2, times=3)
    assert (again.changed, len(again.skipped)) == ((), 3)
    assert len(copy_stops([one], weeks=2, times=4).changed) == 1
    assert bus.stops.count() == 5


def test_copies_of_two_stops_are_planned_once_when_they_coincide(bus):
    first, second = stop(bus), stop(bus, at(2026, 12, 16, 9, 30))
    copy_stops([first, second], weeks=2)
    starts = list(bus.stops.values_list("starts_at", flat=True))
    assert len(starts) == len(set(starts)) == 3


@pytest.mark.parametrize(("weeks", "times"), [(0, 1), (-2, 1), (2, 0)])
def test_copy_is_refused_with_fewer_than_one_week_or_time(bus, weeks, times):
    with pytest.raises(InvalidRepetition):
        copy_stops([stop(bus)], weeks=weeks, times=times)


@pytest.mark.parametrize(
    ("weeks", "times", "stops_chosen"),
    [(MAX_TIMES * 2 + 1, 1, 1), (1, MAX_TIMES + 1, 1), (1, 1, MAX_STOPS + 1)],
)
def test_copy_is_refused_when_too_far_or_too_many(bus, weeks, times, stops_chosen):
    with pytest.raises(HoursError):
        copy_stops([stop(bus)] * stops_chosen, weeks=weeks, times=times)
    assert bus.stops.count() == 1


@pytest.mark.parametrize(
    ("closed_on", "comes"),
    [((2026, 12, 15), True), ((2026, 12, 16), False), ((2026, 12, 17), True)],
    ids=["the day before", "that day", "the day after"],
)
@pytest.mark.parametrize("level", ["place", "partnership"])
def test_copy_is_skipped_on_closed_day(bus, together, level, closed_on, comes):
    of = {"location": bus} if level == "place" else {"partnership": together}
    day = at(*closed_on).date()
    ClosedDays.objects.create(first_day=day, last_day=day, reason="Teamdag", **of)
    outcome = copy_stops([stop(bus)], weeks=2)
    assert bool(outcome.changed) is comes
    if not comes:
        (said,) = outcome.skipped
        assert "Werchter" in said
        assert "Teamdag" in said
        assert bus.stops.count() == 1


def test_copy_is_skipped_when_bus_has_another_stop(bus):
    stop(bus, at(2026, 12, 16, 10), "Baal")
    outcome = copy_stops([stop(bus)], weeks=2)
    assert outcome.changed == ()
    assert "Werchter" in outcome.skipped[0]
    assert "Baal" in outcome.skipped[0]


def test_copy_of_mobile_digipunt_can_overlap(together):
    mobile = locations.location("MOB", kind="mobile", partnership=together)
    stop(mobile, at(2026, 12, 16, 10), "Baal")
    assert copy_stops([stop(mobile)], weeks=2).changed


def test_reinstatement_is_recorded(bus, planner):
    one = stop(bus, cancelled_reason="Panne")
    outcome = reinstate_stops([one], user=planner)
    one.refresh_from_db()
    assert outcome == StopsResult((one,), ())
    assert not one.is_cancelled
    version = HoursVersion.objects.filter(location=bus).latest("pk")
    assert version.user == planner
    assert "cancelled_reason" not in version.data["stops"][0]


@pytest.mark.parametrize(
    ("start", "fields"),
    [
        (at(2026, 11, 18, 9), {"cancelled_reason": "Panne"}),
        (at(2026, 12, 2, 9), {}),
        (at(2026, 12, 16, 9), {"cancelled_reason": "Panne"}),
    ],
    ids=["it is over", "it goes ahead", "the bus is elsewhere"],
)
def test_stop_that_cannot_be_reinstated_is_skipped_with_its_name(bus, start, fields):
    stop(bus, at(2026, 12, 16, 10), "Baal")
    one = stop(bus, start, **fields)
    outcome = reinstate_stops([one])
    assert outcome.changed == ()
    assert "Werchter" in outcome.skipped[0]
    one.refresh_from_db()
    assert one.cancelled_reason == fields.get("cancelled_reason", "")


def test_only_first_of_two_overlapping_stops_is_reinstated(bus):
    both = [stop(bus, place=place, cancelled_reason="Panne") for place in ("Werchter", "Baal")]
    outcome = reinstate_stops(both)
    assert [one.place for one in outcome.changed] == ["Werchter"]
    assert "Baal" in outcome.skipped[0]


def test_copy_query_count_is_independent_of_planned_stops(bus, django_assert_max_num_queries):
    def count():
        with django_assert_max_num_queries(30) as counted:
            copy_stops([first], weeks=1)
        return len(counted)

    first = stop(bus, at(2026, 12, 1, 9))
    before = count()
    bus.stops.exclude(pk=first.pk).delete()
    for day in range(10, 30):
        stop(bus, at(2026, 12, day, 9))
        ClosedDays.objects.create(
            location=bus, first_day=at(2027, 1, day).date(), last_day=at(2027, 1, day).date()
        )
    assert count() == before


@pytest.mark.parametrize("level", list(Level))
def test_adjusted_hours_are_added_to_stop_and_closed_day_cancels_it(level):
    day = date(2027, 7, 5)
    stop = Rule("", Recurrence(Every.DATE, day=day), Block(time(9), time(11)))
    service = "help" if level == Level.SERVICE else ""
    summer = Adjustment(day, day, level, ((0, Block(time(14), time(16))),), "", service)
    bus = Calendar((stop,), adjustments=(summer,))

    assert bus.blocks(day) == [Block(time(9), time(11)), Block(time(14), time(16))]
    assert Calendar((stop,), (Closure(day, day),), (summer,)).blocks(day) == []
