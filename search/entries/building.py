"""Search entries built from public pages, as the modules of this package describe them."""

import unicodedata

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, prefetch_related_objects
from wagtail.models import Page

from search.entries import home, lending, locations
from search.models import SearchEntry
from search.texts import extract_text

MAX_BODY_LENGTH = 100_000

APPS = (home, locations, lending)
ENTRY_TYPES = {entry_type.model: entry_type for app in APPS for entry_type in app.ENTRY_TYPES}
RELATED_PAGES = {model: get_pks for app in APPS for model, get_pks in app.RELATED_PAGES.items()}
"""Models that appear in entries, and a function that returns the primary keys of the pages."""


def entry_key(page_id):
    """Return the key of the entry of a page."""
    return f"page:{page_id}"


def searchable_pages(now):
    """Return the pages of these classes that everybody may read: live, public, not expired."""
    content_types = ContentType.objects.get_for_models(*ENTRY_TYPES).values()
    return (
        Page.objects.live()
        .public()
        .filter(Q(expire_at=None) | Q(expire_at__gt=now), content_type__in=content_types)
    )


def build_entries(page_ids, now):
    """Return unsaved entries, without version, of the searchable pages among these.

    The number of queries depends on the number of page classes only.
    """
    pages = list(searchable_pages(now).filter(pk__in=page_ids).specific())
    for model, entry_type in ENTRY_TYPES.items():
        same_type = [page for page in pages if type(page) is model]
        if same_type:
            prefetch_related_objects(same_type, *entry_type.prefetches(now))
    return [entry for page in pages if (entry := _build_entry(page, now))]


def _build_entry(page, now):
    entry_type = ENTRY_TYPES[type(page)]
    url = page.get_url()
    fields = entry_type.describe(page, now) if url else None
    if fields is None:
        return None
    return SearchEntry(
        key=entry_key(page.pk),
        kind=entry_type.kind,
        page_id=page.pk,
        url=url,
        expires_at=page.expire_at,
        title=_clean(page.title)[:255],
        summary=_clean(fields.pop("summary")),
        body=_clean(" ".join(extract_text(fields.pop("body"))))[:MAX_BODY_LENGTH],
        city=_clean(fields.pop("city", ""))[:255],
        postcode=_clean(fields.pop("postcode", ""))[:64],
        **fields,
    )


def _clean(text):
    """Return one line without control characters, which engines use for highlights."""
    printable = "".join(
        " " if unicodedata.category(character) == "Cc" else character for character in text or ""
    )
    return " ".join(printable.split())
