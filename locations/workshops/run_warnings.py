"""Warnings about a run that may be intended: clashes, and sessions outside the opening hours."""

from itertools import combinations

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from locations.core.time_zone import BRUSSELS
from locations.opening_hours.engine.hours_text import format_closure
from locations.opening_hours.loading import load_calendars
from locations.workshops.formats import day_and_hours
from locations.workshops.models import Session, WorkshopRun


def overlapping_sessions(sessions):
    """Yield the pairs of sessions that overlap."""
    in_order = sorted(sessions, key=lambda session: session.starts_at)
    return (pair for pair in combinations(in_order, 2) if _overlap(*pair))


def _overlap(session, other):
    return session.starts_at < other.ends_at and other.starts_at < session.ends_at


def run_warnings(run, now=None):
    """Return sentences about the sessions to come, with two or three queries."""
    now = now or timezone.now()
    if run.is_cancelled:
        return []
    sessions = [session for session in run.sessions.all() if session.ends_at > now]
    if not sessions:
        return []
    return [*_clashes(run, sessions, now), *_closed_hours(run, sessions, now)]


def _clashes(run, sessions, now):
    """Yield sessions when the teacher or the room is taken by another run."""
    if not (run.teacher or run.room):
        return
    same = Q(pk__in=[])
    if run.teacher:
        same |= Q(run__teacher__iexact=run.teacher)
    if run.room:
        same |= Q(run__location=run.location_id, run__room__iexact=run.room)
    others = (
        Session.objects.between(
            min(session.starts_at for session in sessions),
            max(session.ends_at for session in sessions),
        )
        .filter(same)
        .exclude(run=run.pk)
        .exclude(run__status=WorkshopRun.Status.CANCELLED)
        .select_related("run__page", "run__location")
    )
    today = timezone.localdate(now)
    for other in others:
        for session in sessions:
            if _overlap(session, other):
                yield _clash_sentence(run, session, other, today)


def _clash_sentence(run, session, other, today):
    same_teacher = run.teacher and other.run.teacher.casefold() == run.teacher.casefold()
    text = (
        _("%(when)s: %(teacher)s also teaches “%(workshop)s” at that time, in %(place)s.")
        if same_teacher
        else _("%(when)s: “%(workshop)s” is in room %(room)s at that time.")
    )
    return text % {
        "when": day_and_hours(session, today),
        "teacher": run.teacher,
        "room": run.room,
        "workshop": other.run.page.title,
        "place": other.run.location.name,
    }


def _closed_hours(run, sessions, now):
    """Yield sessions on a closed day or outside the opening hours of the location."""
    calendar = load_calendars([run.location])[run.location_id]
    today = timezone.localdate(now)
    for session in sessions:
        start = session.starts_at.astimezone(BRUSSELS)
        end = session.ends_at.astimezone(BRUSSELS)
        details = {"when": day_and_hours(session, today)}
        if closure := calendar.closure(start.date()):
            text = _("%(when)s: this is a closed day. %(closed)s.")
            yield text % (details | {"closed": format_closure(closure)})
        elif calendar.rules and not _is_within(calendar.blocks(start.date()), start, end):
            yield _("%(when)s: this is outside the opening hours of the location.") % details


def _is_within(blocks, start, end):
    return start.date() == end.date() and any(
        block.opens <= start.time() and end.time() <= block.closes for block in blocks
    )
