"""What places print: data of our rows in the shapes that the templates ask."""

from django.http import HttpResponse


def private_pdf(content, name):
    """A PDF (bytes) that opens in the browser, ready to print; kept by nobody in between."""
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'inline; filename="{name}.pdf"',
            "Cache-Control": "private, no-store",
            "X-Robots-Tag": "noindex",
        },
    )
