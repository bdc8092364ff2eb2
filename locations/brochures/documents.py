"""A brochure as PDF: A4, A5, and a booklet of A5 pages on A4 sheets that are folded."""

from hashlib import sha256

from django.core.cache import cache

from home.documents import rendering

CACHE_SECONDS = 3600
FORMATS = ("a4", "a5", "boekje")


def brochure_pdf(content, paper_format, *, timestamp=None):
    """Return the PDF/UA bytes of a brochure, from the cache while its content is the same.

    `content` comes from `brochure_content`. The same content and timestamp (a datetime) give the
    same bytes. Raise ValueError for an unknown format.
    """
    if paper_format not in FORMATS:
        raise ValueError(f"{paper_format!r} is not a format of a brochure.")
    key = "brochure." + sha256(repr((paper_format, timestamp, content)).encode()).hexdigest()
    return cache.get_or_set(key, lambda: _render(content, paper_format, timestamp), CACHE_SECONDS)


def _render(content, paper_format, timestamp):
    content = {**content, "qr_url": content["url"]}
    if paper_format != "boekje":
        return rendering.render("brochure", {**content, "paper": paper_format}, timestamp=timestamp)
    pages = rendering.render_svg_pages("brochure", {**content, "paper": "a5"})
    sheets = {
        "title": content["title"],
        "season": content["season"],
        "sides": booklet_sides(len(pages)),
    }
    return rendering.render("booklet", sheets, timestamp=timestamp, svg_pages=pages)


def booklet_sides(pages):
    """Return the page numbers (left, right) on each side of a sheet, for saddle stitching.

    Raise ValueError if the number of pages is not a multiple of four.
    """
    if pages % 4:
        raise ValueError("A booklet has 4 pages on each sheet.")
    return [
        (pages - side, side + 1) if side % 2 == 0 else (side + 1, pages - side)
        for side in range(pages // 2)
    ]
