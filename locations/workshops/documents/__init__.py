"""Documents about workshops as PDF."""

from django.http import HttpResponse


def private_pdf(content, name):
    """Return PDF bytes as a response that opens in the browser and is not cached."""
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'inline; filename="{name}.pdf"',
            "Cache-Control": "private, no-store",
            "X-Robots-Tag": "noindex",
        },
    )
