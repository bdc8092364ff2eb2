"""From rows to calendars: a fixed number of queries, however many places are asked for."""

from django.db.models import CharField, IntegerField, Q, TimeField, Value

from locations.models import AdjustedDays, ClosedDays, Location, OpeningRule, Service, Stop
from locations.opening_hours.calendar import Calendar
from locations.opening_hours.rules import (
    BRUSSELS,
    Adjustment,
    Block,
    Closure,
    Every,
    Level,
    Recurrence,
    Rule,
)

CLOSED, ADJUSTED = "closed", "adjusted"


def calendars(locations):
    """The calendar of each of these places, by primary key.

    Two queries: the rules, and everything that goes against them; and a third for the stops if a
    bus or a mobile digipunt is among the places.
    """
    locations = list(locations)
    rules = {location.pk: [] for location in locations}
    closures = {location.pk: [] for location in locations}
    adjustments = {location.pk: [] for location in locations}
    if locations:
        _load_rules(rules)
        _load_exceptions(locations, closures, adjustments)
        _load_stops(locations, rules)
    return {
        pk: Calendar(tuple(rules[pk]), tuple(closures[pk]), tuple(adjustments[pk]), Service.LENDING)
        for pk in rules
    }


def _load_rules(rules):
    rows = OpeningRule.objects.filter(location__in=list(rules)).order_by("pk")
    for row in rows.values_list(
        "location_id", "service__code", "recurrence", "weekday", "interval", "anchor", "nth", "day",
        "opens", "closes", "by_appointment", "valid_from", "valid_until",
    ):  # fmt: skip
        location, service, every, weekday, interval, anchor, nth, day = row[:8]
        rules[location].append(
            Rule(
                service,
                Recurrence(Every(every), weekday, interval or 1, anchor, nth, day),
                Block(*row[8:11]),
                *row[11:],
            )
        )


def _load_exceptions(locations, closures, adjustments):
    """Closed and adjusted days of the places and of their partnerships, in one query."""
    members = {}
    for location in locations:
        if location.partnership_id:
            members.setdefault(location.partnership_id, []).append(location.pk)
    concerned = Q(location__in=list(closures)) | Q(partnership__in=list(members))
    columns = ("location_id", "partnership_id", "service__code", "first_day", "last_day", "reason")
    closed = (
        ClosedDays.objects.filter(concerned)
        .order_by()
        .values_list(
            Value(CLOSED, output_field=CharField()),
            "pk",
            *columns,
            Value(None, output_field=IntegerField()),
            Value(None, output_field=TimeField()),
            Value(None, output_field=TimeField()),
            Value(0, output_field=IntegerField()),
        )
    )
    adjusted = (
        AdjustedDays.objects.filter(concerned)
        .order_by()
        .values_list(
            Value(ADJUSTED, output_field=CharField()),
            "pk",
            *columns,
            "hours__weekday",
            "hours__opens",
            "hours__closes",
            _as_number("hours__by_appointment"),
        )
    )
    ranges = {}
    for row in closed.union(adjusted, all=True):
        kind, pk, *rest = row
        *about, weekday, opens, closes, by_appointment = rest
        hours = ranges.setdefault((kind, pk), (about, []))[1]
        if weekday is not None:
            hours.append((weekday, Block(opens, closes, bool(by_appointment))))
    for (kind, _pk), (about, hours) in sorted(ranges.items(), key=lambda item: item[1][0][3:5]):
        location, partnership, service, first_day, last_day, reason = about
        for place in [location] if location else members[partnership]:
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


def _as_number(name):
    from django.db.models import Case, When

    return Case(When(**{name: True}, then=1), default=0, output_field=IntegerField())


def _load_stops(locations, rules):
    """A stop that goes ahead is one date on which the place itself is open."""
    moving = [
        place.pk for place in locations if place.kind in (Location.Kind.BUS, Location.Kind.MOBILE)
    ]
    if not moving:
        return
    stops = Stop.objects.going_ahead().filter(location__in=moving).order_by("starts_at")
    for location, starts_at, ends_at in stops.values_list("location_id", "starts_at", "ends_at"):
        start, end = starts_at.astimezone(BRUSSELS), ends_at.astimezone(BRUSSELS)
        if start.date() == end.date():
            rules[location].append(
                Rule("", Recurrence(Every.DATE, day=start.date()), Block(start.time(), end.time()))
            )
