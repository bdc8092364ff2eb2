"""Numbers of people that leave the house: none so small, or so exact, that it points at somebody.

From 1 to 4 is said as "<5"; what is more is rounded down to fives, always and everywhere, totals
too, so that a small number does not follow from the difference of two others. Where a table would
still give one away, it is not shown.
"""

from typing import NamedTuple

from django.utils.formats import number_format

SMALL = 5
HIDDEN = f"<{SMALL}"


class Number(NamedTuple):
    """What may be known of a number: it is one of those from `least` to `most`."""

    least: int
    most: int

    def __str__(self):
        return HIDDEN if self.is_hidden else number_format(self.least, force_grouping=True)

    @property
    def is_hidden(self):
        return 0 < self.least < SMALL

    @property
    def cell(self):
        """For a spreadsheet: a number to reckon with, or the words."""
        return HIDDEN if self.is_hidden else self.least


def shown(number):
    """What is said of an exact number of people."""
    if number < 0:
        raise ValueError("There are no fewer than none.")
    if number == 0:
        return Number(0, 0)
    if number < SMALL:
        return Number(1, SMALL - 1)
    least = number // SMALL * SMALL
    return Number(least, least + SMALL - 1)


def gives_away(cells, total, *, overlapping=False):
    """Whether a hidden cell can be worked out from the others and their total.

    Cells are `overlapping` when one person may stand in more than one of them: then the total is
    at most their sum.
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
