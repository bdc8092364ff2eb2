"""A month of sessions, day by day: a calendar on wide screens, a list of days on narrow ones."""

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, time, timedelta

from django.db.models import Exists, OuterRef
from django.utils.formats import date_format
from django.utils.text import capfirst

from home.pages.site_layout import get_site_roots, page_url
from locations.core.formatting import format_day, format_time_range
from locations.core.status import StatusLabel
from locations.core.time_zone import BRUSSELS
from locations.opening_hours.engine.rules import local_moment
from locations.workshops.listing.rows import run_status, run_summaries
from locations.workshops.models.run import WorkshopRun
from locations.workshops.models.session import Session

ONE_DAY = timedelta(days=1)
MAX_PER_DAY = 4
MONTHS_AHEAD = 24
_MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])")


@dataclass(frozen=True)
class CalendarSession:
    """A session in the calendar, with the status of its run."""

    run: int
    time: str
    title: str
    url: str
    place: str
    status: StatusLabel
    is_cancelled: bool


@dataclass(frozen=True)
class CalendarDay:
    """A day with its first sessions; `more` is the number of others."""

    day: date
    is_today: bool
    is_past: bool
    sessions: tuple[CalendarSession, ...] = ()
    more: int = 0

    @property
    def weekday(self):
        """Return the ISO number of the weekday."""
        return self.day.isoweekday()

    @property
    def name(self):
        """Return the day in full."""
        return capfirst(format_day(self.day))


def parse_month(text, today):
    """Return the first day of a month like "2026-12"; None if it is invalid or out of range."""
    match = _MONTH.fullmatch(text.strip())
    if not match:
        return None
    first = date(int(match[1]), int(match[2]), 1)
    return first if today.replace(day=1) <= first <= _add_months(today, MONTHS_AHEAD) else None


def _add_months(day, months):
    """Return the first day of the month that comes so many months later."""
    years, month = divmod(day.month - 1 + months, 12)
    return date(day.year + years, month + 1, 1)


@dataclass(frozen=True)
class CalendarMonth:
    """A month of days; `previous` and `following` are months as in the URL, or empty."""

    first: date
    days: tuple[CalendarDay, ...]
    count: int
    previous: str
    following: str

    @property
    def name(self):
        """Return the name of the month with its year."""
        return capfirst(date_format(self.first, "F Y"))

    @classmethod
    def load(cls, first, search, now):
        """Return the month that starts on `first` for a `RunSearch`, with at most two queries."""
        today = now.astimezone(BRUSSELS).date()
        following = _add_months(first, 1)
        by_day = _sessions_by_day(first, following, search, now)
        shown = {run for rows in by_day.values() for *_times, run in rows[:MAX_PER_DAY]}
        runs = {run.pk: run for run in run_summaries(WorkshopRun.objects.filter(pk__in=shown))}
        roots = get_site_roots()
        days = []
        for offset in range((following - first).days):
            day = first + offset * ONE_DAY
            rows = by_day.get(day, [])
            sessions = tuple(
                _calendar_session(starts, ends, runs[run], now, roots)
                for starts, ends, run in rows[:MAX_PER_DAY]
            )
            more = len(rows) - len(sessions)
            days.append(CalendarDay(day, day == today, day < today, sessions, more))
        before = _add_months(first, -1)
        return cls(
            first,
            tuple(days),
            sum(map(len, by_day.values())),
            f"{before:%Y-%m}" if before >= today.replace(day=1) else "",
            f"{following:%Y-%m}" if following <= _add_months(today, MONTHS_AHEAD) else "",
        )


def _sessions_by_day(first, following, search, now):
    """Return {day: [(start, end, key of the run)]} of the matching sessions to come."""
    today = now.astimezone(BRUSSELS).date()
    sessions = Session.objects.matching(search.query).filter(
        Exists(search.listed_runs().order_by().filter(pk=OuterRef("run"))),
        starts_at__gte=local_moment(max(first, today), time()),
        starts_at__lt=local_moment(following, time()),
        ends_at__gt=now,
    )
    by_day = defaultdict(list)
    for row in sessions.order_by("starts_at", "pk").values_list("starts_at", "ends_at", "run"):
        by_day[row[0].astimezone(BRUSSELS).date()].append(row)
    return by_day


def _calendar_session(starts, ends, run, now, roots):
    return CalendarSession(
        run.pk,
        format_time_range(starts.astimezone(BRUSSELS), ends.astimezone(BRUSSELS)),
        run.title,
        page_url(run.url_path, roots),
        run.place,
        run_status(run, now),
        run.is_cancelled,
    )
