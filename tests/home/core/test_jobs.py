"""Periodic jobs: on time, in one worker at a time, and harmless when they fail."""

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
def test_job_runs_at_once_and_then_periodically(registry, seconds, times):
    ran = counting(registry)
    run_due(registry, NOW)
    run_due(registry, NOW + timedelta(seconds=seconds))
    assert len(ran) == times
    assert JobRun.objects.get().runs == times


def test_running_job_is_not_started_again_until_its_lease_ends(registry):
    counting(registry, lease=600)
    (job,) = registry.values()
    assert jobs.claim_job(job, NOW)
    assert not jobs.claim_job(job, NOW + timedelta(seconds=599))
    assert jobs.claim_job(job, NOW + timedelta(seconds=600))


def test_failed_job_stores_its_error_and_runs_again(registry):
    @jobs.job("broken", every=60, registry=registry)
    def broken():
        raise ValueError("No such index")

    ran = counting(registry)
    assert run_due(registry, NOW) == [("broken", "ValueError: No such index"), ("count", "")]
    assert ran == ["count"]
    assert JobRun.objects.get(name="broken").last_error == "ValueError: No such index"
    assert len(run_due(registry, NOW + timedelta(seconds=60))) == 2


def test_job_keeps_its_lease_when_the_database_is_away(registry):
    @jobs.job("away", every=60, registry=registry)
    def away():
        raise OperationalError("server closed the connection")

    with pytest.raises(OperationalError):
        run_due(registry, NOW)
    assert JobRun.objects.get().next_run_at == NOW + timedelta(seconds=600)


def test_two_jobs_cannot_have_the_same_name(registry):
    counting(registry)
    with pytest.raises(ValueError, match="two jobs"):
        counting(registry)


def test_run_due_takes_one_query_when_nothing_is_due(registry, django_assert_num_queries):
    for number in range(5):
        counting(registry, f"job {number}")
    run_due(registry, NOW)
    with django_assert_num_queries(1):
        assert run_due(registry, NOW) == []


@pytest.mark.django_db(transaction=True)
def test_job_runs_once_when_many_workers_start_it_at_the_same_moment(registry):
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
