"""One bad row does not stop the others, and does not go unnoticed."""

import pytest
from django.db import InterfaceError, OperationalError

from home.core.batch import one_by_one
from home.newsletter.models import Subscriber


class Bad(Exception):
    pass


def rows():
    return [Subscriber(pk=number) for number in (1, 2, 3)]


def failing_at(wrong, error):
    """A deed that fails for these, and what it did."""
    done = []

    def deed(row):
        if row.pk in wrong:
            raise error(f"bad {row.pk}")
        done.append(row.pk)
        return row.pk * 10

    return deed, done


def test_every_row_has_its_turn_in_order():
    deed, _done = failing_at((), Bad)
    assert one_by_one(rows(), deed) == [10, 20, 30]


def test_what_goes_wrong_is_raised_after_the_others_and_logged_by_key(caplog):
    deed, done = failing_at((1, 2), Bad)
    with pytest.raises(Bad, match="bad 1"):
        one_by_one(rows(), deed)
    assert done == [3]
    assert [record.getMessage() for record in caplog.records] == [
        "home.Subscriber 1",
        "home.Subscriber 2",
    ]


@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
def test_without_a_database_it_ends_at_once(error):
    deed, done = failing_at((2,), error)
    with pytest.raises(error):
        one_by_one(rows(), deed)
    assert done == [1]
