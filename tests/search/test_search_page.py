"""The page /zoeken/: what it shows, what it costs, and that it only reads."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from search.questions import PAGE_SIZE
from tests.factories.search import content_page, home_page, rows

READS = ("SELECT", "WITH", "SAVEPOINT", "RELEASE")


@pytest.fixture
def site(db):
    return home_page()


@pytest.fixture
def search(client, site):
    """The answer to these query parameters as HTML; a first visit has warmed what is kept."""
    client.get("/zoeken/")

    def search(**params):
        response = client.get("/zoeken/", params)
        assert response.status_code == 200
        return response.content.decode()

    return search


def test_without_a_question_there_is_only_the_field(search):
    html = search()
    assert 'name="q"' in html
    assert "result-count" not in html


def test_results_link_to_their_pages_and_mark_what_was_looked_for(search):
    rows(["fiets"], url="/fiets/")
    html = search(q="Fiets")
    assert '<a href="/fiets/"><mark>fiets</mark></a>' in html
    assert 'value="Fiets"' in html
    assert f'data-engine="{connection.vendor}"' in html
    assert "data-fallback" not in html


def test_what_is_typed_comes_back_escaped(search):
    html = search(q='"><script>alert(1)</script>')
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert" in html


def test_nothing_found_helps_on(search):
    html = search(q="kwantumzwaartekracht")
    assert "result-count" not in html
    assert "02 000 00 00" in html


def test_signs_alone_are_explained(search):
    assert "result-count" not in search(q="?!")


def test_half_an_answer_says_so(search):
    rows(["rode fiets"])
    html = search(q="rode zeppelin")
    assert "notice" in html
    assert "<mark>rode</mark>" in html


def test_kinds_can_be_ticked_and_stay_ticked_on_the_next_page(search):
    rows(["fiets"] * 60)
    html = search(q="fiets", soort="lenen")
    assert 'value="lenen" form="zoek" checked' in html
    assert 'value="verhalen" form="zoek">' in html
    assert "?q=fiets&amp;soort=lenen&amp;page=2" in html


def test_an_empty_kind_offers_the_others(search):
    rows(["fiets"])
    assert 'href="?q=fiets&amp;"' in search(q="fiets", soort="verhalen")


@pytest.mark.parametrize(
    "params", [{"page": "x"}, {"page": "-1"}, {"page": "99999"}, {"soort": "'"}]
)
def test_odd_parameters_are_answered(search, params):
    rows(["fiets"])
    assert "<mark>fiets</mark>" in search(q="fiets", **params)


def test_ten_thousand_characters_are_answered_and_said_to_be_many(search):
    rows(["fiets"])
    html = search(q="fiets " * 1700)
    assert "<mark>fiets</mark>" in html


def test_a_nul_in_the_address_is_answered(search):
    rows(["fiets"])
    assert "<mark>fiets</mark>" in search(q="fiets\x00")


def test_searching_is_reading(client, site):
    rows(["fiets"])
    with CaptureQueriesContext(connection) as queries:
        client.get("/zoeken/", {"q": "fiets"})
    wrote = [q["sql"] for q in queries if not q["sql"].lstrip().upper().startswith(READS)]
    assert wrote == []
    assert client.post("/zoeken/", {"q": "fiets"}).status_code == 405
    assert client.head("/zoeken/", {"q": "fiets"}).status_code == 200


def test_a_search_costs_as_many_queries_with_twenty_results_more(client, site):
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


def test_searching_while_elasticsearch_is_away_says_so_in_the_page(client, site, settings):
    rows(["fiets"])
    settings.ELASTICSEARCH_URL = "http://127.0.0.1:9"
    html = client.get("/zoeken/", {"q": "fiets"}).content.decode()
    assert f'data-engine="{connection.vendor}" data-fallback' in html
    assert "<mark>fiets</mark>" in html


def test_what_is_published_is_found_on_the_next_request(client, site, committed):
    with committed():
        page = content_page(site, "Gratis wifi", slug="wifi")
    assert 'href="/wifi/"' in client.get("/zoeken/", {"q": "wifi"}).content.decode()
    with committed():
        page.unpublish()
    assert 'href="/wifi/"' not in client.get("/zoeken/", {"q": "wifi"}).content.decode()


def test_the_results_are_cut_into_pages(search):
    rows([f"fiets {number}" for number in range(PAGE_SIZE + 1)])
    assert search(q="fiets").count('<li><p class="results__kind">') == PAGE_SIZE
    second = search(q="fiets", page=2)
    assert second.count('<li><p class="results__kind">') == 1
    assert f'start="{PAGE_SIZE + 1}"' in second
