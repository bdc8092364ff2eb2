"""Updates of the table of entries: some pages after a commit, all pages by a job."""

import logging

from django.db import transaction
from django.utils import timezone

from search.entries.building import build_entries, entry_key, searchable_pages
from search.models import SearchClock, SearchEntry, SearchRemoval

logger = logging.getLogger(__name__)

CHUNK = 200
COMPARED = [
    field.attname
    for field in SearchEntry._meta.concrete_fields
    if field.attname not in ("id", "version")
]


def refresh_on_commit(page_ids):
    """Refresh the entries of these pages after the commit; errors are only logged."""
    if ids := sorted(page_ids):
        transaction.on_commit(lambda: refresh_entries(ids), robust=True)


def refresh_entries(page_ids, now=None):
    """Update the entries of these pages; return how many changed or were removed."""
    ids = list(page_ids)
    return sum(_refresh_chunk(ids[at : at + CHUNK], now) for at in range(0, len(ids), CHUNK))


def _refresh_chunk(ids, now):
    if not any(_find_differences(ids, now or timezone.now())):
        return 0
    with transaction.atomic():
        # Lock first, then compare again, so that concurrent refreshes never write stale data.
        SearchClock.take(0)
        changed, removed = _find_differences(ids, now or timezone.now())
        if changed:
            _save(changed)
        if removed:
            _remove(removed)
        return len(changed) + len(removed)


def _find_differences(ids, now):
    """Return (entries to write, keys to remove) for these pages."""
    expected = {entry.key: entry for entry in build_entries(ids, now)}
    stored = SearchEntry.objects.in_bulk([entry_key(pk) for pk in ids], field_name="key")
    changed = [
        entry for key, entry in expected.items() if key not in stored or _differ(entry, stored[key])
    ]
    return changed, [key for key in stored if key not in expected]


def _differ(entry, other):
    return any(getattr(entry, name) != getattr(other, name) for name in COMPARED)


def _save(entries):
    for version, entry in _pair_with_versions(entries):
        entry.version = version
    SearchEntry.objects.bulk_create(
        entries,
        update_conflicts=True,
        unique_fields=["key"],
        update_fields=[*[name for name in COMPARED if name != "key"], "version"],
    )
    SearchRemoval.objects.filter(key__in=[entry.key for entry in entries]).delete()


def _remove(keys):
    SearchEntry.objects.filter(key__in=keys).delete()
    SearchRemoval.objects.bulk_create(
        [SearchRemoval(key=key, version=version) for version, key in _pair_with_versions(keys)],
        update_conflicts=True,
        unique_fields=["key"],
        update_fields=["version"],
    )


def _pair_with_versions(rows):
    last = SearchClock.take(len(rows))
    return zip(range(last - len(rows) + 1, last + 1), rows, strict=True)


def reconcile(now=None, progress=None):
    """Compare all pages with the table in chunks and repair it; return the number of repairs.

    `progress` is called with (pages compared, rows repaired). Safe to interrupt and repeat.
    """
    compared = repaired = 0
    pages = searchable_pages(now or timezone.now())
    for ids in _chunks(lambda last: pages.filter(pk__gt=last).order_by("pk"), "pk"):
        repaired += refresh_entries(ids, now)
        compared += len(ids)
        if progress:
            progress(compared, repaired)
    entries = SearchEntry.objects.exclude(page=None)
    for ids in _chunks(
        lambda last: entries.filter(page_id__gt=last).order_by("page_id"), "page_id"
    ):
        public = set(pages.filter(pk__in=ids).values_list("pk", flat=True))
        repaired += refresh_entries([pk for pk in ids if pk not in public], now)
    if progress:
        progress(compared, repaired)
    return repaired


def _chunks(after, column):
    last = 0
    while ids := list(after(last).values_list(column, flat=True)[:CHUNK]):
        yield ids
        last = ids[-1]
