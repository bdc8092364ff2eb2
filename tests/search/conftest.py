"""Fixtures that run the same tests on every engine."""

import os

import pytest
from django.db import connection
from django.utils.crypto import get_random_string

from search import service
from search.engines.elastic import engine as elastic
from search.engines.elastic.sync import sync_index
from search.queries import parse_query
from tests.factories.search import home_page

ELASTICSEARCH_URL = os.environ.get("ELASTICSEARCH_URL", "")


@pytest.fixture
def home(db):
    return home_page()


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """Return a context manager that runs on-commit callbacks at its end."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture(autouse=True)
def breaker(monkeypatch):
    """Replace the circuit breaker by a closed one."""
    breaker = service.CircuitBreaker(service.RECOVERY_SECONDS)
    monkeypatch.setattr(service, "breaker", breaker)
    return breaker


@pytest.fixture
def elasticsearch(settings):
    """A client of a real server, with a unique prefix for index names."""
    if not ELASTICSEARCH_URL:
        pytest.skip("needs Elasticsearch (ELASTICSEARCH_URL)")
    settings.ELASTICSEARCH_URL = ELASTICSEARCH_URL
    prefix = settings.SEARCH_INDEX_PREFIX = f"test-{get_random_string(8).lower()}-"
    server = elastic.get_client(timeout=30)
    yield server
    for index in server.indices.get(index=f"{prefix}*"):
        server.indices.delete(index=index)


@pytest.fixture(params=["embedded", "elasticsearch"])
def engine(request, monkeypatch):
    """The name of the engine under test."""
    if request.param == "embedded":
        return connection.vendor
    request.getfixturevalue("elasticsearch")
    # These tests must not depend on the speed of the machine; test_service covers the timeout.
    monkeypatch.setattr(service, "TIMEOUT_SECONDS", 30)
    return request.param


@pytest.fixture
def find(engine, db):
    """Return a function that searches with the engine under test and checks that it responded."""

    def find(typed, kinds=(), page=1, at=None):
        if engine == "elasticsearch":
            sync_index()
        results = service.execute_query(parse_query(typed, kinds, page), at)
        assert results.query.is_blank or (results.engine, results.is_fallback) == (engine, False)
        return results

    return find


@pytest.fixture
def titles(find):
    """Return a function that searches and returns the titles without highlights."""

    def titles(*args, **kwargs):
        hits = find(*args, **kwargs).hits
        return [hit.title.replace("<mark>", "").replace("</mark>", "") for hit in hits]

    return titles
