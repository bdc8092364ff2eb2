"""One set of questions for every engine: the one of this database, and Elasticsearch."""

import os

import pytest
from django.db import connection
from django.utils.crypto import get_random_string

from search import service
from search.engines.elastic import engine as elastic
from search.engines.elastic.sync import sync
from search.questions import question
from tests.factories.search import home_page

ELASTICSEARCH_URL = os.environ.get("ELASTICSEARCH_URL", "")


@pytest.fixture
def home(db):
    return home_page()


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """`with committed():` what waits for a commit happens at its end."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture(autouse=True)
def breaker(monkeypatch):
    """Nothing is known yet of how well Elasticsearch is."""
    fresh = service.Breaker(service.REST)
    monkeypatch.setattr(service, "breaker", fresh)
    return fresh


@pytest.fixture
def elasticsearch(settings):
    """A real server, and names of indexes that are only ours."""
    if not ELASTICSEARCH_URL:
        pytest.skip("needs Elasticsearch (ELASTICSEARCH_URL)")
    settings.ELASTICSEARCH_URL = ELASTICSEARCH_URL
    prefix = settings.SEARCH_INDEX_PREFIX = f"test-{get_random_string(8).lower()}-"
    server = elastic.client(timeout=30)
    yield server
    for index in server.indices.get(index=f"{prefix}*"):
        server.indices.delete(index=index)


@pytest.fixture(params=["embedded", "elasticsearch"])
def engine(request, monkeypatch):
    """The name of the engine that this test is about."""
    if request.param == "embedded":
        return connection.vendor
    request.getfixturevalue("elasticsearch")
    # What is right must not hang on how busy this machine is; test_asking watches the time.
    monkeypatch.setattr(service, "BUDGET", 30)
    return request.param


@pytest.fixture
def find(engine, db):
    """Ask the engine of this test, and be sure that it is the one that answered."""

    def find(typed, kinds=(), page=1, at=None):
        if engine == "elasticsearch":
            sync()
        answer = service.ask(question(typed, kinds, page), at)
        assert answer.question.is_blank or (answer.engine, answer.fallback) == (engine, False)
        return answer

    return find


@pytest.fixture
def titles(find):
    """The titles of what is found, without marks."""

    def titles(*args, **kwargs):
        found = find(*args, **kwargs).hits
        return [hit.title.replace("<mark>", "").replace("</mark>", "") for hit in found]

    return titles
