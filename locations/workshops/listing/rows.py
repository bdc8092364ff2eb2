"""A workshop on a date as visitors read it: when, where, and whether there is still a place."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from home.pages.site_layout import get_site_roots, page_url
from locations.core.formatting import format_day, format_time, format_time_range
from locations.core.status import Sign, StatusLabel
from locations.core.time_zone import BRUSSELS
from locations.workshops.models import Session, WorkshopPage, WorkshopRun

LEVELS, LANGUAGES = dict(WorkshopPage.Level.choices), dict(WorkshopPage.Language.choices)


class Lesson(NamedTuple):
    run: int
    starts_at: datetime
    ends_at: datetime


class Listed(NamedTuple):
    """Of a run what a list says, and whether there is place; whole rows would take too long."""

    pk: int
    starts_at: datetime
    ends_at: datetime
    lessons: int
    capacity: int
    entry: str
    status: str
    cancelled_reason: str
    moved_from: datetime | None
    registration_opens_at: datetime | None
    registration_closes_at: datetime | None
    taken: int
    waiting: int
    location_id: int
    title: str
    url_path: str
    price: str
    level: str
    language: str
    language_note: str
    limits: str
    place: str

    Status, Entry = WorkshopRun.Status, WorkshopRun.Entry
    is_cancelled, is_moved = WorkshopRun.is_cancelled, WorkshopRun.is_moved
    is_drop_in, free = WorkshopRun.is_drop_in, WorkshopRun.free
    registers = WorkshopRun.registers


_COLUMNS = {
    **dict.fromkeys(("title", "url_path", "price", "level", "language"), "page__"),
    **dict.fromkeys(("language_note", "limits"), "page__"),
}


def read(runs):
    """These runs, a queryset, as a list can say them: one query."""
    columns = [
        "location__name" if name == "place" else _COLUMNS.get(name, "") + name
        for name in Listed._fields
    ]
    return [Listed._make(row) for row in runs.with_seats().values_list(*columns)]


@dataclass(frozen=True)
class RunRow:
    """One line of a list. Equal lines look the same, so each is written once.

    `starts` and `hours` are those of the first lesson, or of the next for who may drop in at any.
    """

    pk: int
    title: str
    url: str
    starts: datetime
    hours: str
    series: str
    place: str
    nearness: str
    tags: tuple[str, ...]
    status: StatusLabel
    moved: str
    is_cancelled: bool


def rows_of(runs, now, nearness=None):
    """Lines for these runs (`Listed`); at most one query."""
    nearness, roots = nearness or {}, get_site_roots()
    lessons = _lessons_shown(runs, now)
    return [
        _row(run, lessons.get(run.pk, run), now, nearness.get(run.location_id, ""), roots)
        for run in runs
    ]


def _row(run, lesson, now, nearness, roots):
    return RunRow(
        run.pk,
        run.title,
        page_url(run.url_path, roots),
        lesson.starts_at.astimezone(BRUSSELS),
        hours_of(lesson),
        series_of(run, now),
        run.place,
        nearness,
        tuple(filter(None, (run.price, LEVELS[run.level], said_in(run), run.limits))),
        state_of(run, now),
        moved_of(run, now),
        run.is_cancelled,
    )


def _lessons_shown(runs, now):
    """Of each series the next lesson, by run; as a whole it lasts for weeks."""
    series = [run.pk for run in runs if run.lessons > 1]
    if not series:
        return {}
    lessons = Session.objects.filter(run__in=series).order_by("-starts_at")
    found = map(Lesson._make, lessons.values_list("run_id", "starts_at", "ends_at"))
    return {one.run: one for one in sorted(found, key=lambda one: one.ends_at > now)}


def hours_of(lesson):
    return format_time_range(
        lesson.starts_at.astimezone(BRUSSELS), lesson.ends_at.astimezone(BRUSSELS)
    )


def series_of(run, now):
    if run.lessons == 1:
        return ""
    last = run.ends_at.astimezone(BRUSSELS).date()
    return ngettext("%(n)s lesson, until %(day)s", "%(n)s lessons, until %(day)s", run.lessons) % {
        "n": run.lessons,
        "day": format_day(last, now.astimezone(BRUSSELS).date(), weekday=False),
    }


def said_in(run):
    """The language, where it is not plain Dutch; or what an editor says about it."""
    if run.language_note or run.language == WorkshopPage.Language.DUTCH:
        return run.language_note
    return LANGUAGES[run.language]


def moved_of(run, now):
    if not run.is_moved:
        return ""
    return _("Moved: it would have been on %(when)s") % {"when": moment(run.moved_from, now)}


def moment(at, now):
    """Tuesday 1 December, 9 o'clock."""
    local = at.astimezone(BRUSSELS)
    return _("%(day)s, %(time)s o'clock") % {
        "day": format_day(local.date(), now.astimezone(BRUSSELS).date()),
        "time": format_time(local),
    }


def state_of(run, now):
    """Whether one can come, and what then; of a run `with_seats`. Never who or how many wait."""
    if run.is_cancelled:
        return StatusLabel(Sign.CANCELLED, pgettext("workshop", "Cancelled"), run.cancelled_reason)
    if run.is_drop_in:
        room = ngettext("room for %(n)s person", "room for %(n)s people", run.capacity)
        return StatusLabel(Sign.OPEN, _("You can just walk in"), room % {"n": run.capacity})
    if not run.registers(now):
        opens = run.registration_opens_at
        if opens and opens > now:
            when = moment(opens, now)
            return StatusLabel(Sign.LATER, pgettext("followed by when", "Registration opens"), when)
        return StatusLabel(
            Sign.CLOSED, _("Registration has closed"), next=_("Call us: we look along with you.")
        )
    if not run.free:
        return StatusLabel(
            Sign.CANCELLED, pgettext("workshop", "Full"), _("you can join the waiting list")
        )
    return StatusLabel(
        Sign.OPEN,
        ngettext("%(n)s place left", "%(n)s places left", run.free) % {"n": run.free},
        _("of %(n)s") % {"n": run.capacity},
    )


def invitation(run, now):
    """What the button of this run says; empty where nothing can be pressed."""
    if not run.registers(now):
        return ""
    return pgettext("workshop", "Register") if run.free else _("Join the waiting list")
