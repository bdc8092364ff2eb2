"""Template context of the workshop list, its calendar, and the page of one workshop."""

from dataclasses import dataclass
from operator import attrgetter

from django.core.paginator import Paginator
from django.utils import timezone

from home.pages.site_layout import get_site_layout, page_url
from locations.core.status import StatusLabel
from locations.core.time_zone import BRUSSELS
from locations.directory.distances import describe_nearness
from locations.workshops.feeds.events import load_events, with_feed_relations
from locations.workshops.feeds.events_jsonld import events_document
from locations.workshops.listing.filters import (
    DAY_PARTS,
    DEFAULT_DISTANCE,
    DISTANCES,
    ORDERS,
    WEEKDAYS,
    RunSearch,
)
from locations.workshops.listing.month import CalendarMonth, parse_month
from locations.workshops.listing.pagination import (
    MAX_RUNS,
    PER_PAGE,
    nearest_first,
    soonest_first,
    summaries_in_order,
)
from locations.workshops.listing.rows import moved_label, register_label, run_rows, run_status
from locations.workshops.listing.summary import result_sentence
from locations.workshops.models.choices import Language, Level
from locations.workshops.models.run import WorkshopRun
from locations.workshops.models.session import Session

MAX_DATES = 12
CALENDAR = "kalender"
MULTIPLE = ("onderwerp", "niveau", "taal", "dag", "deel")
FOLDED = ("onderwerp", "taal", "voor", "dag", "van", "tot", "km", "orde", "digibank")
"""Parameters under the fold of the form, which is open when one of them is set."""


def index_context(page, request):
    """Return the context of the list or the calendar, with at most twelve queries."""
    now = timezone.now()
    search = RunSearch(request.GET, now)
    is_calendar = request.GET.get("toon") == CALENDAR
    context = _calendar(search, request, now) if is_calendar else _list(search, request, now)
    query_string = _QueryString(request.GET)
    return {
        **filter_context(search),
        "is_asked": search.is_used,
        "is_calendar": is_calendar,
        "as_list": query_string.replace(toon="", maand=""),
        "as_calendar": query_string.replace(toon=CALENDAR),
        "anywhere": query_string.replace(km="alle"),
        "choices": [(name, query_string.replace(q=name)) for name in search.geocoded.choices],
        "feed_query": query_string.replace(toon="", maand=""),
        "query": f"{query}&" if (query := query_string.replace()) else "",
        **context,
    }


def filter_context(search):
    """Return the context of the filter form."""
    params = search.params
    return {
        "filters": search,
        "asked": search.values,
        "chosen": {name: params.getlist(name) for name in MULTIPLE},
        "typed": {name: params.get(name, "")[:20] for name in ("van", "tot")},
        "is_folded_out": bool(search.errors) or any(map(params.get, FOLDED)),
        "errors": {name: list(map(str, errors)) for name, errors in search.errors.items()},
        "levels": Level.choices,
        "languages": Language.choices,
        "distances": list(DISTANCES.items()),
        "near": DEFAULT_DISTANCE,
        "distance": search.values.get("km") or DEFAULT_DISTANCE,
        "orders": ORDERS,
        "weekdays": WEEKDAYS,
        "parts": [(name, label) for name, (label, _first, _end) in DAY_PARTS.items()],
    }


def _list(search, request, now):
    keys = nearest_first(search) if search.is_nearest_first else soonest_first(search)
    pages = Paginator(keys[:MAX_RUNS], PER_PAGE).get_page(request.GET.get("p"))
    distances = {}
    if search.here:
        distances = {location: describe_nearness(found) for location, found in search.near.items()}
    rows = run_rows(summaries_in_order(pages.object_list), now, distances)
    today, count = now.astimezone(BRUSSELS).date(), len(keys[:MAX_RUNS])
    is_more = len(keys) > MAX_RUNS
    return {
        "pages": pages,
        "rows": rows if search.is_nearest_first else sorted(rows, key=attrgetter("starts")),
        "result": result_sentence(count, search, today, is_more=is_more),
        "found": count,
    }


def _calendar(search, request, now):
    today = now.astimezone(BRUSSELS).date()
    text = request.GET.get("maand", "")
    first = parse_month(text, today)
    is_invalid = bool(text) and first is None
    if first is None:
        first = max(search.values.get("van") or today, today).replace(day=1)
    month = CalendarMonth.load(first, search, now)
    query_string = _QueryString(request.GET)
    return {
        "month": month,
        "wrong_month": text if is_invalid else "",
        "previous": month.previous and query_string.replace(maand=month.previous),
        "following": month.following and query_string.replace(maand=month.following),
        "result": result_sentence(month.count, search, today, month=month.name),
        "found": month.count,
        "day_query": query_string.replace(toon="", maand="", van="", tot=""),
    }


class _QueryString:
    """The query string of the request, to link to the same search with other values."""

    def __init__(self, params):
        self.params = params

    def replace(self, **values):
        """Return it with these values, without empty ones and without the page number."""
        params = self.params.copy()
        params.pop("p", None)
        for name, value in values.items():
            params[name] = value
        for name in list(params):
            filled = [value for value in params.getlist(name) if value]
            params.setlist(name, filled) if filled else params.pop(name)
        return params.urlencode()


@dataclass(frozen=True)
class WorkshopDate:
    """A run on the page of its workshop: its sessions, and how to join."""

    run: WorkshopRun
    sessions: tuple[Session, ...]
    status: StatusLabel
    moved: str
    register_label: str
    location_url: str
    phone: str


def workshop_context(page, request):
    """Return the context of the page of one workshop: ten queries, however many dates."""
    now = timezone.now()
    runs = WorkshopRun.objects.published().upcoming(now).filter(page=page)
    runs = list(with_feed_relations(runs.select_related("location__page"))[: MAX_DATES + 1])
    events = load_events(runs[:MAX_DATES], request.build_absolute_uri("/"))
    return {
        "dates": [_workshop_date(event, now) for event in events],
        "has_more": len(runs) > MAX_DATES,
        "audiences": list(page.audiences.all()),
        "structured_data": events_document(events),
        "address": page.get_full_url(request),
        "index_url": page_url(page.url_path).removesuffix(f"{page.slug}/"),
        "share_image": None,
    }


def _workshop_date(event, now):
    run = event.run
    channel = get_site_layout().channel("phone")
    return WorkshopDate(
        run,
        event.sessions,
        run_status(run, now),
        moved_label(run, now),
        register_label(run, now),
        run.location.get_absolute_url(),
        run.location.phone or (channel.value if channel else ""),
    )
