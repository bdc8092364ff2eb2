"""The hours of places as plain values: written down from rows, and made a calendar of again."""

from datetime import date, datetime, time

from django.db.models import Q

from locations.opening_hours.engine.calendar import Calendar
from locations.opening_hours.engine.rules import (
    BRUSSELS,
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

RULE = ("service__code", "recurrence", "weekday", "interval", "anchor", "nth", "day")
RULE += ("opens", "closes", "by_appointment", "valid_from", "valid_until")
DAYS = ("service__code", "first_day", "last_day", "reason")
STOP = ("starts_at", "ends_at", "place", "address", "host", "note", "cancelled_reason")


def written_down(places, partnerships=()):
    """The hours of these places and of these partnerships, as two dictionaries by primary key.

    What is empty is left out, and lines are in an order of their own: equal hours are equal values.
    Five queries, however many there are.
    """
    facts = Location.objects.filter(pk__in=places).values_list("pk", "kind", "partnership_id")
    of_places = {
        pk: {
            "kind": str(kind),
            "partnership": together,
            "rules": [],
            "closed": [],
            "adjusted": [],
            "stops": [],
        }
        for pk, kind, together in facts
    }
    of_partnerships = {pk: {"closed": [], "adjusted": []} for pk in partnerships}
    rules = OpeningRule.objects.filter(location__in=places).order_by()
    for place, *values in rules.values_list("location_id", *RULE):
        of_places[place]["rules"].append(_line(RULE, values))
    _write_days(of_places, of_partnerships)
    stops = Stop.objects.filter(location__in=places).order_by()
    for place, *values in stops.values_list("location_id", *STOP):
        of_places[place]["stops"].append(_line(STOP, values))
    for data in (*of_places.values(), *of_partnerships.values()):
        for lines in data.values():
            if isinstance(lines, list):
                lines.sort(key=repr)
    return of_places, of_partnerships


def _write_days(of_places, of_partnerships):
    concerned = Q(location__in=list(of_places)) | Q(partnership__in=list(of_partnerships))
    owner = ("location_id", "partnership_id")
    closed = ClosedDays.objects.filter(concerned).order_by()
    for place, together, *values in closed.values_list(*owner, *DAYS):
        data = of_places[place] if place else of_partnerships[together]
        data["closed"].append(_line(DAYS, values))
    hours = ("hours__weekday", "hours__opens", "hours__closes", "hours__by_appointment")
    rows = AdjustedDays.objects.filter(concerned).order_by("pk", "hours__weekday", "hours__opens")
    lines = {}
    for pk, place, together, *values in rows.values_list("pk", *owner, *DAYS, *hours):
        if pk not in lines:
            lines[pk] = _line(DAYS, values[: len(DAYS)]) | {"hours": []}
            data = of_places[place] if place else of_partnerships[together]
            data["adjusted"].append(lines[pk])
        weekday, *block = values[len(DAYS) :]
        if weekday is not None:
            lines[pk]["hours"].append([weekday, *(_plain(value) for value in block)])


def _line(names, values):
    return {
        name.removesuffix("__code"): _plain(value)
        for name, value in zip(names, values, strict=True)
        if value not in (None, "")
    }


def _plain(value):
    if isinstance(value, datetime):
        return value.astimezone(BRUSSELS).isoformat()
    return value.isoformat() if isinstance(value, date | time) else value


def calendar_of(place, partnership=None):
    """The calendar that these values describe: the same answers as one made of the rows."""
    levels = [(place, Level.LOCATION), (partnership or {}, Level.PARTNERSHIP)]
    rules = [rule(line) for line in place["rules"]]
    if place["kind"] in Location.MOVING_KINDS:
        rules += [found for line in place["stops"] if (found := _rule_of_stop(line))]
    return Calendar(
        tuple(rules),
        tuple(
            sorted(
                (closure(line) for data, _ in levels for line in data.get("closed", ())),
                key=lambda one: (one.first_day, one.last_day),
            )
        ),
        tuple(
            sorted(
                (adjustment(line, at) for data, at in levels for line in data.get("adjusted", ())),
                key=lambda one: (one.first_day, one.last_day),
            )
        ),
        Service.LENDING,
    )


def rule(line):
    return Rule(
        line["service"],
        Recurrence(
            Every(line["recurrence"]),
            line.get("weekday"),
            line.get("interval", 1),
            _day(line.get("anchor")),
            line.get("nth"),
            _day(line.get("day")),
        ),
        _block([line["opens"], line["closes"], line["by_appointment"]]),
        _day(line.get("valid_from")),
        _day(line.get("valid_until")),
    )


def closure(line):
    days = (_day(line["first_day"]), _day(line["last_day"]))
    return Closure(*days, line.get("reason", ""), line.get("service", ""))


def adjustment(line, level=Level.LOCATION):
    service = line.get("service", "")
    return Adjustment(
        _day(line["first_day"]),
        _day(line["last_day"]),
        Level.SERVICE if service else level,
        tuple((weekday, _block(block)) for weekday, *block in line["hours"]),
        line.get("reason", ""),
        service,
    )


def times_of_stop(line):
    """From when to when, by the clock in Brussels."""
    return tuple(
        datetime.fromisoformat(line[name]).astimezone(BRUSSELS) for name in ("starts_at", "ends_at")
    )


def _rule_of_stop(line):
    start, end = times_of_stop(line)
    if "cancelled_reason" in line or start.date() != end.date():
        return None
    return Rule("", Recurrence(Every.DATE, day=start.date()), Block(start.time(), end.time()))


def _block(values):
    opens, closes, by_appointment = values
    return Block(time.fromisoformat(opens), time.fromisoformat(closes), by_appointment)


def _day(value):
    return value and date.fromisoformat(value)
