"""A month of lessons, day by day: a calendar where there is room, else a list of days."""

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
from locations.workshops.listing.rows import read, state_of
from locations.workshops.models import WorkshopRun

A_DAY = timedelta(days=1)
MOST_OF_A_DAY = 4
MONTHS_AHEAD = 24
_MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])")


@dataclass(frozen=True)
class Lesson:
    """A lesson in the calendar: its run says whether one can come."""

    run: int
    time: str
    title: str
    url: str
    place: str
    status: StatusLabel
    is_cancelled: bool


@dataclass(frozen=True)
class Day:
    """`more` is how many lessons are not written here; `weekday` is 1 for Monday."""

    day: date
    is_today: bool
    is_past: bool
    lessons: tuple[Lesson, ...] = ()
    more: int = 0

    @property
    def weekday(self):
        return self.day.isoweekday()

    @property
    def name(self):
        return capfirst(format_day(self.day))


def month_of(typed, today):
    """The first day of the month that was asked for; None for what is none, or too far away."""
    found = _MONTH.fullmatch(typed.strip())
    if not found:
        return None
    first = date(int(found[1]), int(found[2]), 1)
    return first if today.replace(day=1) <= first <= _months_on(today, MONTHS_AHEAD) else None


def _months_on(day, months):
    years, month = divmod(day.month - 1 + months, 12)
    return date(day.year + years, month + 1, 1)


@dataclass(frozen=True)
class Month:
    first: date
    days: tuple[Day, ...]
    count: int
    previous: str
    following: str

    @property
    def name(self):
        return capfirst(date_format(self.first, "F Y"))

    @classmethod
    def of(cls, first, filters, now):
        """The lessons of the month for these filters (`RunFilters`); at most two queries."""
        today = now.astimezone(BRUSSELS).date()
        following = _months_on(first, 1)
        lessons = filters.lessons().filter(
            Exists(filters.qs.order_by().filter(pk=OuterRef("run"))),
            starts_at__gte=local_moment(max(first, today), time()),
            starts_at__lt=local_moment(following, time()),
            ends_at__gt=now,
        )
        moments = lessons.order_by("starts_at", "pk").values_list("starts_at", "ends_at", "run")
        by_day = defaultdict(list)
        for starts, ends, run in moments:
            by_day[starts.astimezone(BRUSSELS).date()].append((starts, ends, run))
        shown = {run for found in by_day.values() for *_at, run in found[:MOST_OF_A_DAY]}
        runs = {run.pk: run for run in read(WorkshopRun.objects.filter(pk__in=shown))}
        roots = get_site_roots()
        days = []
        for number in range((following - first).days):
            day = first + number * A_DAY
            found = by_day.get(day, [])
            written = [
                _lesson(starts, ends, runs[run], now, roots)
                for starts, ends, run in found[:MOST_OF_A_DAY]
            ]
            days.append(
                Day(day, day == today, day < today, tuple(written), len(found) - len(written))
            )
        before = _months_on(first, -1)
        return cls(
            first,
            tuple(days),
            sum(map(len, by_day.values())),
            f"{before:%Y-%m}" if before >= today.replace(day=1) else "",
            f"{following:%Y-%m}" if following <= _months_on(today, MONTHS_AHEAD) else "",
        )


def _lesson(starts, ends, run, now, roots):
    return Lesson(
        run.pk,
        format_time_range(starts.astimezone(BRUSSELS), ends.astimezone(BRUSSELS)),
        run.title,
        page_url(run.url_path, roots),
        run.place,
        state_of(run, now),
        run.is_cancelled,
    )
