"""A preview of the coming weeks for staff, with the reason why a day differs from the rules."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.utils.translation import gettext as _

from locations.opening_hours.engine.hours_text import format_blocks, format_closure
from locations.opening_hours.engine.rules import Level


@dataclass(frozen=True)
class ServiceHours:
    """The hours of one service on one day; `name` is empty if they need no name."""

    name: str
    text: str


@dataclass(frozen=True)
class DayNote:
    """Why a day differs from the rules."""

    is_closure: bool
    text: str


@dataclass(frozen=True)
class PreviewDay:
    """A day with its hours and notes."""

    day: date
    hours: tuple[ServiceHours, ...]
    notes: tuple[DayNote, ...]

    @property
    def is_closed(self):
        """Whether nothing is open."""
        return not self.hours

    @property
    def has_closure_note(self):
        """Whether a note explains that it is closed."""
        return any(note.is_closure for note in self.notes)


@dataclass(frozen=True)
class PreviewWeek:
    """Up to seven days; those without hours or notes are left out."""

    first_day: date
    last_day: date
    days: tuple[PreviewDay, ...]


def preview_weeks(calendar, first_day, last_day, service_names):
    """Return the weeks of a range of days, both ends included.

    `service_names` are the names of services by code, in order.
    """
    weeks = []
    while first_day <= last_day:
        end = min(first_day + timedelta(days=6), last_day)
        days = (
            _preview_day(calendar, first_day + timedelta(days=ahead), service_names)
            for ahead in range((end - first_day).days + 1)
        )
        weeks.append(
            PreviewWeek(first_day, end, tuple(day for day in days if day.hours or day.notes))
        )
        first_day = end + timedelta(days=1)
    return weeks


def _preview_day(calendar, day, service_names):
    codes = [code for code in service_names if calendar.has_own_hours(code)]
    codes += [
        adjustment.service
        for adjustment in calendar.adjustments
        if adjustment.service
        and adjustment.service not in codes
        and adjustment.covers(day, adjustment.service)
    ]
    hours, notes = [], []
    for code in codes or [""]:
        part = calendar if code else _without_services(calendar)
        adjusted = part.adjustment(day, code or None)
        same_for_all = len(codes) < 2 or (adjusted and not adjusted.service)
        if blocks := part.blocks(day, code or None):
            name = "" if same_for_all else service_names.get(code, "")
            hours.append(ServiceHours(name, format_blocks(blocks)))
        notes += _notes(calendar, day, code, service_names)
    return PreviewDay(day, tuple(dict.fromkeys(hours)), tuple(dict.fromkeys(notes)))


def _without_services(calendar):
    """Return the calendar with only stops of the bus and adjusted hours of the whole location."""
    return replace(
        calendar,
        rules=tuple(rule for rule in calendar.rules if not rule.service),
        adjustments=tuple(adjusted for adjusted in calendar.adjustments if not adjusted.service),
    )


def _notes(calendar, day, code, service_names):
    """Yield at most one note; one about the whole location is the same for each service."""
    service = code or None
    closure = calendar.closure(day) or calendar.closure(day, service)
    if closure:
        about = service if closure.service else None
        replaced = calendar.without_closures.blocks(day, about)
        if replaced:
            text = _add_replaced(format_closure(closure), replaced)
            yield DayNote(True, _add_service_name(service_names.get(about, ""), text))
        return
    adjustments = [adjusted for adjusted in calendar.adjustments if adjusted.covers(day, service)]
    if not adjustments:
        return
    winner = calendar.adjustment(day, service)
    about = service if winner.service else None
    replaced = replace(calendar, closures=(), adjustments=()).blocks(day, about)
    if not replaced and not winner.blocks(day) and len(adjustments) == 1:
        return
    text = _("Other hours")
    if winner.reason:
        text = _("Other hours: %(reason)s") % {"reason": winner.reason}
    if replaced:
        text = _add_replaced(text, replaced)
    for other in adjustments:
        if other is not winner:
            text = _("%(said)s They win over the other hours of %(level)s.") % {
                "said": text if text.endswith(".") else f"{text}.",
                "level": _format_level(other.level),
            }
    yield DayNote(False, _add_service_name(service_names.get(about, ""), text))


def _add_replaced(text, blocks):
    return _("%(said)s. Instead of %(hours)s.") % {"said": text, "hours": format_blocks(blocks)}


def _add_service_name(name, text):
    return _("%(service)s: %(line)s") % {"service": name, "line": text} if name else text


def _format_level(level):
    return {
        Level.SERVICE: _("one service"),
        Level.LOCATION: _("the whole place"),
        Level.PARTNERSHIP: _("the whole partnership"),
    }[level]
