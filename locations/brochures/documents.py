"""A brochure on paper: A4, A5 to read, and A5 as sheets that fold into a booklet."""

from hashlib import sha256

from django.core.cache import cache

from home.documents import rendering

KEEP = 3600
PAPERS = ("a4", "a5", "boekje")


def pdf(data, paper, *, timestamp=None):
    """PDF/UA bytes of a brochure (see `feeds.brochure`), kept as long as nothing in it changes.

    The same data and timestamp (a datetime) give the same bytes.
    """
    if paper not in PAPERS:
        raise ValueError(f"{paper!r} is no paper of ours.")
    key = "brochure." + sha256(repr((paper, timestamp, data)).encode()).hexdigest()
    return cache.get_or_set(key, lambda: _made(data, paper, timestamp), KEEP)


def _made(data, paper, timestamp):
    data = {**data, "qr_url": data["url"]}
    if paper != "boekje":
        return rendering.render("brochure", {**data, "paper": paper}, timestamp=timestamp)
    pages = rendering.drawn("brochure", {**data, "paper": "a5"})
    sheets = {"title": data["title"], "season": data["season"], "sides": sides(len(pages))}
    return rendering.render("booklet", sheets, timestamp=timestamp, drawings=pages)


def sides(pages):
    """Which pages lie beside each other on each side of a sheet, as (left, right), from page 1.

    Folded together, sheet in sheet, they read in order: saddle stitch. There are 4 on each sheet.
    """
    if pages % 4:
        raise ValueError("A booklet has 4 pages on each sheet.")
    return [
        (pages - side, side + 1) if side % 2 == 0 else (side + 1, pages - side)
        for side in range(pages // 2)
    ]
