"""Keeping the table equal to the truth: a few pages after a commit, all of them by a job."""

import logging

from django.db import transaction
from django.utils import timezone

from search.entries import entries_for, findable_pages, page_key
from search.models import SearchClock, SearchEntry, SearchRemoval

logger = logging.getLogger(__name__)

CHUNK = 200
COMPARED = [
    field.attname
    for field in SearchEntry._meta.concrete_fields
    if field.attname not in ("id", "version")
]


def refresh_later(page_ids):
    """Refresh these pages after the commit; what goes wrong there harms nobody else."""
    if ids := sorted(page_ids):
        transaction.on_commit(lambda: refresh(ids), robust=True)


def refresh(page_ids, now=None):
    """Make the rows of these pages what they must be now. Returns how many changed or went."""
    ids = list(page_ids)
    return sum(_refresh(ids[at : at + CHUNK], now) for at in range(0, len(ids), CHUNK))


def _refresh(ids, now):
    if not any(_differences(ids, now or timezone.now())):
        return 0
    with transaction.atomic():
        # In line first, then look again: nobody can write an older view over a newer one.
        SearchClock.take(0)
        changed, gone = _differences(ids, now or timezone.now())
        if changed:
            _put(changed)
        if gone:
            _remove(gone)
        return len(changed) + len(gone)


def _differences(ids, now):
    """(entries to write, keys to remove) for these pages."""
    must = {entry.key: entry for entry in entries_for(ids, now)}
    stored = SearchEntry.objects.in_bulk([page_key(pk) for pk in ids], field_name="key")
    changed = [
        entry for key, entry in must.items() if key not in stored or _differ(entry, stored[key])
    ]
    return changed, [key for key in stored if key not in must]


def _differ(one, other):
    return any(getattr(one, name) != getattr(other, name) for name in COMPARED)


def _put(entries):
    for version, entry in _versions(entries):
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
        [SearchRemoval(key=key, version=version) for version, key in _versions(keys)],
        update_conflicts=True,
        unique_fields=["key"],
        update_fields=["version"],
    )


def _versions(things):
    last = SearchClock.take(len(things))
    return zip(range(last - len(things) + 1, last + 1), things, strict=True)


def reconcile(now=None, progress=None):
    """Compare all pages with the table in chunks, and repair; may be broken off and begun again.

    `progress` is called with (pages seen, rows repaired). Returns the number of repaired rows.
    """
    seen = repaired = 0
    pages = findable_pages(now or timezone.now())
    for ids in _chunks(lambda last: pages.filter(pk__gt=last).order_by("pk"), "pk"):
        repaired += refresh(ids, now)
        seen += len(ids)
        if progress:
            progress(seen, repaired)
    rows = SearchEntry.objects.exclude(page=None)
    for ids in _chunks(lambda last: rows.filter(page_id__gt=last).order_by("page_id"), "page_id"):
        public = set(pages.filter(pk__in=ids).values_list("pk", flat=True))
        repaired += refresh([pk for pk in ids if pk not in public], now)
    if progress:
        progress(seen, repaired)
    return repaired


def _chunks(after, column):
    last = 0
    while ids := list(after(last).values_list(column, flat=True)[:CHUNK]):
        yield ids
        last = ids[-1]
