"""Tests of the fallback when Elasticsearch is down, slow or wrong."""

import time
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
from django.db import connection

from search import service
from search.engines.elastic import engine as elastic
from search.queries import parse_query
from search.service import CircuitBreaker, execute_query
from tests.factories.search import rows
from tests.search import failing_server

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
NOTHING = b'{"took":1,"timed_out":false,"hits":{"hits":[]},"aggregations":{"kinds":{"buckets":[]}}}'


@contextmanager
def refusing():
    yield failing_server.refusing()


@contextmanager
def nowhere():
    yield "http://nobody.invalid:9200"


@contextmanager
def saying(*args, **kwargs):
    with failing_server.saying(*args, **kwargs) as (address, _requests):
        yield address


TROUBLES = {
    "refuses": refusing,
    "is silent": failing_server.silent,
    "drips": lambda: failing_server.silent(drip=b"H"),
    "has no such name": nowhere,
    "fails": lambda: saying(500, b'{"error":{"type":"boom"},"status":500}'),
    "is full": lambda: saying(429, b'{"error":{"type":"busy"},"status":429}'),
    "has no index": lambda: saying(404, b'{"error":{"type":"index_not_found"},"status":404}'),
    "wants a password": lambda: saying(401, b'{"error":{"type":"security"},"status":401}'),
    "answers in part": lambda: saying(200, NOTHING.replace(b"false", b"true", 1)),
    "answers something else": lambda: saying(200, b"{}"),
    "answers a list": lambda: saying(200, b"[]"),
    "answers half": lambda: saying(200, NOTHING[:40]),
    "is another server": lambda: saying(200, b"<html>", product="", kind="text/html"),
}


@pytest.mark.parametrize("trouble", TROUBLES)
def test_database_responds_in_time_when_elasticsearch_fails(db, settings, caplog, trouble):
    rows(["fiets"])
    with TROUBLES[trouble]() as settings.ELASTICSEARCH_URL:
        start = time.monotonic()
        answer = execute_query(parse_query("fiets"))
        first = time.monotonic() - start
        start = time.monotonic()
        again = execute_query(parse_query("fiets"))
        second = time.monotonic() - start
    assert [hit.title for hit in answer.hits] == ["<mark>fiets</mark>"]
    assert (answer.engine, answer.is_fallback) == (connection.vendor, True)
    assert again == answer
    assert first < service.TIMEOUT_SECONDS + 1
    assert second < service.TIMEOUT_SECONDS / 2
    assert "Elasticsearch does not answer" in caplog.text


def test_repeated_request_shares_one_timeout(db, settings, monkeypatch):
    requests = []

    def slow(question, at, timeout):
        requests.append(timeout)
        raise TimeoutError

    monkeypatch.setattr(elastic, "search", slow)
    settings.ELASTICSEARCH_URL = "http://127.0.0.1:9"
    assert execute_query(parse_query("rode zeppelin")).is_fallback
    assert len(requests) == 1
    assert requests[0] <= service.TIMEOUT_SECONDS


def test_failing_server_gets_one_request(db, settings, breaker):
    with failing_server.saying(500, b"{}") as (settings.ELASTICSEARCH_URL, requests):
        for _ in range(5):
            assert execute_query(parse_query("fiets")).is_fallback
    assert len(requests) == 1


def test_recovered_server_is_used_again(db, settings, monkeypatch, caplog):
    now = [0.0]
    monkeypatch.setattr(service, "breaker", CircuitBreaker(30, clock=lambda: now[0]))
    with failing_server.saying(500, b"{}") as (settings.ELASTICSEARCH_URL, _requests):
        assert execute_query(parse_query("fiets")).is_fallback
    with failing_server.saying(200, NOTHING) as (settings.ELASTICSEARCH_URL, requests):
        now[0] = 29.9
        assert execute_query(parse_query("fiets")).is_fallback
        assert requests == []
        now[0] = 30.0
        assert not execute_query(parse_query("fiets")).is_fallback
    assert "Elasticsearch answers again" in caplog.text


def test_database_is_no_fallback_when_elasticsearch_is_not_configured(db, settings):
    settings.ELASTICSEARCH_URL = ""
    answer = execute_query(parse_query("fiets"))
    assert (answer.engine, answer.is_fallback) == (connection.vendor, False)


def test_blank_query_sends_no_request(settings):
    settings.ELASTICSEARCH_URL = failing_server.refusing()
    assert execute_query(parse_query('"')).hits == ()


def test_circuit_breaker_allows_one_request_after_recovery_time():
    now = [0.0]
    breaker = CircuitBreaker(30, clock=lambda: now[0])
    assert breaker.allow_request()
    assert breaker.record_failure()
    assert not breaker.record_failure()
    assert not breaker.allow_request()
    now[0] = 30.0
    assert breaker.allow_request()
    assert not breaker.allow_request()
    assert breaker.record_success()
    assert breaker.allow_request()
    assert not breaker.record_success()


def test_request_is_built_without_server():
    request = elastic.build_request(parse_query("laptop lenen", ["lenen"], page=2), AT).to_dict()
    assert (request["from"], request["size"]) == (10, 10)
    assert request["post_filter"] == {"terms": {"kind": ["catalogue"]}}
    assert request["highlight"]["encoder"] == "html"
    (expired,) = request["query"]["bool"]["must_not"]
    assert expired == {"range": {"expires_at": {"lte": "2026-11-23T09:00:00+00:00"}}}
    whole, opened = request["query"]["bool"]["must"]
    assert whole["multi_match"]["query"] == "laptop"
    assert [clause["multi_match"].get("type") for clause in opened["bool"]["should"]] == [
        None,
        "bool_prefix",
    ]
    assert request["_source"] == ["version"]


def test_loose_request_matches_any_word_with_typing_errors():
    request = elastic.build_request(parse_query("lapptop huuren").matching_any(), AT).to_dict()
    assert request["query"]["bool"]["minimum_should_match"] == 1
    assert request["query"]["bool"]["should"][0]["multi_match"]["fuzziness"] == "AUTO:5,9"
