"""The search page: /zoeken/?q=&soort=&page=. It only reads."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from search.models import Kind
from search.queries import MAX_PAGE, SLUGS, parse_query
from search.service import execute_query

ICONS = {
    Kind.LOCATION: "pin",
    Kind.CATALOGUE: "laptop",
    Kind.WORKSHOP: "book",
    Kind.STORY: "speech",
    Kind.CONTENT: "info",
}


@dataclass(frozen=True)
class KindChoice:
    """A checkbox to filter on one kind."""

    slug: str
    label: str
    count: int
    is_selected: bool


@require_safe
def search_page(request):
    """Render the search form and a page of results."""
    query = parse_query(
        request.GET.get("q", ""), request.GET.getlist("soort"), request.GET.get("page", 1)
    )
    results = execute_query(query)
    query = results.query
    return render(
        request,
        "search/search_page.html",
        {
            "results": results,
            "search_query": query,
            "crumb": pgettext("search page", "Search"),
            "hits": [(hit, _kind_label(hit), ICONS[hit.kind]) for hit in results.hits],
            "choices": [
                KindChoice(SLUGS[facet.kind], facet.kind.label, facet.count, facet.is_selected)
                for facet in results.facets
            ],
            "pages": Paginator(
                range(min(results.total, MAX_PAGE * query.size)), query.size
            ).get_page(query.page),
            "query": _query_string(query),
            "all_kinds": _query_string(query, kinds=()),
            "popular": [_("Borrow a laptop"), "Itsme", _("Print"), _("Repair")],
        },
    )


def _kind_label(hit):
    """Return the singular name of the kind, shown above the title."""
    return {
        Kind.LOCATION: _("Digipunt"),
        Kind.CATALOGUE: _("Borrowing"),
        Kind.WORKSHOP: _("Workshop"),
        Kind.STORY: _("Story"),
        Kind.CONTENT: _("Information"),
    }[hit.kind]


def _query_string(query, kinds=None):
    """Return the start of a query string, for links to other pages of the results."""
    kinds = query.kinds if kinds is None else kinds
    pairs = [("q", query.typed), *[("soort", SLUGS[Kind(kind)]) for kind in kinds]]
    return urlencode(pairs) + "&"
