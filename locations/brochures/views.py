"""Public PDF files of a brochure."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe
from wagtail.models import Site

from home.pages.site_layout import live_and_public
from locations.brochures.content import brochure_content
from locations.brochures.documents import FORMATS, brochure_pdf
from locations.brochures.models import BrochurePage


@require_safe
def brochure_document(request, where, paper):
    """Return the PDF of the brochure page at path `where`; 404 for a draft or a private page."""
    if paper not in FORMATS or "\0" in where:
        raise Http404
    site = Site.find_for_request(request)
    if site is None:
        raise Http404
    pages = live_and_public(BrochurePage.objects.select_related("partnership"))
    page = pages.filter(url_path=f"{site.root_page.url_path}{where}").first()
    if page is None:
        raise Http404
    content = brochure_content(page, page.get_full_url(request))
    return brochure_response(brochure_pdf(content, paper), f"{page.slug}-{paper}")


def brochure_response(pdf, name):
    """Return a response that shows PDF bytes in the browser; `name` has no extension."""
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response
