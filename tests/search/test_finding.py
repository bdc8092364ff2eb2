"""Tests of results, the same for every engine."""

from datetime import timedelta

import pytest
from django.utils import timezone

from search.models import Kind
from search.queries import MAX_PAGE, PAGE_SIZE
from tests.factories.search import (
    catalogue_page,
    content_page,
    location_page,
    rows,
    story_page,
    workshop_page,
)


def unmarked(text):
    return text.replace("<mark>", "").replace("</mark>", "")


ODD = [
    *('"', "'", '""', 'laptop"', "'; DROP TABLE search_searchentry; --", "lap\x00top", "\x00"),
    *("laptop AND", "NOT laptop", "NEAR(laptop", "laptop*", "*", "^laptop", "title:", "{laptop}"),
    *("laptop & | !", "a:*", "(", "\\", "%", "_", "\ud800", "\u202e", "😀 laptop", "x" * 10_000),
    *(
        "laptop " * 2_000,
        "a b c d e f g h i j k l m n o p",
        "١٢٣",
        "日本語",
        "<script>",
        "{{ 7*7 }}",
    ),
]


@pytest.fixture
def pages(home, committed):
    """One page of each kind."""
    with committed():
        location_page(home, introduction="Kom langs met je vragen.")
        catalogue_page(home, introduction="Een toestel voor thuis.", price="Gratis")
        workshop_page(home, introduction="Veilig aanmelden met je gsm.")
        story_page(home, introduction="Zij leerde mailen in een café.")
        content_page(home, introduction="Een plek voor hulp met de computer.")


def test_every_kind_of_page_is_found(pages, find):
    for typed, title, kind in (
        ("digipunt aalst", "Digipunt Aalst", Kind.LOCATION),
        ("laptop", "Laptop", Kind.CATALOGUE),
        ("itsme", "Starten met itsme", Kind.WORKSHOP),
        ("fatima", "Het verhaal van Fatima", Kind.STORY),
        ("hulp met de computer", "Wat is een digipunt?", Kind.CONTENT),
    ):
        first = find(typed).hits[0]
        assert unmarked(first.title) == title
        assert first.kind == kind
        assert first.url.startswith("/")


def test_location_is_found_by_postcode(pages, titles):
    for typed in ("9300", "aalst 9300", "9300 aalst"):
        assert titles(typed) == ["Digipunt Aalst"], typed


def test_accents_and_case_in_query_are_ignored(pages, titles):
    for typed in ("café", "cafe", "CAFÉ", "Cafe", "cafe\u0301"):
        assert titles(typed) == ["Het verhaal van Fatima"], typed


def test_accents_in_text_are_ignored(db, titles):
    rows(["creme een ideeen stuk", "crème één ideeën stuk"])
    for typed in ("creme", "crème", "CREME", "één", "een stuk", "ideeën", "ideeen"):
        assert len(titles(typed)) == 2, typed


def test_last_word_matches_prefix_and_plural(pages, titles):
    for typed in ("lapt", "lap", "laptops", "laptop", "la"):
        assert "Laptop" in titles(typed), typed


def test_first_words_match_whole_words_only(db, titles):
    rows(["laptop lenen", "tabletten lenen"])
    assert titles("lap lenen") == titles("lenen")  # nothing has both, so any will do
    assert titles("laptop len") == ["laptop lenen"]


def test_query_matches_any_word_when_nothing_has_all_words(db, find):
    rows(["rode fiets", "blauwe fiets", "rode wagen"])
    assert find("rode fiets").total == 1
    assert not find("rode fiets").query.match_any
    answer = find("rode zeppelin")
    assert answer.query.match_any
    assert answer.total == 2


def test_title_match_ranks_first(db, titles):
    rows(["over van alles en nog wat"], title="Printer in de bib", body="Kom langs.")
    rows(["iets over een printer en over nog veel meer"], title="Een lang verhaal")
    assert titles("printer") == ["Printer in de bib", "Een lang verhaal"]


def test_unknown_word_has_no_results(pages, find):
    answer = find("kwantumzwaartekracht")
    assert (answer.hits, answer.total, answer.facets) == ((), 0, ())


def test_any_input_is_searched_without_error(pages, find):
    for typed in ODD:
        find(typed)


def test_nul_character_separates_words(pages, titles):
    assert titles("laptop\x00") == ["Laptop"]


def test_kinds_are_counted_and_filtered(db, find):
    rows(["fiets"] * 12)
    everything = find("fiets")
    assert {facet.kind: facet.count for facet in everything.facets} == {
        Kind.LOCATION: 3,
        Kind.CATALOGUE: 3,
        Kind.WORKSHOP: 2,
        Kind.STORY: 2,
        Kind.CONTENT: 2,
    }
    assert everything.total == 12
    chosen = find("fiets", kinds=["lenen", "verhalen"])
    assert {hit.kind for hit in chosen.hits} == {Kind.CATALOGUE, Kind.STORY}
    assert (chosen.total, chosen.total_everywhere) == (5, 12)


def test_selected_kind_without_results_stays_in_facets(db, find):
    rows(["fiets"])
    answer = find("fiets", kinds=["verhalen"])
    assert (answer.hits, answer.total, answer.total_everywhere) == ((), 0, 1)
    assert [facet.kind for facet in answer.facets if facet.is_selected] == [Kind.STORY]


def test_results_are_on_exactly_one_page(db, find):
    rows([f"fiets {number}" for number in range(2 * PAGE_SIZE + 3)])
    pages = [find("fiets", page=page) for page in (1, 2, 3)]
    assert [len(page.hits) for page in pages] == [PAGE_SIZE, PAGE_SIZE, 3]
    assert len({hit.key for page in pages for hit in page.hits}) == 2 * PAGE_SIZE + 3


def test_page_after_last_shows_last_page(db, find):
    rows(["fiets"] * (PAGE_SIZE + 1))
    answer = find("fiets", page=MAX_PAGE)
    assert answer.query.page == 2
    assert len(answer.hits) == 1


def test_matches_are_highlighted_and_text_is_escaped(db, find):
    rows(
        ["Kijk: <script>alert('fiets')</script> & meer"],
        title="<b>Fiets</b> & co",
        summary="Over <i>iets</i> & niets",
    )
    (hit,) = find("fiets").hits
    assert hit.title == "&lt;b&gt;<mark>Fiets</mark>&lt;/b&gt; &amp; co"
    assert "<script" not in hit.text
    assert "<mark>fiets</mark>" in hit.text
    assert "&amp; meer" in hit.text


def test_summary_is_shown_when_only_title_matches(db, find):
    rows(["niets"], title="Fiets", summary="Waar het over gaat.")
    (hit,) = find("fiets").hits
    assert hit.text == "Waar het over gaat."


def test_entry_is_found_until_it_expires(db, titles):
    at = timezone.now()
    rows(["fiets"], expires_at=at)
    assert titles("fiets", at=at - timedelta(seconds=1)) == ["fiets"]
    assert titles("fiets", at=at) == []
    assert titles("fiets", at=at + timedelta(seconds=1)) == []


def test_hit_has_location_fields(pages, find):
    (hit,) = find("9300").hits
    assert (hit.city, hit.postcode, hit.lat, hit.lon) == ("Aalst", "9300", 50.94, 4.04)
