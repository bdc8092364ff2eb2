"""From rows to calendars: a fixed number of queries, however many places are asked for."""

from datetime import datetime, time, timedelta
from functools import cache, reduce
from operator import or_

from django.db.models import CharField, IntegerField, Q, TimeField, Value

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

CLOSED, ADJUSTED = "closed", "adjusted"
A_DAY = timedelta(days=1)
MANY = 200
"""From so many places on it is quicker to read the rows of all of them than to name them."""
_EVERY = {one.value: one for one in Every}


def load_calendars(locations, *, on=(), services=()):
    """The calendar of each of these places, by primary key.

    Two queries: the rules, and everything that goes against them; and a third for the stops if a
    bus or a mobile digipunt is among the places. With `on` the calendars hold only what has a say
    on those days, about the places as a whole and about these `services` (codes): ask them nothing
    else.
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
    rows = _rules()
    if not on or len(rules) < MANY:
        rows = rows.filter(location__in=list(rules))
    if on:  # of a service also the other days: with hours of its own it does not follow the place
        named = Q(weekday__in={day.weekday() for day in on}) | Q(day__in=on)
        rows = rows.filter(named | Q(service__code__in=services) if services else named)
    for row in rows:
        location, service, every, weekday, interval, anchor, nth, day = row[:8]
        if location in rules:
            recurrence = Recurrence(_EVERY[every], weekday, interval or 1, anchor, nth, day)
            rules[location].append(Rule(service, recurrence, Block(*row[8:11]), *row[11:]))


def _load_exceptions(locations, closures, adjustments, on):
    """Closed and adjusted days of the places and of their partnerships, in one query."""
    members = {}
    for location in locations:
        if location.partnership_id:
            members.setdefault(location.partnership_id, []).append(location.pk)
    concerned = Q(location__in=list(closures)) | Q(partnership__in=list(members))
    if on and len(closures) >= MANY:
        concerned = Q()
    if on:
        concerned &= _any(Q(first_day__lte=day, last_day__gte=day) for day in on)
    closed, adjusted = _exceptions()
    ranges = {}
    for row in closed.filter(concerned).union(adjusted.filter(concerned), all=True):
        kind, pk, *rest = row
        *about, weekday, opens, closes, by_appointment = rest
        hours = ranges.setdefault((kind, pk), (about, []))[1]
        if weekday is not None:
            hours.append((weekday, Block(opens, closes, bool(by_appointment))))
    for (kind, _pk), (about, hours) in sorted(ranges.items(), key=lambda item: item[1][0][3:5]):
        location, partnership, service, first_day, last_day, reason = about
        for place in [location] if location else members.get(partnership, ()):
            if place not in closures:
                continue
            if kind == CLOSED:
                closures[place].append(Closure(first_day, last_day, reason, service or ""))
            else:
                level = (
                    Level.PARTNERSHIP
                    if partnership
                    else Level.SERVICE
                    if service
                    else Level.LOCATION
                )
                adjustments[place].append(
                    Adjustment(first_day, last_day, level, tuple(hours), reason, service or "")
                )


@cache
def _exceptions():
    """Both queries, still without a condition: put together once, for that takes longest."""
    columns = ("location_id", "partnership_id", "service__code", "first_day", "last_day", "reason")
    closed = ClosedDays.objects.order_by().values_list(
        Value(CLOSED, output_field=CharField()),
        "pk",
        *columns,
        Value(None, output_field=IntegerField()),
        Value(None, output_field=TimeField()),
        Value(None, output_field=TimeField()),
        Value(0, output_field=IntegerField()),
    )
    adjusted = AdjustedDays.objects.order_by().values_list(
        Value(ADJUSTED, output_field=CharField()),
        "pk",
        *columns,
        "hours__weekday",
        "hours__opens",
        "hours__closes",
        _as_number("hours__by_appointment"),
    )
    return closed, adjusted


@cache
def _rules():
    return OpeningRule.objects.order_by("pk").values_list(
        "location_id", "service__code", "recurrence", "weekday", "interval", "anchor", "nth", "day",
        "opens", "closes", "by_appointment", "valid_from", "valid_until",
    )  # fmt: skip


def _any(conditions):
    return reduce(or_, conditions)


def _as_number(name):
    from django.db.models import Case, When

    return Case(When(**{name: True}, then=1), default=0, output_field=IntegerField())


def _load_stops(locations, rules, on):
    """A stop that goes ahead is one date on which the place itself is open."""
    moving = [place.pk for place in locations if place.kind in Location.MOVING_KINDS]
    if not moving:
        return
    stops = Stop.objects.going_ahead().filter(location__in=moving).order_by("starts_at")
    if on:
        nights = [datetime.combine(day, time(), BRUSSELS) for day in on]
        stops = stops.filter(
            _any(Q(starts_at__range=(night - A_DAY, night + 2 * A_DAY)) for night in nights)
        )
    for location, starts_at, ends_at in stops.values_list("location_id", "starts_at", "ends_at"):
        start, end = starts_at.astimezone(BRUSSELS), ends_at.astimezone(BRUSSELS)
        if start.date() == end.date():
            rules[location].append(
                Rule("", Recurrence(Every.DATE, day=start.date()), Block(start.time(), end.time()))
            )
