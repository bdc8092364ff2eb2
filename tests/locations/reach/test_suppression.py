"""No number in the report points at a few people, also not for who subtracts."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from locations.reach.suppression import HIDDEN, Number, gives_away, shown


@pytest.mark.parametrize(
    ("number", "said"),
    [(0, "0"), (1, HIDDEN), (4, HIDDEN), (5, "5"), (9, "5"), (10, "10"), (99, "95"), (100, "100")],
)
def test_from_1_to_4_is_hidden_and_the_rest_rounded_down(number, said):
    assert str(shown(number)) == said


def test_a_number_is_always_one_of_those_that_may_be_known():
    for number in range(200):
        one = shown(number)
        assert one.least <= number <= one.most


def test_a_spreadsheet_gets_a_number_to_reckon_with_or_the_words():
    assert (shown(12).cell, shown(3).cell, shown(0).cell) == (10, "<5", 0)


def test_there_are_no_fewer_than_none():
    with pytest.raises(ValueError, match="fewer"):
        shown(-1)


def possible(cells, total):
    """Every table of numbers that looks like this one."""
    for values in product(*(range(cell.least, cell.most + 1) for cell in cells)):
        if total.least <= sum(values) <= total.most:
            yield values


@given(st.lists(st.integers(0, 11), min_size=1, max_size=5))
def test_who_tries_every_table_can_not_work_out_a_hidden_number(numbers):
    cells, total = [shown(number) for number in numbers], shown(sum(numbers))
    tables = list(possible(cells, total))
    given_away = any(
        cell.is_hidden and len({table[index] for table in tables}) == 1
        for index, cell in enumerate(cells)
    )

    assert gives_away(cells, total) is given_away


@given(st.integers(1, 4), st.integers(0, 400))
def test_one_hidden_number_beside_another_is_never_worked_out(small, large):
    assert not gives_away([shown(small), shown(large)], shown(small + large))


@pytest.mark.parametrize("numbers", [[4] * 5, [1] * 9])
def test_a_table_of_which_the_total_says_it_all_is_found_out(numbers):
    assert gives_away([shown(number) for number in numbers], shown(sum(numbers)))


def test_an_exact_total_would_give_it_away():
    """Why totals are rounded too: 53 - 50 is 3."""
    assert gives_away([Number(1, 4), Number(50, 50)], Number(53, 53))


@given(st.lists(st.sets(st.integers(0, 12)), min_size=1, max_size=4))
def test_of_people_in_several_groups_none_is_worked_out_from_how_many_they_are_together(groups):
    """Each group a set of people: the total is that of their union."""
    cells = [shown(len(group)) for group in groups]
    total = shown(len(set().union(*groups)))
    if gives_away(cells, total, overlapping=True):
        return
    for cell, group in zip(cells, groups, strict=True):
        if cell.is_hidden:
            others = [other for other in cells if other is not cell]
            least = total.least - sum(other.most for other in others)
            assert max(least, 1) < min(total.most, 4) or len(group) == 0
