"""Keeping the index equal to the table: what changed since, or a new index behind the alias.

Each index remembers in its mapping the last version of the clock that is in it. Versions travel
with the documents too, so that what arrives late or twice can never replace something newer.
"""

import logging
import time
from datetime import timedelta

from django.utils import timezone
from django.utils.crypto import get_random_string
from elasticsearch import NotFoundError
from elasticsearch.helpers import streaming_bulk

from search.models import SearchClock, SearchEntry, SearchRemoval

from .documents import index_body, meta, schema, source
from .engine import alias, client

logger = logging.getLogger(__name__)

TIMEOUT = 30
CHUNK = 500
GRACE = 2  # seconds in which questions that reached the old index still get their answer


class NotAllTaken(Exception):
    """Elasticsearch refused documents; the index stays marked as behind."""


def sync(*, force=False):
    """Bring the live index up to the table; rebuild it if it is missing, foreign or ahead.

    Returns the number of changes sent. Safe to run in two places at once.
    """
    server = client(timeout=TIMEOUT)
    index, known = live(server)
    newest = SearchClock.read()
    if force or index is None or known.get("schema") != schema() or known["synced"] > newest:
        return rebuild()
    return catch_up(server, index, known["synced"])


def live(server):
    """The name of the index behind the alias and what it knows of itself, or (None, {})."""
    try:
        answer = server.indices.get_mapping(index=alias()).body
    except NotFoundError:
        return None, {}
    index, found = max(answer.items())
    return index, {"synced": 0} | found["mappings"].get("_meta", {})


def catch_up(server, index, synced, *, target=None):
    """Send all changes after version `synced`, and remember how far we are.

    By default they go through the alias, which is refused should it have gone meanwhile: an index
    must not come into being by writing to it.
    """
    sent = 0
    while (upto := SearchClock.read()) > synced:
        sent += _send(server, _changes(target or alias(), synced, upto), require_alias=not target)
        server.indices.put_mapping(index=index, meta=meta(upto))
        synced = upto
    if sent:
        server.indices.refresh(index=index)
    return sent


def rebuild():
    """Fill a new index from the whole table, then let the alias point to it in one step.

    Questions go to the old index until that moment. Returns the number of documents sent.
    """
    server = client(timeout=TIMEOUT)
    upto = SearchClock.read()
    index = _new_name(timezone.now())
    server.indices.create(index=index, **index_body(synced=upto))
    rows = SearchEntry.objects.order_by("pk").iterator(chunk_size=CHUNK)
    sent = _send(server, (_put(index, row) for row in rows))
    server.indices.refresh(index=index)
    sent += catch_up(server, index, upto, target=index)
    before = _switch(server, index)
    time.sleep(GRACE)
    for old in before:
        server.indices.delete(index=old, ignore_unavailable=True)
    _sweep(server)
    logger.info("Search index %s is live; %s documents sent.", index, sent)
    return sent


def _switch(server, index):
    """Point the alias to this index only; returns what it pointed to before."""
    try:
        before = set(server.indices.get_alias(name=alias()).body) - {index}
    except NotFoundError:
        before = set()
    left = [{"remove": {"index": old, "alias": alias()}} for old in sorted(before)]
    server.indices.update_aliases(actions=[{"add": {"index": index, "alias": alias()}}, *left])
    return before


def _sweep(server):
    """Drop indexes that a rebuild began a day ago or longer, and never finished."""
    found = server.indices.get_alias(index=f"{alias()}-2*").body
    stale = _new_name(timezone.now() - timedelta(days=1))
    for index, about in found.items():
        if not about["aliases"] and index < stale:
            server.indices.delete(index=index, ignore_unavailable=True)


def _new_name(now):
    return f"{alias()}-{now:%Y%m%d%H%M%S}-{get_random_string(6).lower()}"


def _changes(index, after, upto):
    """What to send for every row and every removal with a version in (after, upto]."""
    for row in SearchEntry.objects.changed_between(after, upto).iterator(chunk_size=CHUNK):
        yield _put(index, row)
    for removal in SearchRemoval.objects.changed_between(after, upto).iterator(chunk_size=CHUNK):
        yield _versioned("delete", index, removal)


def _put(index, row):
    return _versioned("index", index, row) | {"_source": source(row)}


def _versioned(what, index, row):
    return {
        "_op_type": what,
        "_index": index,
        "_id": row.key,
        "version": row.version,
        "version_type": "external_gte",
    }


def _send(server, actions, *, require_alias=False):
    """Send these actions in chunks; a newer version that is there already is fine."""
    sent, refused = 0, []
    for taken, what in streaming_bulk(
        server, actions, chunk_size=CHUNK, raise_on_error=False, require_alias=require_alias
    ):
        (outcome,) = what.values()
        if taken or outcome["status"] == 409 or outcome.get("result") == "not_found":
            sent += 1
        else:
            refused.append(outcome)
    if refused:
        raise NotAllTaken(f"{len(refused)} refused, the first: {refused[0]}")
    return sent
