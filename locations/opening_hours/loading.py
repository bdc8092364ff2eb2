"""Load calendars from the database, in a fixed number of queries."""

from datetime import datetime, time, timedelta
from functools import cache, reduce
from operator import or_

from django.db.models import Case, IntegerField, Q, TimeField, Value, When

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
from locations.opening_hours.models import AdjustedDays, ClosedDays, OpeningRule, Stop
from locations.places.models import Location, Service

ONE_DAY = timedelta(days=1)
MANY = 200
"""From this number of locations on, reading all rows is quicker than naming the locations."""
_EVERY = {every.value: every for every in Every}


def load_calendars(locations, *, on=(), services=()):
    """Return the calendar of each of these locations, by primary key.

    Two queries: one for rules and one for exceptions; a third for stops if one of the locations
    is mobile. With `on`, the calendars are only valid for these days, and for the locations as a
    whole or these `services` (codes).
    """
    locations = list(locations)
    rules = {location.pk: [] for location in locations}
    closures = {location.pk: [] for location in locations}
    adjustments = {location.pk: [] for location in locations}
    if locations:
        _load_rules(rules, on, services)
        _load_exceptions(locations, closures, adjustments, on)
        _load_stops(locations, rules, on)
    return {
        pk: Calendar(tuple(rules[pk]), tuple(closures[pk]), tuple(adjustments[pk]), Service.LENDING)
        for pk in rules
    }


def _load_rules(rules, on, services):
    rows = _rule_rows()
    if not on or len(rules) < MANY:
        rows = rows.filter(location__in=list(rules))
    if on:
        # Rules of a service count on all days: a service with rules does not follow its location.
        condition = Q(weekday__in={day.weekday() for day in on}) | Q(day__in=on)
        rows = rows.filter(condition | Q(service__code__in=services) if services else condition)
    for row in rows:
        location, service, every, weekday, interval, anchor, nth, day = row[:8]
        if location in rules:
            recurrence = Recurrence(_EVERY[every], weekday, interval or 1, anchor, nth, day)
            rules[location].append(Rule(service, recurrence, Block(*row[8:11]), *row[11:]))


def _load_exceptions(locations, closures, adjustments, on):
    """Add closed and adjusted days of the locations and their partnerships. One query."""
    members = {}
    for location in locations:
        if location.partnership_id:
            members.setdefault(location.partnership_id, []).append(location.pk)
    condition = Q(location__in=list(closures)) | Q(partnership__in=list(members))
    if on and len(closures) >= MANY:
        condition = Q()
    if on:
        condition &= _any(Q(first_day__lte=day, last_day__gte=day) for day in on)
    closed, adjusted = _exception_rows()
    rows = closed.filter(condition).union(adjusted.filter(condition), all=True)
    for exception, location, partnership in _exceptions(rows):
        target = closures if isinstance(exception, Closure) else adjustments
        for pk in [location] if location else members.get(partnership, ()):
            if pk in target:
                target[pk].append(exception)


def _exceptions(rows):
    """Return (closure or adjustment, location key, partnership key), ordered by days.

    A range of adjusted days has a row for each block of its hours.
    """
    ranges = {}
    for is_adjusted, pk, *owner_and_days, weekday, opens, closes, by_appointment in rows:
        hours = ranges.setdefault((is_adjusted, pk), (owner_and_days, []))[1]
        if weekday is not None:
            hours.append((weekday, Block(opens, closes, bool(by_appointment))))
    exceptions = []
    for (is_adjusted, _pk), (owner_and_days, hours) in ranges.items():
        location, partnership, service, first_day, last_day, reason = owner_and_days
        service = service or ""
        exception = Closure(first_day, last_day, reason, service)
        if is_adjusted:
            level = Level.of(service, partnership)
            exception = Adjustment(first_day, last_day, level, tuple(hours), reason, service)
        exceptions.append((exception, location, partnership))
    return sorted(exceptions, key=lambda item: item[0][:2])


@cache
def _exception_rows():
    """Return both queries without a condition; building them takes longer than running them."""
    columns = ("location_id", "partnership_id", "service__code", "first_day", "last_day", "reason")
    closed = ClosedDays.objects.order_by().values_list(
        Value(0, output_field=IntegerField()),
        "pk",
        *columns,
        Value(None, output_field=IntegerField()),
        Value(None, output_field=TimeField()),
        Value(None, output_field=TimeField()),
        Value(0, output_field=IntegerField()),
    )
    adjusted = AdjustedDays.objects.order_by().values_list(
        Value(1, output_field=IntegerField()),
        "pk",
        *columns,
        "hours__weekday",
        "hours__opens",
        "hours__closes",
        Case(When(hours__by_appointment=True, then=1), default=0, output_field=IntegerField()),
    )
    return closed, adjusted


@cache
def _rule_rows():
    return OpeningRule.objects.order_by("pk").values_list(
        "location_id", "service__code", "recurrence", "weekday", "interval", "anchor", "nth", "day",
        "opens", "closes", "by_appointment", "valid_from", "valid_until",
    )  # fmt: skip


def _any(conditions):
    return reduce(or_, conditions)


def _load_stops(locations, rules, on):
    """Add each stop that goes ahead as a single date on which the location itself is open."""
    mobile = [location.pk for location in locations if location.kind in Location.MOVING_KINDS]
    if not mobile:
        return
    stops = Stop.objects.going_ahead().filter(location__in=mobile).order_by("starts_at")
    if on:
        midnights = [datetime.combine(day, time(), BRUSSELS) for day in on]
        stops = stops.filter(
            _any(
                Q(starts_at__range=(midnight - ONE_DAY, midnight + 2 * ONE_DAY))
                for midnight in midnights
            )
        )
    for location, starts_at, ends_at in stops.values_list("location_id", "starts_at", "ends_at"):
        rule = Rule.for_stop(starts_at, ends_at)
        if rule:
            rules[location].append(rule)
