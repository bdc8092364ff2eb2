"""Tests of the search page."""

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext

from search.queries import PAGE_SIZE
from tests.factories.search import content_page, home_page, rows

READS = ("SELECT", "WITH", "SAVEPOINT", "RELEASE")


@pytest.fixture
def site(db):
    return home_page()


@pytest.fixture
def search(client, site):
    """Return a function that renders the page for query parameters, with warm caches."""
    client.get("/zoeken/")

    def search(**params):
        response = client.get("/zoeken/", params)
        assert response.status_code == 200
        return response.content.decode()

    return search


def test_search_page_shows_only_form_without_query(search):
    html = search()
    assert 'name="q"' in html
    assert "result-count" not in html


def test_results_link_to_pages_and_highlight_matches(search):
    rows(["fiets"], url="/fiets/")
    html = search(q="Fiets")
    assert '<a href="/fiets/"><mark>fiets</mark></a>' in html
    assert 'value="Fiets"' in html
    assert f'data-engine="{connection.vendor}"' in html
    assert "data-fallback" not in html


def test_query_is_escaped_in_page(search):
    html = search(q='"><script>alert(1)</script>')
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert" in html


def test_empty_results_offer_help(search):
    html = search(q="kwantumzwaartekracht")
    assert "result-count" not in html
    assert "02 000 00 00" in html


def test_query_without_words_is_explained(search):
    assert "result-count" not in search(q="?!")


def test_results_with_any_word_have_notice(search):
    rows(["rode fiets"])
    html = search(q="rode zeppelin")
    assert "notice" in html
    assert "<mark>rode</mark>" in html


def test_selected_kinds_are_kept_on_next_page(search):
    rows(["fiets"] * 60)
    html = search(q="fiets", soort="lenen")
    kinds = BeautifulSoup(html, "html.parser").find_all("input", attrs={"name": "soort"})
    checked = {field["value"]: field.has_attr("checked") for field in kinds}
    assert checked["lenen"]
    assert not checked["verhalen"]
    assert "?q=fiets&amp;soort=lenen&amp;page=2" in html


def test_empty_kind_links_to_all_kinds(search):
    rows(["fiets"])
    assert 'href="?q=fiets&amp;"' in search(q="fiets", soort="verhalen")


@pytest.mark.parametrize(
    "params", [{"page": "x"}, {"page": "-1"}, {"page": "99999"}, {"soort": "'"}]
)
def test_invalid_parameters_are_ignored(search, params):
    rows(["fiets"])
    assert "<mark>fiets</mark>" in search(q="fiets", **params)


def test_long_query_has_results(search):
    rows(["fiets"])
    html = search(q="fiets " * 1700)
    assert "<mark>fiets</mark>" in html


def test_nul_character_in_query_is_ignored(search):
    rows(["fiets"])
    assert "<mark>fiets</mark>" in search(q="fiets\x00")


def test_search_page_only_reads(client, site):
    rows(["fiets"])
    with CaptureQueriesContext(connection) as queries:
        client.get("/zoeken/", {"q": "fiets"})
    wrote = [q["sql"] for q in queries if not q["sql"].lstrip().upper().startswith(READS)]
    assert wrote == []
    assert client.post("/zoeken/", {"q": "fiets"}).status_code == 405
    assert client.head("/zoeken/", {"q": "fiets"}).status_code == 200


def test_query_count_is_independent_of_number_of_results(client, site):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            client.get("/zoeken/", {"q": "fiets"})
        return len(queries)

    rows(["fiets"] * 3)
    client.get("/zoeken/", {"q": "fiets"})
    few = cost()
    rows(["fiets"] * 20)
    assert cost() == few
    assert few <= 5


def test_page_marks_fallback_when_elasticsearch_is_unavailable(client, site, settings):
    rows(["fiets"])
    settings.ELASTICSEARCH_URL = "http://127.0.0.1:9"
    html = client.get("/zoeken/", {"q": "fiets"}).content.decode()
    assert f'data-engine="{connection.vendor}" data-fallback' in html
    assert "<mark>fiets</mark>" in html


def test_published_page_is_found_on_next_request(client, site, committed):
    with committed():
        page = content_page(site, "Gratis wifi", slug="wifi")
    assert 'href="/wifi/"' in client.get("/zoeken/", {"q": "wifi"}).content.decode()
    with committed():
        page.unpublish()
    assert 'href="/wifi/"' not in client.get("/zoeken/", {"q": "wifi"}).content.decode()


def test_results_are_paginated(search):
    rows([f"fiets {number}" for number in range(PAGE_SIZE + 1)])
    assert search(q="fiets").count('<p class="results__kind">') == PAGE_SIZE
    second = search(q="fiets", page=2)
    assert second.count('<p class="results__kind">') == 1
    assert f'start="{PAGE_SIZE + 1}"' in second
