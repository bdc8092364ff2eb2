"""What there is to do this season: the page from live data, and the same on paper."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe
from wagtail.models import Site

from home.pages.site_layout import open_to_all
from locations.brochures.content import content
from locations.brochures.documents import PAPERS, pdf
from locations.brochures.models import BrochurePage


def brochure_context(page, request):
    """At most ten queries, whatever the size of the partnership. A draft has no papers yet."""
    address = page.live and page.get_url(request)
    return {
        "brochure": content(page, page.get_full_url(request) or request.build_absolute_uri("/")),
        "papers": {paper: f"{address}brochure-{paper}.pdf" for paper in PAPERS if address},
    }


@require_safe
def document(request, where, paper):
    """The brochure whose page stands here, on paper; a draft or a private page is not there."""
    if paper not in PAPERS or "\0" in where:
        raise Http404
    site = Site.find_for_request(request)
    if site is None:
        raise Http404
    pages = open_to_all(BrochurePage.objects.select_related("partnership"))
    page = pages.filter(url_path=f"{site.root_page.url_path}{where}").first()
    if page is None:
        raise Http404
    data = content(page, page.get_full_url(request))
    return as_response(pdf(data, paper), f"{page.slug}-{paper}")


def as_response(paper, name):
    response = HttpResponse(paper, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response
