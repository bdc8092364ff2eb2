"""Tests that no published number reveals a small count, not even by subtraction."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from locations.reach.suppression import HIDDEN, PublishedNumber, publish, reveals_hidden_cell


@pytest.mark.parametrize(
    ("count", "text"),
    [(0, "0"), (1, HIDDEN), (4, HIDDEN), (5, "5"), (9, "5"), (10, "10"), (99, "95"), (100, "100")],
)
def test_count_below_five_is_hidden_and_others_are_rounded_down(count, text):
    assert str(publish(count)) == text


def test_count_is_within_its_published_range():
    for count in range(200):
        number = publish(count)
        assert number.least <= count <= number.most


def test_cell_is_a_number_unless_it_is_hidden():
    assert (publish(12).cell, publish(3).cell, publish(0).cell) == (10, "<5", 0)


def test_negative_count_is_refused():
    with pytest.raises(ValueError, match="negative"):
        publish(-1)


def possible_tables(cells, total):
    """Yield every table of exact counts that is published as these cells."""
    for values in product(*(range(cell.least, cell.most + 1) for cell in cells)):
        if total.least <= sum(values) <= total.most:
            yield values


@given(st.lists(st.integers(0, 11), min_size=1, max_size=5))
def test_hidden_number_is_revealed_only_when_all_possible_tables_agree(numbers):
    cells, total = [publish(number) for number in numbers], publish(sum(numbers))
    tables = list(possible_tables(cells, total))
    is_revealed = any(
        cell.is_hidden and len({table[index] for table in tables}) == 1
        for index, cell in enumerate(cells)
    )

    assert reveals_hidden_cell(cells, total) is is_revealed


@given(st.integers(1, 4), st.integers(0, 400))
def test_one_hidden_number_beside_another_is_not_revealed(small, large):
    assert not reveals_hidden_cell([publish(small), publish(large)], publish(small + large))


@pytest.mark.parametrize("numbers", [[4] * 5, [1] * 9])
def test_table_is_recognised_when_its_total_reveals_hidden_numbers(numbers):
    assert reveals_hidden_cell([publish(number) for number in numbers], publish(sum(numbers)))


def test_exact_total_reveals_a_hidden_number():
    """Totals are rounded too, because 53 - 50 is 3."""
    assert reveals_hidden_cell(
        [PublishedNumber(1, 4), PublishedNumber(50, 50)], PublishedNumber(53, 53)
    )


@given(st.lists(st.sets(st.integers(0, 12)), min_size=1, max_size=4))
def test_total_of_overlapping_groups_reveals_no_hidden_number(groups):
    """Groups are sets of people; the total is the size of their union."""
    cells = [publish(len(group)) for group in groups]
    total = publish(len(set().union(*groups)))
    if reveals_hidden_cell(cells, total, overlapping=True):
        return
    for cell, group in zip(cells, groups, strict=True):
        if cell.is_hidden:
            others = [other for other in cells if other is not cell]
            least = total.least - sum(other.most for other in others)
            assert max(least, 1) < min(total.most, 4) or len(group) == 0
