"""Data to paper: PDF/UA-1 out of a typst template in `templates/documents/` and a dict.

What people typed goes in as JSON and stays text, whatever it holds. Dates, weekdays and amounts
arrive in words. A document that would not be accessible is not made.
"""

import functools
import json
import threading

import segno
import typst
from django.conf import settings
from django.utils.translation import gettext as _

from home.documents.printable import clean, font_folders

TEMPLATES = settings.PROJECT_DIR / "templates" / "documents"
STANDARDS = ["ua-1"]

_lock = threading.Lock()  # a Compiler is not for two threads at once


class DocumentNotMade(Exception):
    """The template refuses the data, or the result would not be accessible."""

    def __init__(self, template, reason):
        super().__init__(
            _("The document %(template)s could not be made: %(reason)s")
            % {"template": template, "reason": reason}
        )


def render(template, data, *, title=None, lang="nl", timestamp=None, drawings=()):
    """PDF/UA-1 bytes of `templates/documents/<template>.typ`.

    `data` is JSON-like; for a `qr_url` in it, at any depth, a QR code is drawn (an upper-case
    address gives the smallest). `title` replaces the title of the template. With the same
    `timestamp` (a datetime) the same data gives the same bytes: give the date of issue.
    `drawings` are pages of another document, as `drawn` gives them.
    """
    words = {}
    if title:
        words = {f"{template}.doc-title": title, f"{template}.doc-title-one": title}
    return _compiled(
        template,
        {"lang": lang, **data},
        words,
        drawings=drawings,
        format="pdf",
        pdf_standards=STANDARDS,
        timestamp=int(timestamp.timestamp()) if timestamp else None,
    )


def drawn(template, data, *, lang="nl"):
    """The pages of the same document as drawings (SVG), to lay beside each other on a sheet."""
    pages = _compiled(template, {"lang": lang, **data}, {}, format="svg")
    return [page.decode() for page in ([pages] if isinstance(pages, bytes) else pages)]


def _compiled(template, data, words, *, drawings=(), **options):
    inputs = {
        "drawings": json.dumps(drawings),
        "data": json.dumps(clean(_with_qr(data)), ensure_ascii=False),
        "words": json.dumps(clean(words), ensure_ascii=False),
    }
    with _lock:
        try:
            return _compiler(template).compile(sys_inputs=inputs, **options)
        except typst.TypstError as error:
            raise DocumentNotMade(template, str(error)) from error


@functools.cache
def _compiler(template):
    """Kept, so that fonts and sources are read once."""
    if not template.isidentifier():
        raise ValueError(f"{template!r} is no name of a template.")
    return typst.Compiler(
        str(TEMPLATES / f"{template}.typ"), root=str(TEMPLATES), font_paths=_fonts()
    )


@functools.cache
def _fonts():
    """Only ours: every machine gives the same pages."""
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=font_folders()
    )


def qr_svg(address):
    """A QR code as SVG, quiet zone included."""
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
