"""The document that Elasticsearch keeps of a row, and the index it lives in."""

import hashlib
import json

from elasticsearch.dsl import Date, Document, GeoPoint, Keyword, Long, MetaField, Text

from .analysis import asking, plain, reading


def _text():
    return Text(
        analyzer=reading,
        search_analyzer=asking,
        fields={"plain": Text(analyzer=plain)},
    )


class EntryDocument(Document):
    kind = Keyword()
    version = Long()
    expires_at = Date()
    title = _text()
    place = _text()
    postcode = _text()
    summary = _text()
    body = _text()
    point = GeoPoint()
    starts_at = Date()
    ends_at = Date()
    facets = Keyword()

    class Meta:
        dynamic = MetaField("strict")


def source(entry):
    """The row as Elasticsearch stores it."""
    point = None
    if entry.lat is not None and entry.lon is not None:
        point = {"lat": entry.lat, "lon": entry.lon}
    return {
        "kind": entry.kind,
        "version": entry.version,
        "expires_at": entry.expires_at,
        "title": entry.title,
        "place": entry.place,
        "postcode": entry.postcode,
        "summary": entry.summary,
        "body": entry.body,
        "point": point,
        "starts_at": entry.starts_at,
        "ends_at": entry.ends_at,
        "facets": [f"{name}:{value}" for name, values in entry.facets.items() for value in values],
    }


def index_body(*, synced):
    """Settings and mappings for a new index that holds all changes up to version `synced`."""
    body = _body()
    return body | {"mappings": body["mappings"] | {"_meta": meta(synced)}}


def meta(synced):
    """What an index knows of itself: the last change in it, and how its documents are read."""
    return {"synced": synced, "schema": schema()}


def schema():
    """A fingerprint of how documents are read: another one means that the index must be rebuilt."""
    return hashlib.sha256(json.dumps(_body(), sort_keys=True).encode()).hexdigest()[:16]


def _body():
    index = EntryDocument._index.clone(name="entries")
    index.settings(
        number_of_shards=1,
        auto_expand_replicas="0-1",
        # Long enough that a straggler with an older version can not bring back what was deleted.
        gc_deletes="1h",
    )
    return index.to_dict()
