"""Tests of cached page routes."""

import pytest
from django.core.cache import cache
from wagtail.models import PageViewRestriction

from home.pages.models import ContentPage
from tests.factories import home as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def page():
    cache.clear()
    start = make.home_page()
    return start.add_child(instance=ContentPage(title="Privacy", slug="privacy"))


@pytest.fixture
def warm(client, page):
    """A client that visited the page before."""
    assert client.get("/privacy/").status_code == 200
    return client


def test_cached_route_saves_queries(client, page, django_assert_max_num_queries):
    first = client.get("/privacy/").content
    with django_assert_max_num_queries(4):
        assert client.get("/privacy/").content == first


def test_cached_route_is_ignored_when_page_is_unpublished(warm, page):
    page.unpublish()
    assert warm.get("/privacy/").status_code == 404


def test_cached_route_is_ignored_when_page_is_deleted(warm, page):
    page.delete()
    assert warm.get("/privacy/").status_code == 404


def test_cached_route_is_ignored_when_slug_changes(warm, page):
    page.slug = "gegevens"
    page.save_revision().publish()
    assert warm.get("/privacy/").status_code in (301, 302, 404)
    assert warm.get("/gegevens/").status_code == 200


def test_cached_route_is_ignored_when_another_page_takes_the_url(warm, page):
    page.slug = "oud"
    page.save_revision().publish()
    page.get_parent().add_child(instance=ContentPage(title="Nieuwe tekst", slug="privacy"))
    assert "Nieuwe tekst" in warm.get("/privacy/").content.decode()


@pytest.mark.parametrize("on_the_parent", [False, True], ids=["the page", "its parent"])
def test_cached_route_asks_for_password_when_page_becomes_private(warm, page, on_the_parent):
    closed = page.get_parent() if on_the_parent else page
    PageViewRestriction.objects.create(
        page=closed, restriction_type=PageViewRestriction.PASSWORD, password="geheim"
    )
    assert "geheim" not in warm.get("/privacy/").content.decode()
    assert warm.get("/privacy/").context.get("action_url")


def test_cached_route_shows_current_text(warm, page):
    page.introduction = "We bewaren zo weinig mogelijk."
    page.save_revision().publish()
    assert "zo weinig mogelijk" in warm.get("/privacy/").content.decode()
