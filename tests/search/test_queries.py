"""Tests of parsing what visitors type."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.queries import MAX_LENGTH, MAX_PAGE, MAX_WORDS, WORD, SearchQuery, parse_query


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("Laptop", ("laptop",)),
        ("  laptop   LENEN ", ("laptop", "lenen")),
        ("laptop laptop Laptop", ("laptop",)),
        ("foto's", ("foto", "s")),
        ("wi-fi", ("wi", "fi")),
        ("één", ("één",)),
        ("e\u0301e\u0301n", ("één",)),
        ("\uff4c\uff41\uff50\uff54\uff4f\uff50", ("laptop",)),
        ('"laptop" OR NEAR(tas, 2) NOT x*', ("laptop", "or", "near", "tas", "2", "not", "x")),
        ("title:laptop", ("title", "laptop")),
        ("lap\x00top", ("lap", "top")),
        ("snake_case", ("snake", "case")),
        ("9300", ("9300",)),
    ],
)
def test_query_is_split_into_words(typed, words):
    assert parse_query(typed).words == words


@pytest.mark.parametrize(
    "typed", ["", "   ", "\x00", '"', "'", "*?!", "-- ;", "\u200b\u202e", "(", "😀"]
)
def test_query_without_words_is_blank(typed):
    assert parse_query(typed).is_blank


def test_stop_words_are_ignored_unless_alone():
    assert parse_query("waar is de laptop").words == ("laptop",)
    assert parse_query("waar is het").words == ("waar", "is", "het")


def test_long_query_is_cut():
    query = parse_query("computerles " * 900)
    assert len(query.typed) <= MAX_LENGTH
    assert query.is_truncated
    assert query.words == ("computerles",)


def test_query_with_many_words_is_cut():
    query = parse_query(" ".join(f"w{n}" for n in range(40)))
    assert len(query.words) == MAX_WORDS
    assert query.is_truncated


@pytest.mark.parametrize(
    ("page", "becomes"),
    [
        (None, 1),
        ("", 1),
        ("x", 1),
        ("-3", 1),
        ("0", 1),
        ("2", 2),
        ("9" * 30, MAX_PAGE),
        ("1e3", 1),
    ],
)
def test_page_number_is_limited(page, becomes):
    assert parse_query("laptop", page=page).page == becomes


def test_unknown_and_duplicate_kinds_are_ignored():
    assert parse_query("x", ["lenen", "' OR 1=1", "lenen", "digipunten"]).kinds == (
        "catalogue",
        "location",
    )


@given(st.text(max_size=400))
def test_any_input_becomes_plain_words(typed):
    query = parse_query(typed)
    assert isinstance(query, SearchQuery)
    assert all(WORD.fullmatch(word) for word in query.words)
    assert not any(sign in query.typed for sign in "\x00\x02\x03\n")
