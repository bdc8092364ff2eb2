"""Suppression of small counts, so that no published number points at a person.

Counts from 1 to 4 are published as "<5"; all others, totals too, are rounded down to a multiple of
five, so that the difference of two numbers reveals nothing. A table that would still reveal a small
count is withheld.
"""

from typing import NamedTuple

from django.utils.formats import number_format

THRESHOLD = 5
HIDDEN = f"<{THRESHOLD}"


class PublishedNumber(NamedTuple):
    """A count as it may be published: one of the numbers from `least` to `most`."""

    least: int
    most: int

    def __str__(self):
        return HIDDEN if self.is_hidden else number_format(self.least, force_grouping=True)

    @property
    def is_hidden(self):
        """Whether the count is too small to publish."""
        return 0 < self.least < THRESHOLD

    @property
    def cell(self):
        """The value in a spreadsheet: a number, or "<5"."""
        return HIDDEN if self.is_hidden else self.least


def publish(count):
    """Return an exact count of people as a PublishedNumber."""
    if count < 0:
        raise ValueError("A count cannot be negative.")
    if count == 0:
        return PublishedNumber(0, 0)
    if count < THRESHOLD:
        return PublishedNumber(1, THRESHOLD - 1)
    least = count // THRESHOLD * THRESHOLD
    return PublishedNumber(least, least + THRESHOLD - 1)


def reveals_hidden_cell(cells, total, *, overlapping=False):
    """Return whether a hidden cell follows from the other cells and their total.

    Cells are `overlapping` if one person may be in several: then the total is at most their sum.
    """
    least = sum(cell.least for cell in cells)
    most = sum(cell.most for cell in cells)
    for cell in cells:
        if not cell.is_hidden:
            continue
        smallest = total.least - (most - cell.most)
        largest = total.most if overlapping else total.most - (least - cell.least)
        if min(largest, cell.most) - max(smallest, cell.least) < 1:
            return True
    return False
