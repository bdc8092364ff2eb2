"""What is odd about a workshop on a date, and may be meant so: said, never refused."""

from itertools import combinations

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from locations.core.formatting import format_day, format_time_range
from locations.core.time_zone import BRUSSELS
from locations.opening_hours.engine.hours_text import format_closure
from locations.opening_hours.loading import load_calendars
from locations.workshops.models import Session, WorkshopRun


def when(lesson, today=None):
    """The day and from when to when: Thursday 10 December, 13 to 15."""
    start, end = lesson.starts_at.astimezone(BRUSSELS), lesson.ends_at.astimezone(BRUSSELS)
    day = format_day(start.date(), today or timezone.localdate())
    return _("%(day)s, %(hours)s") % {"day": day, "hours": format_time_range(start, end)}


def overlaps(lessons):
    """Pairs of lessons that are given at the same time."""
    in_order = sorted(lessons, key=lambda one: one.starts_at)
    for one, other in combinations(in_order, 2):
        if one.starts_at < other.ends_at and other.starts_at < one.ends_at:
            yield one, other


def remarks(run, now=None):
    """Sentences about the lessons to come; two or three queries, however many lessons."""
    now = now or timezone.now()
    if run.is_cancelled:
        return []
    lessons = [one for one in run.sessions.all() if one.ends_at > now]
    if not lessons:
        return []
    return [*_elsewhere(run, lessons, now), *_hours(run, lessons, now)]


def _elsewhere(run, lessons, now):
    """The teacher is with another group then, or another group is in the room."""
    same = Q(pk__in=[])
    if run.teacher:
        same |= Q(run__teacher__iexact=run.teacher)
    if run.room:
        same |= Q(run__location=run.location_id, run__room__iexact=run.room)
    if not (run.teacher or run.room):
        return
    others = (
        Session.objects.between(
            min(one.starts_at for one in lessons), max(one.ends_at for one in lessons)
        )
        .filter(same)
        .exclude(run=run.pk)
        .exclude(run__status=WorkshopRun.Status.CANCELLED)
        .select_related("run__page", "run__location")
    )
    today = timezone.localdate(now)
    for other in others:
        for lesson in lessons:
            if lesson.starts_at < other.ends_at and other.starts_at < lesson.ends_at:
                yield _said(run, lesson, other, today)


def _said(run, lesson, other, today):
    with_us = run.teacher and other.run.teacher.casefold() == run.teacher.casefold()
    text = (
        _("%(when)s: %(teacher)s also gives “%(workshop)s” then, in %(place)s.")
        if with_us
        else _("%(when)s: “%(workshop)s” is also in room %(room)s then.")
    )
    return text % {
        "when": when(lesson, today),
        "teacher": run.teacher,
        "room": run.room,
        "workshop": other.run.page.title,
        "place": other.run.location.name,
    }


def _hours(run, lessons, now):
    """The door is shut then, for a day or outside the hours."""
    calendar = load_calendars([run.location])[run.location_id]
    today = timezone.localdate(now)
    for lesson in lessons:
        start, end = lesson.starts_at.astimezone(BRUSSELS), lesson.ends_at.astimezone(BRUSSELS)
        said = {"when": when(lesson, today)}
        if closure := calendar.closure(start.date()):
            text = _("%(when)s: falls on a closed day. %(closed)s.")
            yield text % (said | {"closed": format_closure(closure)})
        elif calendar.rules and not _within(calendar.blocks(start.date()), start, end):
            yield _("%(when)s: falls outside the opening hours of the place.") % said


def _within(blocks, start, end):
    return start.date() == end.date() and any(
        block.opens <= start.time() and end.time() <= block.closes for block in blocks
    )
