"""What is different between two versions of the hours, in words that staff can read."""

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
    """A line that came or went."""

    is_new: bool
    words: str


def diff_versions(after, before, names):
    """What a version says that the one before it did not, and the other way round.

    `names` are those of the services by code. Without a version before it everything is new.
    """
    found = []
    before = before or {}
    if "kind" in after and before.get("kind", after["kind"]) != after["kind"]:
        found += [
            Difference(False, str(Location.Kind(before["kind"]).label)),
            Difference(True, str(Location.Kind(after["kind"]).label)),
        ]
    if (
        "partnership" in after
        and before.get("partnership", after["partnership"]) != (after["partnership"])
    ):
        found.append(Difference(True, _("The place belongs to another partnership.")))
    for part, said in (
        ("rules", rule_in_words),
        ("closed", closed_in_words),
        ("adjusted", adjusted_in_words),
        ("stops", stop_in_words),
    ):
        old, new = before.get(part, []), after.get(part, [])
        found += [Difference(False, said(line, names)) for line in old if line not in new]
        found += [Difference(True, said(line, names)) for line in new if line not in old]
    return found


def rule_in_words(line, names):
    one = deserialize_rule(line)
    recurrence = one.recurrence
    match recurrence.every:
        case Every.DATE:
            when = date_format(recurrence.day, "l j F Y")
        case Every.WEEKS:
            when = _("%(when)s, from %(day)s") % {
                "when": format_recurrence(recurrence),
                "day": long_day(recurrence.anchor),
            }
        case _:
            when = format_recurrence(recurrence)
    said = _("%(service)s: %(when)s, %(hours)s") % {
        "service": names.get(one.service, one.service),
        "when": when if recurrence.every == Every.DATE else when[:1].lower() + when[1:],
        "hours": format_blocks([one.block]),
    }
    if season := season_in_words(one.valid_from, one.valid_until):
        said = _("%(line)s (%(range)s)") % {"line": said, "range": season}
    return said


def season_in_words(first, last):
    if first and last:
        return days_in_words(first, last)
    if first:
        return _("from %(day)s") % {"day": long_day(first)}
    return _("until %(day)s") % {"day": long_day(last)} if last else ""


def closed_in_words(line, names):
    one = deserialize_closure(line)
    said = _("Closed: %(days)s") % {"days": days_in_words(one.first_day, one.last_day)}
    return _for_service(_with_reason(said, one.reason), one.service, names)


def adjusted_in_words(line, names):
    one = deserialize_adjustment(line)
    said = _("Other hours: %(days)s") % {"days": days_in_words(one.first_day, one.last_day)}
    said = _for_service(_with_reason(said, one.reason), one.service, names)
    return _("%(range)s: %(hours)s") % {"range": said, "hours": format_adjusted_hours(one)}


def stop_in_words(line, names):
    starts_at, ends_at = deserialize_stop_times(line)
    said = _("Stop in %(place)s: %(day)s, %(hours)s") % {
        "place": line["place"],
        "day": date_format(starts_at.date(), "l j F Y"),
        "hours": format_time_range(starts_at, ends_at),
    }
    if reason := line.get("cancelled_reason"):
        return _("%(stop)s. Does not take place: %(reason)s") % {"stop": said, "reason": reason}
    return said


def long_day(day):
    """A day of any year: 27 November 2026."""
    return date_format(day, "j F Y")


def days_in_words(first, last):
    if first == last:
        return long_day(first)
    return _("%(first)s up to and including %(last)s") % {
        "first": long_day(first),
        "last": long_day(last),
    }


def _with_reason(said, reason):
    if not reason:
        return said
    return pgettext("closed days", "%(days)s (%(reason)s)") % {"days": said, "reason": reason}


def _for_service(said, service, names):
    if not service:
        return said
    return _("%(service)s: %(line)s") % {"service": names.get(service, service), "line": said}
