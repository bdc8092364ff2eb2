"""Work that comes back: on time, in one worker at once, and never the end of the worker."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.db import OperationalError, connection

from home.core import jobs
from home.core.models import JobRun

NOW = datetime(2026, 11, 25, 3, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def registry():
    return {}


def counting(registry, name="count", every=60, **options):
    ran = []

    @jobs.job(name, every=every, registry=registry, **options)
    def count():
        ran.append(name)

    return ran


def run_due(registry, now):
    return [(job.name, trouble) for job, trouble in jobs.run_due(now, registry)]


@pytest.mark.parametrize(
    ("seconds", "times"), [(0, 1), (59, 1), (60, 2)], ids=["at once", "too soon", "on time"]
)
def test_a_job_runs_at_once_and_then_every_so_often(registry, seconds, times):
    ran = counting(registry)
    run_due(registry, NOW)
    run_due(registry, NOW + timedelta(seconds=seconds))
    assert len(ran) == times
    assert JobRun.objects.get().runs == times


def test_a_job_in_hand_is_left_alone_until_its_lease_ends(registry):
    counting(registry, lease=600)
    (job,) = registry.values()
    assert jobs.claim(job, NOW)
    assert not jobs.claim(job, NOW + timedelta(seconds=599))
    assert jobs.claim(job, NOW + timedelta(seconds=600))


def test_a_job_that_fails_says_so_and_comes_back(registry):
    @jobs.job("broken", every=60, registry=registry)
    def broken():
        raise ValueError("No such index")

    ran = counting(registry)
    assert run_due(registry, NOW) == [("broken", "ValueError: No such index"), ("count", "")]
    assert ran == ["count"]
    assert JobRun.objects.get(name="broken").last_error == "ValueError: No such index"
    assert len(run_due(registry, NOW + timedelta(seconds=60))) == 2


def test_a_job_whose_database_goes_away_keeps_its_lease(registry):
    @jobs.job("away", every=60, registry=registry)
    def away():
        raise OperationalError("server closed the connection")

    with pytest.raises(OperationalError):
        run_due(registry, NOW)
    assert JobRun.objects.get().next_run_at == NOW + timedelta(seconds=600)


def test_two_jobs_can_not_have_one_name(registry):
    counting(registry)
    with pytest.raises(ValueError, match="two jobs"):
        counting(registry)


def test_a_round_in_which_nothing_is_due_costs_one_question(registry, django_assert_num_queries):
    for number in range(5):
        counting(registry, f"job {number}")
    run_due(registry, NOW)
    with django_assert_num_queries(1):
        assert run_due(registry, NOW) == []


@pytest.mark.django_db(transaction=True)
def test_many_workers_at_the_same_moment_run_a_job_once(registry):
    ran, workers = counting(registry), 6
    together = threading.Barrier(workers)

    def work():
        try:
            together.wait(10)
            return run_due(registry, NOW)
        finally:
            connection.close()

    with ThreadPoolExecutor(workers) as pool:
        for future in [pool.submit(work) for _ in range(workers)]:
            future.result(60)
    assert ran == ["count"]
