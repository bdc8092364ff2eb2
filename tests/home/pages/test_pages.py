"""Tests of public pages: content, layout, number of queries."""

import pytest
from django.core.cache import cache
from wagtail.models import Page, PageViewRestriction

from home.pages.models import ContentPage, HelpChannel, StoryPage
from tests.factories import home as make

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12


@pytest.fixture
def site():
    yield make.whole_site()
    cache.clear()


def text_of(client, page):
    response = client.get(page.url)
    assert response.status_code == 200
    return response.content.decode()


def test_page_has_heading_language_and_canonical_url(client, site):
    for name, page in site.items():
        html = text_of(client, page)
        assert html.count("<h1") == 1, name
        assert '<html lang="nl">' in html
        assert '<meta name="description" content="' in html
        assert f'<link rel="canonical" href="{page.full_url}">' in html


def test_page_has_open_graph_image_when_it_has_an_image(client, site):
    html = text_of(client, site["deeper"])
    assert '<meta property="og:image" content="http' in html
    assert '<meta property="og:image:alt" content="Een plein met bomen">' in html
    assert "og:image" not in text_of(client, site["about"])


def test_help_block_is_right_above_footer(client, site):
    for page in site.values():
        html = text_of(client, page)
        help_block, footer = html.index('<aside class="help" id="hulp"'), html.index("<footer")
        assert html.index("</main>") < help_block < footer
        assert "<section" not in html[html.index("</aside>", help_block) : footer]
        assert "02 000 00 00" in html
        assert 'href="tel:+3220000000"' in html


def test_help_block_shows_phone_from_settings_without_channels(client, site, settings):
    HelpChannel.objects.all().delete()
    settings.HELP_PHONE = "02 111 11 11"
    assert "02 111 11 11" in text_of(client, site["about"])


def test_page_has_no_inline_script_or_style(client, site):
    for page in site.values():
        html = text_of(client, page)
        assert "<style" not in html
        assert " style=" not in html
        assert " onclick=" not in html
        assert html.count("<script") == html.count("<script src=")


def test_menu_marks_current_page_and_section(client, site):
    html = text_of(client, site["stories"])
    assert '<a href="/verhalen/" aria-current="page">Verhalen</a>' in html
    assert '<a href="/verhalen/" aria-current="true">Verhalen</a>' in text_of(client, site["story"])


def test_menu_is_updated_when_page_leaves_it(client, site):
    page = ContentPage.objects.get(slug="lenen")
    assert ">Lenen</a></li>" in text_of(client, site["start"])
    page.show_in_menus = False
    page.save()
    assert ">Lenen</a></li>" not in text_of(client, site["start"])


def test_breadcrumb_contains_every_ancestor(client, site):
    html = text_of(client, site["deeper"])
    assert '<li><a href="/wat-is-een-digipunt/">Wat is een digipunt?</a></li>' in html
    assert '<li aria-current="page">Voor wie is het?</li>' in html


@pytest.mark.parametrize("name", ["start", "about", "deeper", "stories", "story"])
def test_page_needs_at_most_twelve_queries(client, site, name, django_assert_max_num_queries):
    url = site[name].url
    client.get(url)
    with django_assert_max_num_queries(MOST_QUERIES):
        client.get(url)


def test_site_layout_needs_no_queries(client, site, django_assert_max_num_queries):
    url = make.content_page(site["start"], "Leeg", "leeg").url
    client.get(url)
    with django_assert_max_num_queries(4):  # the site, its root, the page twice: all Wagtail's own
        client.get(url)


def test_query_count_is_independent_of_number_of_stories(client, site, django_assert_num_queries):
    index = site["stories"]
    queries = {}
    for more in (0, 20):
        for number in range(more):
            make.story(index, 100 + number, image=StoryPage.objects.first().image, tags=["lenen"])
        client.get(index.url)
        with django_assert_num_queries(9, exact=False) as captured:
            client.get(index.url)
        queries[more] = len(captured)
    assert queries[20] == queries[0]


def test_query_count_is_independent_of_number_of_sponsors(
    client, site, django_assert_max_num_queries
):
    logo = make.image("nog een")
    for number in range(20):
        make.sponsor(f"Sponsor {number}", logo=logo)
    url = site["deeper"].url
    client.get(url)
    with django_assert_max_num_queries(MOST_QUERIES):
        html = client.get(url).content.decode()
    assert html.count('alt="Sponsor ') == 20


def test_private_page_asks_for_password_and_leaves_menu(client, site):
    page = Page.objects.get(slug="lenen")
    client.get(page.url)
    PageViewRestriction.objects.create(page=page, restriction_type="password", password="geheim")
    assert "wachtwoord" in client.get(page.url).content.decode().lower()
    assert ">Lenen</a></li>" not in text_of(client, site["start"])


def test_missing_page_shows_search_form_and_help(client, site):
    response = client.get("/bestaat-niet/")
    assert response.status_code == 404
    assert 'action="/zoeken/"' in response.content.decode()
    assert 'id="hulp"' in response.content.decode()


def test_csrf_failure_shows_friendly_page(site):
    from django.test import Client

    response = Client(enforce_csrf_checks=True).post("/beheer/login/", {"username": "a"})
    html = response.content.decode()
    assert response.status_code == 403
    assert 'id="hulp"' in html
    assert "CSRF" not in html


@pytest.mark.parametrize("name", ["500.html", "503.html"])
def test_error_page_needs_no_queries(name, django_assert_num_queries):
    from django.template.loader import render_to_string

    with django_assert_num_queries(0):
        html = render_to_string(name)
    assert 'href="tel:+3220000000"' in html


def test_robots_and_sitemap_list_pages_without_admin(client, site):
    robots = client.get("/robots.txt").content.decode()
    assert "Disallow: /beheer/" in robots
    assert "/sitemap.xml" in robots
    assert site["story"].full_url in client.get("/sitemap.xml").content.decode()


def test_body_refuses_national_register_number(site):
    from django.core.exceptions import ValidationError

    page = site["about"]
    page.body = [("text", "<p>Mijn nummer is 85.07.30-033.28</p>")]
    with pytest.raises(ValidationError):
        page.full_clean()
    with pytest.raises(ValidationError):
        page.save()
