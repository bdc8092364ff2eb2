"""The short way to a page leads nowhere that the usual way does not."""

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
    """The client of somebody who was here before."""
    assert client.get("/privacy/").status_code == 200
    return client


def test_the_second_visit_asks_less_and_shows_the_same(client, page, django_assert_max_num_queries):
    first = client.get("/privacy/").content
    with django_assert_max_num_queries(4):
        assert client.get("/privacy/").content == first


def test_an_unpublished_page_is_gone_at_once(warm, page):
    page.unpublish()
    assert warm.get("/privacy/").status_code == 404


def test_a_deleted_page_is_gone_at_once(warm, page):
    page.delete()
    assert warm.get("/privacy/").status_code == 404


def test_a_page_with_another_address_is_no_longer_at_the_old_one(warm, page):
    page.slug = "gegevens"
    page.save_revision().publish()
    assert warm.get("/privacy/").status_code in (301, 302, 404)
    assert warm.get("/gegevens/").status_code == 200


def test_another_page_at_the_same_address_is_the_one_that_is_shown(warm, page):
    page.slug = "oud"
    page.save_revision().publish()
    page.get_parent().add_child(instance=ContentPage(title="Nieuwe tekst", slug="privacy"))
    assert "Nieuwe tekst" in warm.get("/privacy/").content.decode()


@pytest.mark.parametrize("on_the_parent", [False, True], ids=["the page", "its parent"])
def test_a_page_that_became_private_asks_for_its_password(warm, page, on_the_parent):
    closed = page.get_parent() if on_the_parent else page
    PageViewRestriction.objects.create(
        page=closed, restriction_type=PageViewRestriction.PASSWORD, password="geheim"
    )
    assert "geheim" not in warm.get("/privacy/").content.decode()
    assert warm.get("/privacy/").context.get("action_url")


def test_a_change_of_the_text_is_seen_at_once(warm, page):
    page.introduction = "We bewaren zo weinig mogelijk."
    page.save_revision().publish()
    assert "zo weinig mogelijk" in warm.get("/privacy/").content.decode()
