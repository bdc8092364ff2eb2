"""Seat arithmetic of a run: numbers only, no database.

Seats are numbered from 1 to the capacity, positions on the waiting list from 1 upwards.
"""

from typing import NamedTuple


class Allocation(NamedTuple):
    """Either a seat or a position on the waiting list."""

    seat: int | None
    position: int | None


def free_seats(taken, capacity):
    """Return the seat numbers that nobody has, lowest first."""
    taken = set(taken)
    return [seat for seat in range(1, capacity + 1) if seat not in taken]


def allocate(taken, last_position, capacity):
    """Return the lowest free seat if nobody waits, otherwise the next position.

    `last_position` is 0 when nobody waits.
    """
    free = [] if last_position else free_seats(taken, capacity)
    return Allocation(free[0], None) if free else Allocation(None, last_position + 1)


def offers(waiting, taken, capacity):
    """Return pairs of a waiting entry and the seat to offer to it, first in line first."""
    return list(zip(waiting, free_seats(taken, capacity), strict=False))


def lower_seats(taken, capacity):
    """Return {seat above the capacity: free seat within it}; the seats must fit."""
    above = sorted(seat for seat in taken if seat > capacity)
    return dict(zip(above, free_seats(taken, capacity), strict=False))
