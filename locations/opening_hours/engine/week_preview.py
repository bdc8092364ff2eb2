"""What the coming days bring, and which rule wins where several speak: for who edits the hours."""

from dataclasses import dataclass, replace
from datetime import timedelta

from django.utils.translation import gettext as _

from locations.opening_hours.engine.hours_text import format_blocks, format_closure
from locations.opening_hours.engine.rules import Level


@dataclass(frozen=True)
class Hours:
    """The hours of one service on one day."""

    name: str
    words: str


@dataclass(frozen=True)
class Note:
    """Why a day is not as the usual hours say."""

    is_closed: bool
    words: str


@dataclass(frozen=True)
class Day:
    day: object
    hours: tuple[Hours, ...]
    notes: tuple[Note, ...]

    @property
    def is_closed(self):
        return not self.hours

    @property
    def says_closed(self):
        return any(note.is_closed for note in self.notes)


@dataclass(frozen=True)
class Week:
    first_day: object
    last_day: object
    days: tuple[Day, ...]


def preview_weeks(calendar, first_day, last_day, names):
    """Seven days and again, with the days on which something is open or would have been.

    `names` are those of the services by code, in order; a lone service needs no name.
    """
    found = []
    while first_day <= last_day:
        end = min(first_day + timedelta(days=6), last_day)
        days = [
            one_day(calendar, first_day + timedelta(days=ahead), names)
            for ahead in range((end - first_day).days + 1)
        ]
        days = tuple(day for day in days if day.hours or day.notes)
        found.append(Week(first_day, end, days))
        first_day = end + timedelta(days=1)
    return found


def one_day(calendar, day, names):
    parts = [code for code in names if calendar.has_own_hours(code)]
    parts += [
        one.service
        for one in calendar.adjustments
        if one.service and one.service not in parts and one.covers(day, one.service)
    ]
    hours, notes = [], []
    for code in parts or [""]:
        part = calendar if code else _of_the_place(calendar)
        adjusted = part.adjustment(day, code or None)
        same_for_all = len(parts) < 2 or (adjusted and not adjusted.service)
        if blocks := part.blocks(day, code or None):
            hours.append(Hours("" if same_for_all else names.get(code, ""), format_blocks(blocks)))
        notes += _notes(calendar, day, code, names)
    return Day(day, tuple(dict.fromkeys(hours)), tuple(dict.fromkeys(notes)))


def _of_the_place(calendar):
    """What is of no service in particular: the stops of a bus, and other hours for all of it."""
    return replace(
        calendar,
        rules=tuple(rule for rule in calendar.rules if not rule.service),
        adjustments=tuple(one for one in calendar.adjustments if not one.service),
    )


def _notes(calendar, day, code, names):
    """Closed wins over everything; else other hours win, the most specific ones first.

    What holds for the whole place is said once, and not again for each service.
    """
    service = code or None
    closure = calendar.closure(day) or calendar.closure(day, service)
    if closure:
        about = service if closure.service else None
        lost = calendar.without_closures.blocks(day, about)
        if lost:
            said = _wins(format_closure(closure), format_blocks(lost))
            yield Note(True, _about(names.get(about, ""), said))
        return
    ranges = [one for one in calendar.adjustments if one.covers(day, service)]
    if not ranges:
        return
    counts = calendar.adjustment(day, service)
    about = service if counts.service else None
    lost = replace(calendar, closures=(), adjustments=()).blocks(day, about)
    if not lost and not counts.blocks(day) and len(ranges) == 1:
        return
    said = _("Other hours")
    if counts.reason:
        said = _("Other hours: %(reason)s") % {"reason": counts.reason}
    if lost:
        said = _wins(said, format_blocks(lost))
    for other in ranges:
        if other is not counts:
            said = _("%(said)s They win over the other hours of %(level)s.") % {
                "said": said if said.endswith(".") else f"{said}.",
                "level": _level(other.level),
            }
    yield Note(False, _about(names.get(about, ""), said))


def _wins(said, lost):
    return _("%(said)s. Instead of %(hours)s.") % {"said": said, "hours": lost}


def _about(name, said):
    return _("%(service)s: %(line)s") % {"service": name, "line": said} if name else said


def _level(level):
    return {
        Level.SERVICE: _("one service"),
        Level.LOCATION: _("the whole place"),
        Level.PARTNERSHIP: _("the whole partnership"),
    }[level]
