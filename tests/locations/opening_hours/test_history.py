"""Tests of the history of hours and its serialized data."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from locations.core.time_zone import BRUSSELS
from locations.opening_hours.loading import load_calendars
from locations.opening_hours.models import (
    AdjustedDays,
    AdjustedHours,
    ClosedDays,
    HoursVersion,
    OpeningRule,
    Stop,
)
from locations.opening_hours.operations import history
from locations.opening_hours.version_data import serialize_hours
from locations.places.models import Location
from tests.factories import locations

pytestmark = pytest.mark.django_db
START = date(2026, 12, 21)
NOW = datetime(2026, 11, 23, 10, tzinfo=BRUSSELS)
LATER = NOW + timedelta(days=1)
DAYS = st.integers(-10, 20).map(lambda n: START + timedelta(days=n))


@st.composite
def clocks(draw):
    first, last = sorted(draw(st.sets(st.integers(0, 47), min_size=2, max_size=2)))
    return {
        "opens": time(first // 2, first % 2 * 30),
        "closes": time(last // 2, last % 2 * 30),
        "by_appointment": draw(st.booleans()),
    }


@st.composite
def rules(draw):
    every = draw(st.sampled_from(OpeningRule.Recurrence.values))
    day, clock = draw(DAYS), draw(clocks())
    if every == "date":
        return {"recurrence": every, "day": day, **clock}
    own = {"weekly": {}, "monthly": {"nth": draw(st.sampled_from([1, 4, 5, -1]))}}.get(
        every, {"interval": draw(st.integers(2, 4)), "anchor": day}
    )
    season = draw(st.none() | st.just({"valid_from": day}) | st.just({"valid_until": day}))
    weekday = day.weekday()
    return {"recurrence": every, "weekday": weekday, **own, **(season or {}), **clock}


@st.composite
def ranges(draw):
    first = draw(DAYS)
    return {
        "first_day": first,
        "last_day": first + timedelta(days=draw(st.integers(0, 3))),
        "reason": draw(st.sampled_from(["", "Feest"])),
        "owner": draw(st.sampled_from(["location", "partnership", "service"])),
    }


def owned(fields, location, service):
    fields = dict(fields)
    owner = fields.pop("owner")
    if owner == "partnership":
        return fields | {"partnership": location.partnership}
    return fields | {"location": location, "service": service if owner == "service" else None}


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    kind=st.sampled_from(["fixed", "bus", "mobile"]),
    lines=st.lists(st.tuples(st.sampled_from(["help", "lending"]), rules()), max_size=4),
    closed=st.lists(ranges(), max_size=2),
    adjusted=st.lists(
        st.tuples(ranges(), st.lists(st.tuples(st.integers(0, 6), clocks()), max_size=3)),
        max_size=1,
    ),
    stops=st.lists(st.tuples(DAYS, st.booleans()), max_size=2),
)
def test_deserialized_calendar_equals_loaded_calendar(kind, lines, closed, adjusted, stops):
    location = locations.location(kind=kind, partnership=locations.partnership())
    service = locations.service("lending")
    OpeningRule.objects.bulk_create(
        OpeningRule(location=location, service=locations.service(code), **fields)
        for code, fields in lines
    )
    made = [ClosedDays.objects.create(**owned(one, location, service)) for one in closed]
    for one, hours in adjusted:
        made.append(AdjustedDays.objects.create(**owned(one, location, service)))
        for weekday, block in hours:
            AdjustedHours.objects.create(adjusted_days=made[-1], weekday=weekday, **block)
    for day, cancelled in stops:
        starts_at = datetime.combine(day, time(9, 30), tzinfo=BRUSSELS)
        Stop.objects.create(
            location=location,
            place="Baal",
            starts_at=starts_at,
            ends_at=starts_at + timedelta(hours=2),
            cancelled_reason="Panne" if cancelled else "",
        )

    of_rows = load_calendars([location])[location.pk]
    history.record_unreported_changes(NOW)
    of_values = history.hours_known_at(location, NOW).calendar

    first, last = START - timedelta(days=15), START + timedelta(days=60)
    for asked in (None, "help", "lending"):
        assert of_values.openings(first, last, asked) == of_rows.openings(first, last, asked)
        day = first
        while day <= last:
            found, wanted = of_values.closure(day, asked), of_rows.closure(day, asked)
            assert (found is None) == (wanted is None)
            day += timedelta(days=1)
    for row in made:  # those of the partnership would hold for the next example too
        row.delete()


def test_serialized_hours_are_equal_whatever_the_order_of_rows():
    one, other = locations.location(), locations.location()
    locations.rule(one, 0)
    locations.rule(one, 3)
    locations.rule(other, 3)
    locations.rule(other, 0)

    of_places, _ = serialize_hours([one.pk, other.pk])

    assert of_places[one.pk] == of_places[other.pk]


def test_change_is_one_version_with_user_and_time():
    location, user = locations.location(), locations.staff("coordinator")
    with history.record_changes(location, user=user, now=NOW):
        locations.rule(location, 0)

    before, after = HoursVersion.objects.order_by("pk")
    assert (before.user, before.data["rules"]) == (None, [])
    assert (after.user, after.recorded_at, len(after.data["rules"])) == (user, NOW, 1)


def test_no_version_is_recorded_without_changes():
    location = locations.location()
    locations.rule(location, 0)
    history.record_unreported_changes(NOW)
    with history.record_changes(location, now=LATER):
        location.name = "Anders"
        location.save()
    assert history.record_unreported_changes(LATER) == 0

    assert HoursVersion.objects.count() == 1


def test_unreported_change_is_recorded_without_user_before_next_change():
    location, user = locations.location(), locations.staff("coordinator")
    history.record_unreported_changes(NOW)
    locations.rule(location, 0)
    with history.record_changes(location, user=user, now=LATER):
        locations.rule(location, 1)

    _first, elsewhere, own = HoursVersion.objects.order_by("pk")
    assert (elsewhere.user, len(elsewhere.data["rules"])) == (None, 1)
    assert (own.user, len(own.data["rules"])) == (user, 2)


def test_failed_change_records_no_version():
    location = locations.location()

    def change():
        with history.record_changes(location, now=NOW):
            locations.rule(location, 0)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        change()
    assert not HoursVersion.objects.exists()


def test_exceptional_days_of_partnership_are_recorded_for_partnership():
    location = locations.location(partnership=locations.partnership())
    history.record_unreported_changes(NOW)
    with history.record_changes(location.partnership, now=LATER):
        ClosedDays.objects.create(partnership=location.partnership, first_day=START, last_day=START)

    assert HoursVersion.objects.order_by("-pk").first().partnership == location.partnership
    assert history.hours_known_at(location, NOW).calendar.closure(START) is None
    assert history.hours_known_at(location, LATER).calendar.closure(START) is not None


@pytest.mark.parametrize(
    ("moment", "hours", "is_too_early"),
    [
        (NOW - timedelta(seconds=1), 0, True),
        (NOW, 0, False),
        (LATER - timedelta(seconds=1), 0, False),
        (LATER, 1, False),
        (LATER + timedelta(days=400), 1, False),
    ],
    ids=["before anything was written", "the first", "just before", "at once", "long after"],
)
def test_hours_known_at_moment_are_those_of_last_version(moment, hours, is_too_early):
    location = locations.location()
    history.record_unreported_changes(NOW)
    with history.record_changes(location, now=LATER):
        locations.rule(location, 0)

    known = history.hours_known_at(location, moment)

    assert (len(known.calendar.rules), known.is_too_early) == (hours, is_too_early)


def test_hours_known_at_moment_are_none_without_versions():
    assert history.hours_known_at(locations.location(), NOW) is None


def test_recording_query_count_is_independent_of_number_of_locations(
    django_assert_max_num_queries,
):
    def more():
        location = locations.location(
            partnership=locations.partnership(f"P{Location.objects.count()}")
        )
        locations.rule(location, 0)

    more()
    with django_assert_max_num_queries(11):
        assert history.record_unreported_changes(NOW) == 2
    for _ in range(5):
        more()
    with django_assert_max_num_queries(11):
        assert history.record_unreported_changes(NOW) == 10


def test_versions_for_location_include_its_partnerships(django_assert_num_queries):
    old, new = locations.partnership("Oud"), locations.partnership("Nieuw")
    locations.partnership("Vreemd")
    location = locations.location(partnership=old)
    history.record_unreported_changes(NOW)
    with history.record_changes(location, now=LATER):
        Location.objects.filter(pk=location.pk).update(partnership=new)
    location.refresh_from_db()

    versions = list(history.versions_for_location(location))
    with django_assert_num_queries(1):
        pairs = history.with_previous_data(versions)

    said = [(one.location_id, one.partnership_id, before is None) for one, before in pairs]
    assert said[0] == (location.pk, None, False)
    assert set(said[1:]) == {(location.pk, None, True), (None, old.pk, True), (None, new.pk, True)}
