"""The hours of locations and partnerships as plain values, as the history stores them."""

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

RULE_FIELDS = ("service__code", "recurrence", "weekday", "interval", "anchor", "nth", "day")
RULE_FIELDS += ("opens", "closes", "by_appointment", "valid_from", "valid_until")
DAYS_FIELDS = ("service__code", "first_day", "last_day", "reason")
HOURS_FIELDS = ("hours__weekday", "hours__opens", "hours__closes", "hours__by_appointment")
STOP_FIELDS = ("starts_at", "ends_at", "place", "address", "host", "note", "cancelled_reason")
OWNER_FIELDS = ("location_id", "partnership_id")


def serialize_hours(location_ids, partnership_ids=()):
    """Return the hours of locations and of partnerships, as two dictionaries by primary key.

    Equal hours are equal values: empty values are left out and lines are sorted. Five queries.
    """
    locations = Location.objects.filter(pk__in=location_ids)
    location_data = {
        pk: {
            "kind": str(kind),
            "partnership": partnership_id,
            "rules": [],
            "closed": [],
            "adjusted": [],
            "stops": [],
        }
        for pk, kind, partnership_id in locations.values_list("pk", "kind", "partnership_id")
    }
    partnership_data = {pk: {"closed": [], "adjusted": []} for pk in partnership_ids}
    rules = OpeningRule.objects.filter(location__in=location_ids).order_by()
    for location_id, *values in rules.values_list("location_id", *RULE_FIELDS):
        location_data[location_id]["rules"].append(_line(RULE_FIELDS, values))
    _serialize_exceptional_days(location_data, partnership_data)
    stops = Stop.objects.filter(location__in=location_ids).order_by()
    for location_id, *values in stops.values_list("location_id", *STOP_FIELDS):
        location_data[location_id]["stops"].append(_line(STOP_FIELDS, values))
    for data in (*location_data.values(), *partnership_data.values()):
        for lines in data.values():
            if isinstance(lines, list):
                lines.sort(key=repr)
    return location_data, partnership_data


def _serialize_exceptional_days(location_data, partnership_data):
    owners = Q(location__in=list(location_data)) | Q(partnership__in=list(partnership_data))
    closed = ClosedDays.objects.filter(owners).order_by()
    for location_id, partnership_id, *values in closed.values_list(*OWNER_FIELDS, *DAYS_FIELDS):
        data = location_data[location_id] if location_id else partnership_data[partnership_id]
        data["closed"].append(_line(DAYS_FIELDS, values))
    adjusted = AdjustedDays.objects.filter(owners).order_by("pk", "hours__weekday", "hours__opens")
    lines = {}
    rows = adjusted.values_list("pk", *OWNER_FIELDS, *DAYS_FIELDS, *HOURS_FIELDS)
    for pk, location_id, partnership_id, *values in rows:
        if pk not in lines:
            lines[pk] = _line(DAYS_FIELDS, values[: len(DAYS_FIELDS)]) | {"hours": []}
            data = location_data[location_id] if location_id else partnership_data[partnership_id]
            data["adjusted"].append(lines[pk])
        weekday, *block = values[len(DAYS_FIELDS) :]
        if weekday is not None:
            lines[pk]["hours"].append([weekday, *(_plain_value(value) for value in block)])


def _line(names, values):
    return {
        name.removesuffix("__code"): _plain_value(value)
        for name, value in zip(names, values, strict=True)
        if value not in (None, "")
    }


def _plain_value(value):
    if isinstance(value, datetime):
        return value.astimezone(BRUSSELS).isoformat()
    return value.isoformat() if isinstance(value, date | time) else value


def deserialize_calendar(location_data, partnership_data=None):
    """Return the calendar that these values describe, equal to one loaded from the rows."""
    sources = [(location_data, Level.LOCATION), (partnership_data or {}, Level.PARTNERSHIP)]
    rules = [deserialize_rule(line) for line in location_data["rules"]]
    if location_data["kind"] in Location.MOVING_KINDS:
        rules += [rule for line in location_data["stops"] if (rule := _deserialize_stop(line))]
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
    """Return the rule that a line of version data describes."""
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
    """Return the closure that a line of version data describes."""
    first_day, last_day = _day(line["first_day"]), _day(line["last_day"])
    return Closure(first_day, last_day, line.get("reason", ""), line.get("service", ""))


def deserialize_adjustment(line, level=Level.LOCATION):
    """Return the adjusted hours that a line describes, on `level` if they have no service."""
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
    """Return the local start and end of a stop."""
    return tuple(
        datetime.fromisoformat(line[name]).astimezone(BRUSSELS) for name in ("starts_at", "ends_at")
    )


def _deserialize_stop(line):
    """Return the rule of a stop, or None if it is cancelled."""
    return None if "cancelled_reason" in line else Rule.for_stop(*deserialize_stop_times(line))


def _block(values):
    opens, closes, by_appointment = values
    return Block(time.fromisoformat(opens), time.fromisoformat(closes), by_appointment)


def _day(value):
    return value and date.fromisoformat(value)
