"""Tests of the list of stories."""

import pytest
from django.core.cache import cache

from tests.factories import home as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def index():
    yield make.story_index(make.home_page())
    cache.clear()


def titles(client, url):
    context = client.get(url).context
    first = [context["first"].title] if context["first"] else []
    return first + [story.title for story in context["stories"]]


def test_stories_are_sorted_newest_first(client, index):
    for number in (3, 1, 2):
        make.story(index, number)
    assert titles(client, index.url) == ["Verhaal 1", "Verhaal 2", "Verhaal 3"]


def test_stories_are_filtered_by_subject(client, index):
    make.story(index, 1, tags=["lenen"])
    make.story(index, 2, tags=["leren", "aalst"])
    make.story(index, 3, tags=["lenen", "aalst"])
    assert titles(client, f"{index.url}?onderwerp=lenen") == ["Verhaal 1", "Verhaal 3"]
    assert len(titles(client, f"{index.url}?onderwerp=lenen&onderwerp=aalst")) == 3


@pytest.mark.parametrize("typed", ["onbekend", "", "<script>", "' OR 1=1 --", "%00"])
def test_unknown_subject_is_ignored(client, index, typed):
    make.story(index, 1, tags=["lenen"])
    assert titles(client, f"{index.url}?onderwerp={typed}") == ["Verhaal 1"]


def test_unpublished_story_is_hidden(client, index):
    hidden = make.story(index, 1, title="Nog geheim", tags=["geheim"])
    other = make.story(index, 2)
    hidden.unpublish()
    for url in (index.url, other.url):
        assert "geheim" not in client.get(url).content.decode()


def test_stories_are_paginated(client, index):
    for number in range(14):
        make.story(index, number)
    assert len(titles(client, index.url)) == 12
    assert len(titles(client, f"{index.url}?p=2")) == 2
    assert len(titles(client, f"{index.url}?p=nonsense")) == 12
