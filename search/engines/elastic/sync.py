"""Synchronisation of the Elasticsearch index with the table: send changes, or rebuild the index.

The mapping of an index stores the last version that it contains. Documents carry their version
too, so that a late or repeated write never replaces a newer document.
"""

import logging
import time
from datetime import timedelta

from django.utils import timezone
from django.utils.crypto import get_random_string
from elasticsearch import NotFoundError
from elasticsearch.helpers import streaming_bulk

from search.engines.elastic.documents import (
    make_document,
    make_index_body,
    make_index_meta,
    schema_fingerprint,
)
from search.engines.elastic.engine import get_client, index_alias
from search.models import SearchClock, SearchEntry, SearchRemoval

logger = logging.getLogger(__name__)

TIMEOUT = 30
CHUNK = 500
GRACE = 2  # seconds in which the old index still serves the queries that it received


class DocumentsRefused(Exception):
    """Elasticsearch refused documents; the index stays marked as behind."""


def sync_index(*, force=False):
    """Send the changes since the last sync; rebuild an index that is missing, outdated or ahead.

    Return the number of changes sent. Safe to run concurrently.
    """
    server = get_client(timeout=TIMEOUT)
    index, metadata = get_live_index(server)
    newest = SearchClock.read()
    if (
        force
        or index is None
        or metadata.get("schema") != schema_fingerprint()
        or metadata["synced"] > newest
    ):
        return rebuild_index()
    return send_changes(server, index, metadata["synced"])


def get_live_index(server):
    """Return the name and metadata of the index behind the alias, or (None, {})."""
    try:
        mappings = server.indices.get_mapping(index=index_alias()).body
    except NotFoundError:
        return None, {}
    index, settings = max(mappings.items())
    return index, {"synced": 0} | settings["mappings"].get("_meta", {})


def send_changes(server, index, synced, *, target=None):
    """Send all changes after version `synced`; return their number.

    They go to the alias by default. The server refuses them if the alias is gone, because a write
    must not create an index.
    """
    sent = 0
    while (upto := SearchClock.read()) > synced:
        actions = _list_changes(target or index_alias(), synced, upto)
        sent += _send(server, actions, require_alias=not target)
        server.indices.put_mapping(index=index, meta=make_index_meta(upto))
        synced = upto
    if sent:
        server.indices.refresh(index=index)
    return sent


def rebuild_index():
    """Fill a new index from the table, then point the alias to it; return the number of documents.

    Until then the old index serves all queries.
    """
    server = get_client(timeout=TIMEOUT)
    upto = SearchClock.read()
    index = _make_index_name(timezone.now())
    server.indices.create(index=index, **make_index_body(synced=upto))
    entries = SearchEntry.objects.order_by("pk").iterator(chunk_size=CHUNK)
    sent = _send(server, (_make_index_action(index, entry) for entry in entries))
    server.indices.refresh(index=index)
    sent += send_changes(server, index, upto, target=index)
    old_indexes = _switch_alias(server, index)
    time.sleep(GRACE)
    for old_index in old_indexes:
        server.indices.delete(index=old_index, ignore_unavailable=True)
    _delete_stale_indexes(server)
    logger.info("Search index %s is live; %s documents sent.", index, sent)
    return sent


def _switch_alias(server, index):
    """Point the alias to this index only; return the indexes that it pointed to before."""
    try:
        old_indexes = set(server.indices.get_alias(name=index_alias()).body) - {index}
    except NotFoundError:
        old_indexes = set()
    removals = [{"remove": {"index": old, "alias": index_alias()}} for old in sorted(old_indexes)]
    server.indices.update_aliases(
        actions=[{"add": {"index": index, "alias": index_alias()}}, *removals]
    )
    return old_indexes


def _delete_stale_indexes(server):
    """Delete the indexes of rebuilds that started over a day ago and did not finish."""
    indexes = server.indices.get_alias(index=f"{index_alias()}-2*").body
    oldest_name = _make_index_name(timezone.now() - timedelta(days=1))
    for index, settings in indexes.items():
        if not settings["aliases"] and index < oldest_name:
            server.indices.delete(index=index, ignore_unavailable=True)


def _make_index_name(now):
    return f"{index_alias()}-{now:%Y%m%d%H%M%S}-{get_random_string(6).lower()}"


def _list_changes(index, after, upto):
    """Yield an action for every entry and removal with a version in (after, upto]."""
    for entry in SearchEntry.objects.changed_between(after, upto).iterator(chunk_size=CHUNK):
        yield _make_index_action(index, entry)
    for removal in SearchRemoval.objects.changed_between(after, upto).iterator(chunk_size=CHUNK):
        yield _make_action("delete", index, removal)


def _make_index_action(index, entry):
    return _make_action("index", index, entry) | {"_source": make_document(entry)}


def _make_action(operation, index, row):
    return {
        "_op_type": operation,
        "_index": index,
        "_id": row.key,
        "version": row.version,
        "version_type": "external_gte",
    }


def _send(server, actions, *, require_alias=False):
    """Send actions in chunks; return their number, and accept that a newer version exists."""
    sent, refused = 0, []
    for succeeded, result in streaming_bulk(
        server, actions, chunk_size=CHUNK, raise_on_error=False, require_alias=require_alias
    ):
        (outcome,) = result.values()
        if succeeded or outcome["status"] == 409 or outcome.get("result") == "not_found":
            sent += 1
        else:
            refused.append(outcome)
    if refused:
        raise DocumentsRefused(f"{len(refused)} refused, the first: {refused[0]}")
    return sent
