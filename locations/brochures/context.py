"""Template context of a brochure page."""

from locations.brochures.content import brochure_content
from locations.brochures.documents import FORMATS


def brochure_context(page, request):
    """Return the content and the addresses of the PDF files, which a draft does not have.

    At most ten queries, whatever the size of the partnership.
    """
    url = page.live and page.get_url(request)
    full_url = page.get_full_url(request) or request.build_absolute_uri("/")
    return {
        "brochure": brochure_content(page, full_url),
        "papers": {name: f"{url}brochure-{name}.pdf" for name in FORMATS if url},
    }
