"""Tests of the seat arithmetic."""

import pytest

from locations.workshops import seats


@pytest.mark.parametrize(
    ("taken", "capacity", "free"),
    [
        ([], 0, []),
        ([], 1, [1]),
        ([1], 1, []),
        ([2], 3, [1, 3]),
        ([1, 3], 3, [2]),
        ([1, 2, 3], 3, []),
        ([5], 3, [1, 2, 3]),
    ],
)
def test_free_seats_are_the_numbers_nobody_has(taken, capacity, free):
    assert seats.free_seats(taken, capacity) == free


@pytest.mark.parametrize(
    ("taken", "last_position", "capacity", "allocation"),
    [
        ([], 0, 1, (1, None)),
        ([1], 0, 1, (None, 1)),
        ([1], 0, 2, (2, None)),
        ([2], 0, 2, (1, None)),
        ([1], 1, 2, (None, 2)),
        ([], 7, 2, (None, 8)),
    ],
    ids=["empty", "full", "one left", "lowest", "someone waits", "many wait"],
)
def test_allocation_is_a_seat_unless_full_or_someone_waits(
    taken, last_position, capacity, allocation
):
    assert seats.allocate(taken, last_position, capacity) == allocation


@pytest.mark.parametrize(
    ("waiting", "taken", "capacity", "offers"),
    [
        ([], [], 2, []),
        (["An"], [1, 2], 2, []),
        (["An"], [1], 3, [("An", 2)]),
        (["An", "Bo"], [2], 3, [("An", 1), ("Bo", 3)]),
        (["An", "Bo", "Cis"], [2], 3, [("An", 1), ("Bo", 3)]),
    ],
)
def test_offers_go_to_the_first_in_line(waiting, taken, capacity, offers):
    assert seats.offers(waiting, taken, capacity) == offers


@pytest.mark.parametrize(
    ("taken", "capacity", "moves"),
    [
        ([1, 2], 2, {}),
        ([1, 3], 2, {3: 2}),
        ([4, 5], 2, {4: 1, 5: 2}),
        ([2, 5, 4], 3, {4: 1, 5: 3}),
    ],
)
def test_seats_above_the_capacity_move_down(taken, capacity, moves):
    assert seats.lower_seats(taken, capacity) == moves
