"""Runs as visitors read them: when, where, and whether there is a seat."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from home.pages.site_layout import get_site_roots, page_url
from locations.core.formatting import format_day
from locations.core.status import Sign, StatusLabel
from locations.core.time_zone import BRUSSELS
from locations.workshops.formats import session_hours, short_moment
from locations.workshops.models.choices import Language, Level
from locations.workshops.models.run import WorkshopRun
from locations.workshops.models.session import Session

LEVELS, LANGUAGES = dict(Level.choices), dict(Language.choices)


class SessionTimes(NamedTuple):
    """The times of a session, and the key of its run."""

    run: int
    starts_at: datetime
    ends_at: datetime


class RunSummary(NamedTuple):
    """The columns of a run that a list shows; loading whole rows would take too long."""

    pk: int
    starts_at: datetime
    ends_at: datetime
    session_count: int
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
    is_drop_in, free_seats = WorkshopRun.is_drop_in, WorkshopRun.free_seats
    is_open_for_registration = WorkshopRun.is_open_for_registration


PAGE_COLUMNS = {"title", "url_path", "price", "level", "language", "language_note", "limits"}


def _lookup(column):
    if column == "place":
        return "location__name"
    return f"page__{column}" if column in PAGE_COLUMNS else column


def run_summaries(runs):
    """Return the `RunSummary` of each run in a queryset; one query."""
    columns = map(_lookup, RunSummary._fields)
    return [RunSummary._make(row) for row in runs.with_seat_counts().values_list(*columns)]


@dataclass(frozen=True)
class RunRow:
    """One row of a list; equal rows render the same HTML.

    `starts` and `hours` are those of the first session, or of the next one of a series.
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


def run_rows(runs, now, nearness=None):
    """Return the rows for these `RunSummary` values, with at most one query.

    `nearness` is {key of a location: distance as text}.
    """
    nearness, roots = nearness or {}, get_site_roots()
    sessions = _session_to_show(runs, now)
    return [
        _row(run, sessions.get(run.pk, run), now, nearness.get(run.location_id, ""), roots)
        for run in runs
    ]


def _row(run, session, now, nearness, roots):
    return RunRow(
        run.pk,
        run.title,
        page_url(run.url_path, roots),
        session.starts_at.astimezone(BRUSSELS),
        session_hours(session),
        series_label(run, now),
        run.place,
        nearness,
        tuple(filter(None, (run.price, LEVELS[run.level], language_label(run), run.limits))),
        run_status(run, now),
        moved_label(run, now),
        run.is_cancelled,
    )


def _session_to_show(runs, now):
    """Return the next session of each series, or its last one, by the key of the run."""
    series = [run.pk for run in runs if run.session_count > 1]
    if not series:
        return {}
    rows = Session.objects.filter(run__in=series).order_by("-starts_at")
    sessions = map(SessionTimes._make, rows.values_list("run_id", "starts_at", "ends_at"))
    return {
        session.run: session
        for session in sorted(sessions, key=lambda session: session.ends_at > now)
    }


def series_label(run, now):
    """Return how many sessions a series has and when it ends; empty for one session."""
    if run.session_count == 1:
        return ""
    last = run.ends_at.astimezone(BRUSSELS).date()
    return ngettext(
        "%(n)s session, until %(day)s", "%(n)s sessions, until %(day)s", run.session_count
    ) % {
        "n": run.session_count,
        "day": format_day(last, now.astimezone(BRUSSELS).date(), weekday=False),
    }


def language_label(run):
    """Return the editor's note about the language, or the language if it is not plain Dutch."""
    if run.language_note or run.language == Language.DUTCH:
        return run.language_note
    return LANGUAGES[run.language]


def moved_label(run, now):
    """Return when a moved run would have started; empty for other runs."""
    if not run.is_moved:
        return ""
    return _("Moved: originally on %(when)s") % {"when": short_moment(run.moved_from, now)}


def run_status(run, now):
    """Return whether people can join, as a status for visitors; the run needs seat counts.

    It reveals nothing about the waiting list.
    """
    if run.is_cancelled:
        return StatusLabel(Sign.CANCELLED, pgettext("workshop", "Cancelled"), run.cancelled_reason)
    if run.is_drop_in:
        room = ngettext("room for %(n)s person", "room for %(n)s people", run.capacity)
        return StatusLabel(Sign.OPEN, _("You can just walk in"), room % {"n": run.capacity})
    if not run.is_open_for_registration(now):
        opens = run.registration_opens_at
        if opens and opens > now:
            when = short_moment(opens, now)
            return StatusLabel(Sign.LATER, pgettext("followed by when", "Registration opens"), when)
        return StatusLabel(
            Sign.CLOSED, _("Registration has closed"), next=_("Call us: we look along with you.")
        )
    if not run.free_seats:
        return StatusLabel(
            Sign.CANCELLED, pgettext("workshop", "Full"), _("you can join the waiting list")
        )
    return StatusLabel(
        Sign.OPEN,
        ngettext("%(n)s seat left", "%(n)s seats left", run.free_seats) % {"n": run.free_seats},
        _("of %(n)s") % {"n": run.capacity},
    )


def register_label(run, now):
    """Return the label of the registration button; empty when nobody can register."""
    if not run.is_open_for_registration(now):
        return ""
    return pgettext("workshop", "Register") if run.free_seats else _("Join the waiting list")
