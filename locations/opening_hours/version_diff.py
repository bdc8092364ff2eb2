"""The difference between two versions of the hours, as text for staff."""

from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from locations.core.formatting import format_time_range
from locations.opening_hours.engine.hours_text import (
    format_adjusted_hours,
    format_blocks,
    format_recurrence,
)
from locations.opening_hours.engine.rules import Every
from locations.opening_hours.version_data import (
    deserialize_adjustment,
    deserialize_closure,
    deserialize_rule,
    deserialize_stop_times,
)
from locations.places.models import Location


@dataclass(frozen=True)
class Difference:
    """A line that was added or removed."""

    is_new: bool
    text: str


def diff_versions(after, before, service_names):
    """Return the differences between the data of two versions; without `before` all is new.

    `service_names` are the names of services by code.
    """
    differences = []
    before = before or {}
    if "kind" in after and before.get("kind", after["kind"]) != after["kind"]:
        differences += [
            Difference(False, str(Location.Kind(before["kind"]).label)),
            Difference(True, str(Location.Kind(after["kind"]).label)),
        ]
    if (
        "partnership" in after
        and before.get("partnership", after["partnership"]) != after["partnership"]
    ):
        differences.append(Difference(True, _("The place belongs to another partnership.")))
    for key, format_line in (
        ("rules", _format_rule),
        ("closed", _format_closed_days),
        ("adjusted", _format_adjusted_days),
        ("stops", _format_stop_line),
    ):
        old, new = before.get(key, []), after.get(key, [])
        removed = [line for line in old if line not in new]
        added = [line for line in new if line not in old]
        differences += [Difference(False, format_line(line, service_names)) for line in removed]
        differences += [Difference(True, format_line(line, service_names)) for line in added]
    return differences


def _format_rule(line, service_names):
    rule = deserialize_rule(line)
    recurrence = rule.recurrence
    match recurrence.every:
        case Every.DATE:
            when = date_format(recurrence.day, "l j F Y")
        case Every.WEEKS:
            when = _("%(when)s, from %(day)s") % {
                "when": format_recurrence(recurrence),
                "day": _format_long_day(recurrence.anchor),
            }
        case _:
            when = format_recurrence(recurrence)
    text = _("%(service)s: %(when)s, %(hours)s") % {
        "service": service_names.get(rule.service, rule.service),
        "when": when if recurrence.every == Every.DATE else when[:1].lower() + when[1:],
        "hours": format_blocks([rule.block]),
    }
    if season := _format_season(rule.valid_from, rule.valid_until):
        text = _("%(line)s (%(range)s)") % {"line": text, "range": season}
    return text


def _format_season(first_day, last_day):
    if first_day and last_day:
        return _format_long_range(first_day, last_day)
    if first_day:
        return _("from %(day)s") % {"day": _format_long_day(first_day)}
    return _("until %(day)s") % {"day": _format_long_day(last_day)} if last_day else ""


def _format_closed_days(line, service_names):
    closure = deserialize_closure(line)
    days = _format_long_range(closure.first_day, closure.last_day)
    text = _add_reason(_("Closed: %(days)s") % {"days": days}, closure.reason)
    return _add_service(text, closure.service, service_names)


def _format_adjusted_days(line, service_names):
    adjustment = deserialize_adjustment(line)
    days = _format_long_range(adjustment.first_day, adjustment.last_day)
    text = _add_reason(_("Other hours: %(days)s") % {"days": days}, adjustment.reason)
    text = _add_service(text, adjustment.service, service_names)
    return _("%(range)s: %(hours)s") % {
        "range": text,
        "hours": format_adjusted_hours(adjustment),
    }


def _format_stop_line(line, _service_names):
    starts_at, ends_at = deserialize_stop_times(line)
    text = _("Stop in %(place)s: %(day)s, %(hours)s") % {
        "place": line["place"],
        "day": date_format(starts_at.date(), "l j F Y"),
        "hours": format_time_range(starts_at, ends_at),
    }
    if reason := line.get("cancelled_reason"):
        return _("%(stop)s. Does not take place: %(reason)s") % {"stop": text, "reason": reason}
    return text


def _format_long_day(day):
    return date_format(day, "j F Y")


def _format_long_range(first_day, last_day):
    if first_day == last_day:
        return _format_long_day(first_day)
    return _("%(first)s up to and including %(last)s") % {
        "first": _format_long_day(first_day),
        "last": _format_long_day(last_day),
    }


def _add_reason(text, reason):
    if not reason:
        return text
    return pgettext("closed days", "%(days)s (%(reason)s)") % {"days": text, "reason": reason}


def _add_service(text, service, service_names):
    if not service:
        return text
    return _("%(service)s: %(line)s") % {
        "service": service_names.get(service, service),
        "line": text,
    }
