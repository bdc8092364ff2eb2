"""Elasticsearch that is down, slow or mad: an answer in time, and a word in the log."""

import time
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
from django.db import connection

from search import service
from search.engines.elastic import engine as elastic
from search.questions import question
from search.service import Breaker, ask
from tests.factories.search import rows
from tests.search import deaf_server

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
NOTHING = b'{"took":1,"timed_out":false,"hits":{"hits":[]},"aggregations":{"kinds":{"buckets":[]}}}'


@contextmanager
def refusing():
    yield deaf_server.refusing()


@contextmanager
def nowhere():
    yield "http://nobody.invalid:9200"


@contextmanager
def saying(*args, **kwargs):
    with deaf_server.saying(*args, **kwargs) as (address, _asked):
        yield address


TROUBLES = {
    "refuses": refusing,
    "is silent": deaf_server.silent,
    "drips": lambda: deaf_server.silent(drip=b"H"),
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
def test_a_server_in_trouble_costs_little_and_hides_nothing(db, settings, caplog, trouble):
    rows(["fiets"])
    with TROUBLES[trouble]() as settings.ELASTICSEARCH_URL:
        start = time.monotonic()
        answer = ask(question("fiets"))
        first = time.monotonic() - start
        start = time.monotonic()
        again = ask(question("fiets"))
        second = time.monotonic() - start
    assert [hit.title for hit in answer.hits] == ["<mark>fiets</mark>"]
    assert (answer.engine, answer.fallback) == (connection.vendor, True)
    assert again == answer
    assert first < service.BUDGET + 1
    assert second < service.BUDGET / 2
    assert "Elasticsearch does not answer" in caplog.text


def test_a_question_asked_twice_over_shares_one_budget(db, settings, monkeypatch):
    asked = []

    def slow(question, at, timeout):
        asked.append(timeout)
        raise TimeoutError

    monkeypatch.setattr(elastic, "search", slow)
    settings.ELASTICSEARCH_URL = "http://127.0.0.1:9"
    assert ask(question("rode zeppelin")).fallback
    assert len(asked) == 1
    assert asked[0] <= service.BUDGET


def test_while_it_rests_it_is_not_asked(db, settings, breaker):
    with deaf_server.saying(500, b"{}") as (settings.ELASTICSEARCH_URL, asked):
        for _ in range(5):
            assert ask(question("fiets")).fallback
    assert len(asked) == 1


def test_a_server_that_is_well_again_is_asked_again(db, settings, monkeypatch, caplog):
    now = [0.0]
    monkeypatch.setattr(service, "breaker", Breaker(30, clock=lambda: now[0]))
    with deaf_server.saying(500, b"{}") as (settings.ELASTICSEARCH_URL, _asked):
        assert ask(question("fiets")).fallback
    with deaf_server.saying(200, NOTHING) as (settings.ELASTICSEARCH_URL, asked):
        now[0] = 29.9
        assert ask(question("fiets")).fallback
        assert asked == []
        now[0] = 30.0
        assert not ask(question("fiets")).fallback
    assert "Elasticsearch answers again" in caplog.text


def test_without_elasticsearch_the_database_is_nobodys_substitute(db, settings):
    settings.ELASTICSEARCH_URL = ""
    answer = ask(question("fiets"))
    assert (answer.engine, answer.fallback) == (connection.vendor, False)


def test_a_blank_question_asks_nobody(settings):
    settings.ELASTICSEARCH_URL = deaf_server.refusing()
    assert ask(question('"')).hits == ()


def test_after_its_rest_one_may_try_and_the_others_wait_for_the_outcome():
    now = [0.0]
    breaker = Breaker(30, clock=lambda: now[0])
    assert breaker.lets_through()
    assert breaker.failed()
    assert not breaker.failed()
    assert not breaker.lets_through()
    now[0] = 30.0
    assert breaker.lets_through()
    assert not breaker.lets_through()
    assert breaker.went_well()
    assert breaker.lets_through()
    assert not breaker.went_well()


def test_a_request_can_be_read_without_a_server():
    asked = elastic.request(question("laptop lenen", ["lenen"], page=2), AT).to_dict()
    assert (asked["from"], asked["size"]) == (10, 10)
    assert asked["post_filter"] == {"terms": {"kind": ["catalogue"]}}
    assert asked["highlight"]["encoder"] == "html"
    (expired,) = asked["query"]["bool"]["must_not"]
    assert expired == {"range": {"expires_at": {"lte": "2026-11-23T09:00:00+00:00"}}}
    whole, opened = asked["query"]["bool"]["must"]
    assert whole["multi_match"]["query"] == "laptop"
    assert [clause["multi_match"].get("type") for clause in opened["bool"]["should"]] == [
        None,
        "bool_prefix",
    ]
    assert asked["_source"] == ["version"]


def test_a_looser_request_takes_any_word_and_forgives_typing_errors():
    asked = elastic.request(question("lapptop huuren").looser(), AT).to_dict()
    assert asked["query"]["bool"]["minimum_should_match"] == 1
    assert asked["query"]["bool"]["should"][0]["multi_match"]["fuzziness"] == "AUTO:5,9"
