"""Questions to Elasticsearch, built as values, and its answers in the shape of every engine."""

import html
from datetime import UTC

from django.conf import settings
from elasticsearch import Elasticsearch
from elasticsearch.dsl import Q, Search

from search.answers import CLOSE, OPEN, Found, Match

name = "elasticsearch"

WEIGHTS = {"title": 8, "place": 5, "postcode": 5, "summary": 3, "body": 1}
FIELDS = [f"{field}^{weight}" for field, weight in WEIGHTS.items()]
PLAIN_FIELDS = [f"{field}.plain^{weight}" for field, weight in WEIGHTS.items()]

_clients = {}


class UnreadableAnswer(Exception):
    """What answered is not an Elasticsearch that we understand."""


def alias():
    """The name under which the live index is asked: one per environment."""
    return f"{settings.SEARCH_INDEX_PREFIX}entries"


def client(*, timeout):
    """A connection that gives up after `timeout` seconds, and does not try again."""
    url = settings.ELASTICSEARCH_URL
    if url not in _clients:
        _clients[url] = Elasticsearch(url, max_retries=0, retry_on_timeout=False)
    return _clients[url].options(request_timeout=timeout)


def request(question, at):
    """The search request; `to_dict()` shows it without a server."""
    *closed, last = question.words
    terms = [_term(word, loose=question.loose) for word in closed]
    terms.append(_term(last, loose=question.loose, opened=question.last_is_open))
    expired = Q("range", expires_at={"lte": at.astimezone(UTC).isoformat()})
    how = {"should": terms, "minimum_should_match": 1} if question.loose else {"must": terms}
    search = Search().query(Q("bool", must_not=[expired], **how))
    search.aggs.bucket("kinds", "terms", field="kind", size=50)
    if question.kinds:
        search = search.post_filter("terms", kind=list(question.kinds))
    search = search.highlight_options(
        encoder="html", pre_tags=[OPEN], post_tags=[CLOSE], require_field_match=False
    )
    search = search.highlight("title", "summary", number_of_fragments=0)
    search = search.highlight("body", number_of_fragments=1, fragment_size=220)
    return search.source(["version"])[question.offset : question.offset + question.size]


def _term(word, *, loose, opened=False):
    fuzzy = {"fuzziness": "AUTO:5,9", "prefix_length": 1} if loose else {}
    whole = Q("multi_match", query=word, fields=FIELDS, **fuzzy)
    if not opened:
        return whole
    start = Q("multi_match", query=word, fields=PLAIN_FIELDS, type="bool_prefix", boost=0.5)
    return Q("bool", should=[whole, start], minimum_should_match=1)


def search(question, at, *, timeout):
    """What the question finds; raises TransportError, ApiError or UnreadableAnswer."""
    asked = request(question, at).using(client(timeout=timeout)).index(alias())
    return read(asked.params(request_cache=False).execute().to_dict())


def read(response):
    """The answer of the server as matches and counts."""
    try:
        if response["timed_out"]:
            raise UnreadableAnswer("Elasticsearch answered only in part.")
        buckets = response["aggregations"]["kinds"]["buckets"]
        return Found(
            tuple(_match(hit) for hit in response["hits"]["hits"]),
            {bucket["key"]: bucket["doc_count"] for bucket in buckets},
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise UnreadableAnswer("Elasticsearch answered something else.") from error


def _match(hit):
    """The server escapes what it marks; here it is text again, for `answers.marked` escapes all."""
    light = {field: html.unescape(pieces[0]) for field, pieces in hit.get("highlight", {}).items()}
    return Match(
        key=hit["_id"],
        version=hit["_source"]["version"],
        title=light.get("title", ""),
        summary=light.get("summary", ""),
        body=light.get("body", ""),
    )
