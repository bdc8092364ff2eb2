"""Accessible PDF documents (PDF/UA-1), rendered with typst from `templates/documents/` and a dict.

Data is passed as JSON, so that typst never evaluates user input. The caller formats dates and
amounts. A document that would not be accessible is refused.
"""

import functools
import json
import threading

import segno
import typst
from django.conf import settings
from django.utils.translation import gettext as _

from home.documents.printable import font_folders, printable_data

TEMPLATES = settings.PROJECT_DIR / "templates" / "documents"
STANDARDS = ["ua-1"]

_lock = threading.Lock()  # a Compiler is not thread-safe


class DocumentError(Exception):
    """The template refused the data, or the result would not be accessible."""

    def __init__(self, template, reason):
        super().__init__(
            _("The document %(template)s could not be made: %(reason)s")
            % {"template": template, "reason": reason}
        )


def render(template, data, *, title=None, lang="nl", timestamp=None, svg_pages=()):
    """Return `templates/documents/<template>.typ` as PDF/UA-1 bytes; raise DocumentError.

    `data` is JSON-like; each `qr_url` in it, at any depth, gets a QR code (an upper-case URL gives
    the smallest). `title` replaces the title of the template. Pass the date of issue as
    `timestamp` (a datetime) to get the same bytes for the same data. `svg_pages` are pages of
    another document, from `render_svg_pages`.
    """
    overrides = {}
    if title:
        overrides = {f"{template}.doc-title": title, f"{template}.doc-title-one": title}
    return _compile(
        template,
        {"lang": lang, **data},
        overrides,
        svg_pages=svg_pages,
        format="pdf",
        pdf_standards=STANDARDS,
        timestamp=int(timestamp.timestamp()) if timestamp else None,
    )


def render_svg_pages(template, data, *, lang="nl"):
    """Return the pages of a document as SVG, to arrange them on larger sheets."""
    pages = _compile(template, {"lang": lang, **data}, {}, format="svg")
    return [page.decode() for page in ([pages] if isinstance(pages, bytes) else pages)]


def _compile(template, data, overrides, *, svg_pages=(), **options):
    inputs = {
        "svg_pages": json.dumps(svg_pages),
        "data": json.dumps(printable_data(_with_qr(data)), ensure_ascii=False),
        "overrides": json.dumps(printable_data(overrides), ensure_ascii=False),
    }
    with _lock:
        try:
            return _compiler(template).compile(sys_inputs=inputs, **options)
        except typst.TypstError as error:
            raise DocumentError(template, str(error)) from error


@functools.cache
def _compiler(template):
    """Return a compiler that is kept, so that fonts and sources are read once."""
    if not template.isidentifier():
        raise ValueError(f"{template!r} is not the name of a template.")
    return typst.Compiler(
        str(TEMPLATES / f"{template}.typ"), root=str(TEMPLATES), font_paths=_fonts()
    )


@functools.cache
def _fonts():
    """Return only the installed font packages, so that every machine renders the same pages."""
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=font_folders()
    )


def qr_svg(address):
    """Return a QR code as SVG, with its quiet zone."""
    code = segno.make(address, error="m", boost_error=False)
    return code.svg_inline(border=3, omitsize=True, dark="#000", light="#fff")


def _with_qr(value):
    if isinstance(value, dict):
        value = {name: _with_qr(item) for name, item in value.items()}
        if "qr_url" in value:
            value["qr_svg"] = qr_svg(value["qr_url"])
    elif isinstance(value, (list, tuple)):
        value = [_with_qr(item) for item in value]
    return value
