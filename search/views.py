"""The search page: /zoeken/?q=&soort=&page=. It only reads."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from search.service import ask

from .models import Kind
from .questions import LAST_PAGE, SLUGS, question

ICONS = {
    Kind.LOCATION: "pin",
    Kind.CATALOGUE: "laptop",
    Kind.WORKSHOP: "book",
    Kind.STORY: "speech",
    Kind.CONTENT: "info",
}


@dataclass(frozen=True)
class Choice:
    """One kind of thing to show only, as a box to tick."""

    slug: str
    label: str
    count: int
    chosen: bool


@require_safe
def search_page(request):
    asked = question(
        request.GET.get("q", ""), request.GET.getlist("soort"), request.GET.get("page", 1)
    )
    answer = ask(asked)
    shown = answer.question
    return render(
        request,
        "search/search_page.html",
        {
            "answer": answer,
            "question": shown,
            "crumb": pgettext("search page", "Search"),
            "hits": [(hit, _kind_of(hit), ICONS[hit.kind]) for hit in answer.hits],
            "choices": [
                Choice(SLUGS[facet.kind], facet.kind.label, facet.count, facet.chosen)
                for facet in answer.facets
            ],
            "pages": Paginator(
                range(min(answer.total, LAST_PAGE * shown.size)), shown.size
            ).get_page(shown.page),
            "query": _query(shown),
            "all_kinds": _query(shown, kinds=()),
            "popular": [_("Borrow a laptop"), "Itsme", _("Print"), _("Repair")],
        },
    )


def _kind_of(hit):
    """What one such thing is called, above its title."""
    return {
        Kind.LOCATION: _("Digipunt"),
        Kind.CATALOGUE: _("Borrowing"),
        Kind.WORKSHOP: _("Workshop"),
        Kind.STORY: _("Story"),
        Kind.CONTENT: _("Information"),
    }[hit.kind]


def _query(shown, kinds=None):
    """The question as the beginning of a query string, for links to other pages of it."""
    chosen = shown.kinds if kinds is None else kinds
    pairs = [("q", shown.typed), *[("soort", SLUGS[Kind(kind)]) for kind in chosen]]
    return urlencode(pairs) + "&"
