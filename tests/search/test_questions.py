"""What people type, and what becomes of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.questions import LAST_PAGE, LONGEST, MOST_WORDS, WORD, Question, question


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
def test_a_question_is_its_words(typed, words):
    assert question(typed).words == words


@pytest.mark.parametrize(
    "typed", ["", "   ", "\x00", '"', "'", "*?!", "-- ;", "\u200b\u202e", "(", "😀"]
)
def test_signs_alone_are_no_question(typed):
    assert question(typed).is_blank


def test_small_words_count_only_when_there_are_no_others():
    assert question("waar is de laptop").words == ("laptop",)
    assert question("waar is het").words == ("waar", "is", "het")


def test_ten_thousand_characters_are_cut_and_said_to_be():
    asked = question("computerles " * 900)
    assert len(asked.typed) <= LONGEST
    assert asked.cut
    assert asked.words == ("computerles",)


def test_many_words_are_cut_and_said_to_be():
    asked = question(" ".join(f"w{n}" for n in range(40)))
    assert len(asked.words) == MOST_WORDS
    assert asked.cut


@pytest.mark.parametrize(
    ("page", "becomes"),
    [
        (None, 1),
        ("", 1),
        ("x", 1),
        ("-3", 1),
        ("0", 1),
        ("2", 2),
        ("9" * 30, LAST_PAGE),
        ("1e3", 1),
    ],
)
def test_any_page_number_becomes_one_that_exists(page, becomes):
    assert question("laptop", page=page).page == becomes


def test_only_known_kinds_count_once_each():
    assert question("x", ["lenen", "' OR 1=1", "lenen", "digipunten"]).kinds == (
        "catalogue",
        "location",
    )


@given(st.text(max_size=400))
def test_whatever_is_typed_becomes_words_that_no_engine_can_misread(typed):
    asked = question(typed)
    assert isinstance(asked, Question)
    assert all(WORD.fullmatch(word) for word in asked.words)
    assert not any(sign in asked.typed for sign in "\x00\x02\x03\n")
