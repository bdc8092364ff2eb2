"""Declared caches: stored, cleared by name and by the signals of models."""

import pytest
from django.core.cache import cache
from django.utils import translation

from home.core import caching
from home.core.caching import cached, cached_fragment
from home.messages.models import MessageText


@pytest.fixture(autouse=True)
def declared(monkeypatch):
    declared = {}
    monkeypatch.setattr(caching, "declared", declared)
    cache.clear()
    return declared


def counter():
    """Return a function that counts its calls, and the list of their arguments."""
    calls = []

    def count(*args):
        calls.append(args)
        return len(calls)

    return count, calls


def test_result_is_stored_per_argument():
    count, calls = counter()
    count = cached("test.count", seconds=60)(count)
    assert [count(), count(), count("a"), count("a"), count("b")] == [1, 1, 2, 2, 3]
    assert calls == [(), ("a",), ("b",)]


def test_none_is_computed_again():
    calls = []
    nothing = cached("test.nothing", seconds=60)(lambda: calls.append(1))
    assert (nothing(), nothing()) == (None, None)
    assert len(calls) == 2


@pytest.mark.django_db
def test_result_is_cleared_by_saving_and_deleting_a_row_of_a_model():
    count, _calls = counter()
    count = cached("test.models", seconds=60, models=["home.MessageText"])(count)
    assert count() == count() == 1
    text = MessageText.objects.create(kind="x", language="nl", subject="x", body="x")
    assert count() == count() == 2
    text.delete()
    assert count() == 3


@pytest.mark.django_db
def test_result_is_cleared_again_after_the_commit(django_capture_on_commit_callbacks):
    count, _calls = counter()
    count = cached("test.commit", seconds=60)(count)
    with django_capture_on_commit_callbacks(execute=True):
        count.clear()
        assert count() == 1  # computed by another request before the commit
    assert count() == 2


def test_fragment_is_rendered_once_per_argument_and_language():
    count, calls = counter()
    fragment = cached_fragment("test.fragment", size=8)(count)
    assert [fragment("a"), fragment("a"), fragment("b")] == [1, 1, 2]
    with translation.override("fr"):
        assert fragment("a") == 3
    assert len(calls) == 3


def test_oldest_fragment_is_dropped_when_there_are_too_many():
    count, _calls = counter()
    fragment = cached_fragment("test.size", size=1)(count)
    assert [fragment("a"), fragment("b"), fragment("a")] == [1, 2, 3]


@pytest.mark.django_db
def test_clear_all_empties_every_declared_cache():
    count, _calls = counter()
    result = cached("test.one", seconds=60)(count)
    fragment = cached_fragment("test.two", size=8)(count)
    assert (result(), fragment()) == (1, 2)
    caching.clear_all()
    assert (result(), fragment()) == (3, 4)


def test_two_caches_cannot_have_the_same_name():
    cached("test.name", seconds=60)(len)
    with pytest.raises(ValueError, match="two caches"):
        cached_fragment("test.name", size=8)(len)
