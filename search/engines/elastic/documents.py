"""The Elasticsearch document of an entry, and the index that contains it."""

import hashlib
import json

from elasticsearch.dsl import Date, Document, GeoPoint, Keyword, Long, MetaField, Text

from search.engines.elastic.analysis import exact_analyzer, index_analyzer, query_analyzer


def _text():
    return Text(
        analyzer=index_analyzer,
        search_analyzer=query_analyzer,
        fields={"plain": Text(analyzer=exact_analyzer)},
    )


class EntryDocument(Document):
    kind = Keyword()
    version = Long()
    expires_at = Date()
    title = _text()
    city = _text()
    postcode = _text()
    summary = _text()
    body = _text()
    point = GeoPoint()
    starts_at = Date()
    ends_at = Date()
    facets = Keyword()

    class Meta:
        dynamic = MetaField("strict")


def make_document(entry):
    """Return the document of an entry."""
    point = None
    if entry.lat is not None and entry.lon is not None:
        point = {"lat": entry.lat, "lon": entry.lon}
    return {
        "kind": entry.kind,
        "version": entry.version,
        "expires_at": entry.expires_at,
        "title": entry.title,
        "city": entry.city,
        "postcode": entry.postcode,
        "summary": entry.summary,
        "body": entry.body,
        "point": point,
        "starts_at": entry.starts_at,
        "ends_at": entry.ends_at,
        "facets": [f"{name}:{value}" for name, values in entry.facets.items() for value in values],
    }


def make_index_body(*, synced):
    """Return settings and mappings of a new index with all changes up to version `synced`."""
    body = _make_body()
    return body | {"mappings": body["mappings"] | {"_meta": make_index_meta(synced)}}


def make_index_meta(synced):
    """Return the metadata of an index: the last version in it, and its schema."""
    return {"synced": synced, "schema": schema_fingerprint()}


def schema_fingerprint():
    """Return a fingerprint of mappings and analyzers; an index with another one is rebuilt."""
    return hashlib.sha256(json.dumps(_make_body(), sort_keys=True).encode()).hexdigest()[:16]


def _make_body():
    index = EntryDocument._index.clone(name="entries")
    index.settings(
        number_of_shards=1,
        auto_expand_replicas="0-1",
        # Long enough that a late write of an older version cannot restore a deleted document.
        gc_deletes="1h",
    )
    return index.to_dict()
