"""A batch goes on after a failing row, and raises the failure afterwards."""

import pytest
from django.db import InterfaceError, OperationalError

from home.core.batch import process_each
from home.newsletter.models import Subscriber


class RowError(Exception):
    pass


def rows():
    return [Subscriber(pk=number) for number in (1, 2, 3)]


def failing_for(keys, error):
    """Return a function that fails for rows with these keys, and the list of processed keys."""
    processed = []

    def process(row):
        if row.pk in keys:
            raise error(f"bad {row.pk}")
        processed.append(row.pk)
        return row.pk * 10

    return process, processed


def test_batch_returns_results_in_order():
    process, _processed = failing_for((), RowError)
    assert process_each(rows(), process) == [10, 20, 30]


def test_batch_raises_first_error_after_the_last_row_and_logs_each_by_key(caplog):
    process, processed = failing_for((1, 2), RowError)
    with pytest.raises(RowError, match="bad 1"):
        process_each(rows(), process)
    assert processed == [3]
    assert [record.getMessage() for record in caplog.records] == [
        "home.Subscriber 1",
        "home.Subscriber 2",
    ]


@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
def test_batch_ends_at_once_when_the_database_is_away(error):
    process, processed = failing_for((2,), error)
    with pytest.raises(error):
        process_each(rows(), process)
    assert processed == [1]
