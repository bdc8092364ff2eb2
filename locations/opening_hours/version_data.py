"""The hours of places as plain values: written down from rows, and made a calendar of again."""

from datetime import date, datetime, time

from django.db.models import Q

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

RULE = ("service__code", "recurrence", "weekday", "interval", "anchor", "nth", "day")
RULE += ("opens", "closes", "by_appointment", "valid_from", "valid_until")
DAYS = ("service__code", "first_day", "last_day", "reason")
STOP = ("starts_at", "ends_at", "place", "address", "host", "note", "cancelled_reason")


def serialize_hours(places, partnerships=()):
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


def deserialize_calendar(location_data, partnership_data=None):
    """Return the calendar that these values describe, equal to one loaded from the rows."""
    sources = [(location_data, Level.LOCATION), (partnership_data or {}, Level.PARTNERSHIP)]
    rules = [deserialize_rule(line) for line in location_data["rules"]]
    if location_data["kind"] in Location.MOVING_KINDS:
        rules += [rule for line in location_data["stops"] if (rule := _stop_rule(line))]
    closures = [
        deserialize_closure(line) for data, _level in sources for line in data.get("closed", ())
    ]
    adjustments = [
        deserialize_adjustment(line, level)
        for data, level in sources
        for line in data.get("adjusted", ())
    ]
    return Calendar(
        tuple(rules),
        tuple(sorted(closures, key=_first_and_last_day)),
        tuple(sorted(adjustments, key=_first_and_last_day)),
        Service.LENDING,
    )


def _first_and_last_day(exception):
    return exception.first_day, exception.last_day


def deserialize_rule(line):
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


def deserialize_closure(line):
    days = (_day(line["first_day"]), _day(line["last_day"]))
    return Closure(*days, line.get("reason", ""), line.get("service", ""))


def deserialize_adjustment(line, level=Level.LOCATION):
    service = line.get("service", "")
    return Adjustment(
        _day(line["first_day"]),
        _day(line["last_day"]),
        Level.SERVICE if service else level,
        tuple((weekday, _block(block)) for weekday, *block in line["hours"]),
        line.get("reason", ""),
        service,
    )


def deserialize_stop_times(line):
    """From when to when, by the clock in Brussels."""
    return tuple(
        datetime.fromisoformat(line[name]).astimezone(BRUSSELS) for name in ("starts_at", "ends_at")
    )


def _stop_rule(line):
    start, end = deserialize_stop_times(line)
    if "cancelled_reason" in line or start.date() != end.date():
        return None
    return Rule("", Recurrence(Every.DATE, day=start.date()), Block(start.time(), end.time()))


def _block(values):
    opens, closes, by_appointment = values
    return Block(time.fromisoformat(opens), time.fromisoformat(closes), by_appointment)


def _day(value):
    return value and date.fromisoformat(value)
