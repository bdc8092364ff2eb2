"""Workshops that are still to come: as a list, as a month, or the dates of one."""

from dataclasses import dataclass
from operator import attrgetter

from django.core.paginator import Paginator
from django.utils import timezone

from home.pages.site_layout import get_site_layout, page_url
from locations.core.status import StatusLabel
from locations.core.time_zone import BRUSSELS
from locations.directory.distances import describe_nearness
from locations.workshops.feeds.events import editions_of, for_feed
from locations.workshops.feeds.events_jsonld import events_data
from locations.workshops.listing.filters import DISTANCES, NEAR, ORDERS, PARTS, WEEKDAYS, RunFilters
from locations.workshops.listing.month import Month, month_of
from locations.workshops.listing.pagination import (
    MOST,
    PER_PAGE,
    nearest_first,
    runs_of,
    soonest_first,
)
from locations.workshops.listing.rows import invitation, moved_of, rows_of, state_of
from locations.workshops.listing.summary import result
from locations.workshops.models import Session, WorkshopRun

MOST_RUNS = 12
CALENDAR = "kalender"
SEVERAL = ("onderwerp", "niveau", "taal", "dag", "deel")
FOLDED = ("onderwerp", "taal", "voor", "dag", "van", "tot", "km", "orde", "digibank")
"""Under the fold of the form, which opens for who asks one of them."""


def index_context(page, request):
    """What the list or the calendar needs; at most twelve queries, however many lessons."""
    now = timezone.now()
    filters = RunFilters(request.GET, now)
    is_calendar = request.GET.get("toon") == CALENDAR
    shown = _calendar(filters, request, now) if is_calendar else _list(filters, request, now)
    said = _Address(request.GET)
    return {
        "filters": filters,
        "asked": filters.asked,
        "chosen": {name: request.GET.getlist(name) for name in SEVERAL},
        "typed": {name: request.GET.get(name, "")[:20] for name in ("van", "tot")},
        "is_asked": filters.is_asked,
        "is_folded_out": bool(filters.errors) or any(map(request.GET.get, FOLDED)),
        "errors": _errors(filters),
        "is_calendar": is_calendar,
        "distances": DISTANCES,
        "near": NEAR,
        "distance": filters.asked.get("km") or NEAR,
        "orders": ORDERS,
        "weekdays": WEEKDAYS,
        "parts": [(name, label) for name, (label, _from, _to) in PARTS.items()],
        "as_list": said.but(toon="", maand=""),
        "as_calendar": said.but(toon=CALENDAR),
        "anywhere": said.but(km="alle"),
        "choices": [(name, said.but(q=name)) for name in filters.spot.choices],
        "feed_query": said.but(toon="", maand=""),
        "query": f"{query}&" if (query := said.but()) else "",
        **shown,
    }


def _list(filters, request, now):
    keys = nearest_first(filters) if filters.nearest_first else soonest_first(filters)
    pages = Paginator(keys[:MOST], PER_PAGE).get_page(request.GET.get("p"))
    near = {}
    if filters.here:
        near = {place: describe_nearness(one) for place, one in filters.near.items()}
    rows = rows_of(runs_of(pages.object_list), now, near)
    today, count, is_more = now.astimezone(BRUSSELS).date(), len(keys[:MOST]), len(keys) > MOST
    return {
        "pages": pages,
        "rows": rows if filters.nearest_first else sorted(rows, key=attrgetter("starts")),
        "result": result(count, filters, today, is_more=is_more),
        "found": count,
    }


def _calendar(filters, request, now):
    today = now.astimezone(BRUSSELS).date()
    typed = request.GET.get("maand", "")
    first = month_of(typed, today)
    if first is None:
        begins = filters.asked.get("van")
        first = max(begins or today, today).replace(day=1)
    month = Month.of(first, filters, now)
    said = _Address(request.GET)
    return {
        "month": month,
        "wrong_month": typed if typed and not month_of(typed, today) else "",
        "previous": month.previous and said.but(maand=month.previous),
        "following": month.following and said.but(maand=month.following),
        "result": result(month.count, filters, today, lessons_in=month.name),
        "found": month.count,
        "day_query": said.but(toon="", maand="", van="", tot=""),
    }


def _errors(filters):
    """{name in the address: sentences}."""
    return {name: [str(one) for one in found] for name, found in filters.errors.items()}


class _Address:
    """The question in the address, to be asked again with another answer here and there."""

    def __init__(self, asked):
        self.asked = asked

    def but(self, **other):
        """Without the page; what is empty is left out."""
        asked = self.asked.copy()
        asked.pop("p", None)
        for name, value in other.items():
            asked[name] = value
        for name in list(asked):
            kept = [value for value in asked.getlist(name) if value]
            asked.setlist(name, kept) if kept else asked.pop(name)
        return asked.urlencode()


@dataclass(frozen=True)
class Dated:
    """A run on the page of its workshop: all its lessons, and what one can do."""

    run: WorkshopRun
    lessons: tuple[Session, ...]
    status: StatusLabel
    moved: str
    invitation: str
    place_url: str
    phone: str


def workshop_context(page, request):
    """The dates of one workshop; ten queries, however many dates."""
    now = timezone.now()
    runs = WorkshopRun.objects.published().coming(now).filter(page=page)
    found = list(for_feed(runs.select_related("location__page"))[: MOST_RUNS + 1])
    editions = editions_of(found[:MOST_RUNS], request.build_absolute_uri("/"))
    return {
        "dates": [_dated(one, now) for one in editions],
        "has_more": len(found) > MOST_RUNS,
        "audiences": list(page.audiences.all()),
        "structured_data": events_data(editions),
        "address": page.get_full_url(request),
        "index_url": page_url(page.url_path).removesuffix(f"{page.slug}/"),
        "share_image": None,
    }


def _dated(edition, now):
    run = edition.run
    channel = get_site_layout().channel("phone")
    return Dated(
        run,
        edition.lessons,
        state_of(run, now),
        moved_of(run, now),
        invitation(run, now),
        run.location.get_absolute_url(),
        run.location.phone or (channel.value if channel else ""),
    )
