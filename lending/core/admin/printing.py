"""Responses with a document to print."""

from django.http import HttpResponse


def pdf_response(content, name):
    """Return a PDF (bytes) that opens in the browser and stays out of every cache."""
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'inline; filename="{name}.pdf"',
            "Cache-Control": "private, no-store",
        },
    )
