"""Periodic jobs: each subject registers its own in `jobs.py`, and the worker runs them.

    @job("search sync", every=5)
    def sync(): ...

A job may run in any worker, but never in two at once as long as it ends within its lease.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.db import InterfaceError, OperationalError
from django.db.models import F
from django.utils import timezone

from home.core.models import JobRun

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Job:
    """A function that runs every so often, and how long a worker may take for it."""

    name: str
    run: Callable[[], object]
    every: timedelta
    lease: timedelta


registered: dict[str, Job] = {}


def job(name, *, every, lease=600, registry=registered):
    """Register a function without arguments to run every `every` seconds.

    After `lease` seconds another worker may take over a job that did not finish.
    """

    def register(function):
        if name in registry and registry[name].run is not function:
            raise ValueError(f"There are two jobs with the name {name!r}.")
        registry[name] = Job(
            name, function, timedelta(seconds=every), timedelta(seconds=max(every, lease))
        )
        return function

    return register


def due(now=None, registry=registered):
    """Return the jobs to run now, including those that never ran. One query."""
    now = now or timezone.now()
    waiting = set(
        JobRun.objects.filter(name__in=registry, next_run_at__gt=now).values_list("name", flat=True)
    )
    return [job for name, job in registry.items() if name not in waiting]


def claim_job(due_job, now):
    """Lease the job; return False if another worker has it."""
    runs = JobRun.objects.filter(name=due_job.name, next_run_at__lte=now)
    leased = {"next_run_at": now + due_job.lease, "started_at": now}
    if runs.update(**leased):
        return True
    JobRun.objects.bulk_create([JobRun(name=due_job.name, next_run_at=now)], ignore_conflicts=True)
    return bool(runs.update(**leased))


def run(due_job, now=None):
    """Run a job; return the error, "" on success, or None if another worker has it."""
    now = now or timezone.now()
    if not claim_job(due_job, now):
        return None
    error = ""
    try:
        due_job.run()
    except (OperationalError, InterfaceError):
        raise  # the database is away: the worker waits, and the job runs again after its lease
    except Exception as exception:
        logger.exception("Job %s failed", due_job.name)
        error = f"{type(exception).__name__}: {exception}"[:1000]
    JobRun.objects.filter(name=due_job.name, started_at=now).update(
        next_run_at=now + due_job.every,
        finished_at=timezone.now(),
        runs=F("runs") + 1,
        last_error=error,
    )
    return error


def run_due(now=None, registry=registered):
    """Run the due jobs; yield each job that ran with its error, or ""."""
    for due_job in due(now, registry):
        error = run(due_job, now)
        if error is not None:
            yield due_job, error
