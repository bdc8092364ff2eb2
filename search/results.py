"""The response of an engine, and the search results that a visitor sees."""

from dataclasses import dataclass, field, replace
from datetime import datetime

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from search.models import Kind
from search.queries import MAX_PAGE, SearchQuery

# Engines put these around matched words; stored text has no control characters.
HIGHLIGHT_START, HIGHLIGHT_END = "\x02", "\x03"


@dataclass(frozen=True)
class EngineHit:
    """A matched document: its key, its indexed version, and plain texts with highlights."""

    key: str
    version: int
    title: str
    summary: str = ""
    body: str = ""


@dataclass(frozen=True)
class EngineResponse:
    """One page of hits in order, and the number of matches of each kind."""

    hits: tuple[EngineHit, ...] = ()
    counts: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class SearchHit:
    key: str
    kind: Kind
    url: str
    title: SafeString
    text: SafeString
    city: str = ""
    postcode: str = ""
    lat: float | None = None
    lon: float | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    facets: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Facet:
    """The number of matches of one kind, and whether the visitor filters on it."""

    kind: Kind
    count: int
    is_selected: bool


@dataclass(frozen=True)
class SearchResults:
    """A page of results from `engine`; `is_fallback` if another engine should have responded."""

    query: SearchQuery
    hits: tuple[SearchHit, ...] = ()
    facets: tuple[Facet, ...] = ()
    engine: str = ""
    is_fallback: bool = False

    @property
    def total(self):
        selected = [facet.count for facet in self.facets if facet.is_selected]
        return sum(selected or [facet.count for facet in self.facets])

    @property
    def total_everywhere(self):
        return sum(facet.count for facet in self.facets)

    @property
    def pages(self):
        return min(-(-self.total // self.query.size), MAX_PAGE)

    def from_engine(self, engine, *, is_fallback):
        """Return these results with the name of the engine that they came from."""
        return replace(self, engine=engine, is_fallback=is_fallback)


def build_results(query, response, entries):
    """Join the hits of an engine with their entries, which decide what is public now.

    The highlighted texts of an older version of an entry are not shown.
    """
    entries_by_key = {entry.key: entry for entry in entries}
    hits = tuple(
        _build_hit(entries_by_key[hit.key], hit)
        for hit in response.hits
        if hit.key in entries_by_key
    )
    facets = tuple(
        Facet(kind, response.counts.get(kind, 0), kind in query.kinds)
        for kind in Kind
        if response.counts.get(kind) or kind in query.kinds
    )
    return SearchResults(query, hits, facets)


def highlight(text):
    """Return text as safe HTML, with the matched words in <mark>."""
    html = escape(text).replace(HIGHLIGHT_START, "<mark>").replace(HIGHLIGHT_END, "</mark>")
    return mark_safe(html)


def _build_hit(entry, hit):
    is_current = hit.version == entry.version
    return SearchHit(
        key=entry.key,
        kind=Kind(entry.kind),
        url=entry.url,
        title=highlight(hit.title if is_current and hit.title else entry.title),
        text=highlight(_choose_text(hit, entry) if is_current else entry.summary),
        city=entry.city,
        postcode=entry.postcode,
        lat=entry.lat,
        lon=entry.lon,
        starts_at=entry.starts_at,
        ends_at=entry.ends_at,
        facets=entry.facets,
    )


def _choose_text(hit, entry):
    """Return the text with a match, or else the summary."""
    if HIGHLIGHT_START in hit.body and HIGHLIGHT_START not in hit.summary:
        return hit.body
    return hit.summary or entry.summary
