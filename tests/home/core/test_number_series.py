"""Numbers that people read aloud: consecutive, and nobody gets another's."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from home.core.models import NumberSeries


@pytest.mark.django_db
def test_each_series_counts_from_one():
    assert [NumberSeries.take("DP"), NumberSeries.take("DP"), NumberSeries.take("L")] == [1, 2, 1]


@pytest.mark.django_db
def test_batch_gets_consecutive_numbers():
    assert NumberSeries.take("DP", count=10_000) == 1
    assert NumberSeries.take("DP") == 10_001


@pytest.mark.django_db
def test_taking_a_number_takes_two_queries(django_assert_num_queries):
    NumberSeries.take("DP")
    with transaction.atomic(), django_assert_num_queries(2):
        NumberSeries.take("DP")


@pytest.mark.django_db
def test_rollback_releases_the_number():
    with transaction.atomic():
        NumberSeries.take("DP")
        transaction.set_rollback(True)
    assert NumberSeries.take("DP") == 1


def test_taking_less_than_one_number_is_refused():
    with pytest.raises(ValueError, match="at least one"):
        NumberSeries.take("DP", count=0)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("begun", [False, True], ids=["new series", "existing series"])
def test_concurrent_callers_get_different_numbers(begun):
    people, each = 8, 10
    if begun:
        NumberSeries.take("DP")
    together = threading.Barrier(people)

    def take():
        try:
            together.wait(10)
            numbers = []
            for _ in range(each):
                with transaction.atomic():
                    numbers.append(NumberSeries.take("DP"))
            return numbers
        finally:
            connection.close()

    with ThreadPoolExecutor(people) as pool:
        taken = [
            number
            for future in [pool.submit(take) for _ in range(people)]
            for number in future.result(60)
        ]
    assert sorted(taken) == list(range(1 + begun, people * each + 1 + begun))
