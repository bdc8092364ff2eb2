"""Requests to Elasticsearch, built as values, and its responses in the common form."""

import html
from datetime import UTC

from django.conf import settings
from elasticsearch import Elasticsearch
from elasticsearch.dsl import Q, Search

from search.results import HIGHLIGHT_END, HIGHLIGHT_START, EngineHit, EngineResponse

name = "elasticsearch"

WEIGHTS = {"title": 8, "city": 5, "postcode": 5, "summary": 3, "body": 1}
FIELDS = [f"{field}^{weight}" for field, weight in WEIGHTS.items()]
PLAIN_FIELDS = [f"{field}.plain^{weight}" for field, weight in WEIGHTS.items()]

_clients = {}


class UnexpectedResponse(Exception):
    """The response is incomplete or has another format."""


def index_alias():
    """Return the alias of the live index: one per environment."""
    return f"{settings.SEARCH_INDEX_PREFIX}entries"


def get_client(*, timeout):
    """Return a client that times out after `timeout` seconds and does not retry."""
    url = settings.ELASTICSEARCH_URL
    if url not in _clients:
        _clients[url] = Elasticsearch(url, max_retries=0, retry_on_timeout=False)
    return _clients[url].options(request_timeout=timeout)


def build_request(query, at):
    """Return the search request; `to_dict()` shows it without a server."""
    *whole_words, last = query.words
    terms = [_term(word, match_any=query.match_any) for word in whole_words]
    terms.append(_term(last, match_any=query.match_any, is_prefix=query.last_is_prefix))
    expired = Q("range", expires_at={"lte": at.astimezone(UTC).isoformat()})
    clauses = {"should": terms, "minimum_should_match": 1} if query.match_any else {"must": terms}
    search = Search().query(Q("bool", must_not=[expired], **clauses))
    search.aggs.bucket("kinds", "terms", field="kind", size=50)
    if query.kinds:
        search = search.post_filter("terms", kind=list(query.kinds))
    search = search.highlight_options(
        encoder="html",
        pre_tags=[HIGHLIGHT_START],
        post_tags=[HIGHLIGHT_END],
        require_field_match=False,
    )
    search = search.highlight("title", "summary", number_of_fragments=0)
    search = search.highlight("body", number_of_fragments=1, fragment_size=220)
    return search.source(["version"])[query.offset : query.offset + query.size]


def _term(word, *, match_any, is_prefix=False):
    fuzzy = {"fuzziness": "AUTO:5,9", "prefix_length": 1} if match_any else {}
    whole = Q("multi_match", query=word, fields=FIELDS, **fuzzy)
    if not is_prefix:
        return whole
    start = Q("multi_match", query=word, fields=PLAIN_FIELDS, type="bool_prefix", boost=0.5)
    return Q("bool", should=[whole, start], minimum_should_match=1)


def search(query, at, *, timeout):
    """Return the response to a query.

    Raise TransportError, ApiError or UnexpectedResponse.
    """
    request = build_request(query, at).using(get_client(timeout=timeout)).index(index_alias())
    return parse_response(request.params(request_cache=False).execute().to_dict())


def parse_response(response):
    """Return the hits and counts in a response of the server; raise UnexpectedResponse."""
    try:
        if response["timed_out"]:
            raise UnexpectedResponse("Elasticsearch answered only in part.")
        buckets = response["aggregations"]["kinds"]["buckets"]
        return EngineResponse(
            tuple(_parse_hit(hit) for hit in response["hits"]["hits"]),
            {bucket["key"]: bucket["doc_count"] for bucket in buckets},
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise UnexpectedResponse("Elasticsearch answered something else.") from error


def _parse_hit(hit):
    """Return a hit as plain text; the server escapes fragments, and `highlight` escapes again."""
    fragments = {
        field: html.unescape(values[0]) for field, values in hit.get("highlight", {}).items()
    }
    return EngineHit(
        key=hit["_id"],
        version=hit["_source"]["version"],
        title=fragments.get("title", ""),
        summary=fragments.get("summary", ""),
        body=fragments.get("body", ""),
    )
