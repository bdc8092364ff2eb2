"""What every engine answers, and what a visitor gets to see of it."""

from dataclasses import dataclass, field, replace
from datetime import datetime

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from .models import Kind
from .questions import LAST_PAGE, Question

# Engines put these around what matched; cleaned text never holds them, so marking is safe.
OPEN, CLOSE = "\x02", "\x03"


@dataclass(frozen=True)
class Match:
    """A row that was found: its key, the version known, and plain texts with OPEN and CLOSE."""

    key: str
    version: int
    title: str
    summary: str = ""
    body: str = ""


@dataclass(frozen=True)
class Found:
    """One page of matches in order, and how many there are of each kind (of all kinds)."""

    matches: tuple[Match, ...] = ()
    counts: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Hit:
    key: str
    kind: Kind
    url: str
    title: SafeString
    text: SafeString
    place: str = ""
    postcode: str = ""
    lat: float | None = None
    lon: float | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    facets: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Facet:
    kind: Kind
    count: int
    chosen: bool


@dataclass(frozen=True)
class Answer:
    """`engine` answered; `fallback` says that another one should have."""

    question: Question
    hits: tuple[Hit, ...] = ()
    facets: tuple[Facet, ...] = ()
    engine: str = ""
    fallback: bool = False

    @property
    def total(self):
        chosen = [facet.count for facet in self.facets if facet.chosen]
        return sum(chosen or [facet.count for facet in self.facets])

    @property
    def total_everywhere(self):
        return sum(facet.count for facet in self.facets)

    @property
    def pages(self):
        return min(-(-self.total // self.question.size), LAST_PAGE)

    def labelled(self, engine, *, fallback):
        return replace(self, engine=engine, fallback=fallback)


def answer(question, found, rows):
    """Join what the engine found with the rows of the table, which alone say what is public now.

    An engine that knew an older version of a row does not get to show the words it knew.
    """
    known = {row.key: row for row in rows}
    hits = tuple(_hit(known[m.key], m) for m in found.matches if m.key in known)
    facets = tuple(
        Facet(kind, found.counts.get(kind, 0), kind in question.kinds)
        for kind in Kind
        if found.counts.get(kind) or kind in question.kinds
    )
    return Answer(question, hits, facets)


def marked(text):
    """HTML that is safe to show: everything escaped, what matched in <mark>."""
    html = escape(text).replace(OPEN, "<mark>").replace(CLOSE, "</mark>")
    return mark_safe(html)


def _hit(row, match):
    fresh = match.version == row.version
    return Hit(
        key=row.key,
        kind=Kind(row.kind),
        url=row.url,
        title=marked(match.title if fresh and match.title else row.title),
        text=marked(_telling(match, row) if fresh else row.summary),
        place=row.place,
        postcode=row.postcode,
        lat=row.lat,
        lon=row.lon,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        facets=row.facets,
    )


def _telling(match, row):
    """The text that shows why this was found, else what the thing is about."""
    if OPEN in match.body and OPEN not in match.summary:
        return match.body
    return match.summary or row.summary
