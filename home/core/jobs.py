"""Work that comes back: each app registers in its own `jobs.py`, the worker runs what is due.

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
    name: str
    run: Callable[[], object]
    every: timedelta
    lease: timedelta


registered: dict[str, Job] = {}


def job(name, *, every, lease=600, registry=registered):
    """Register a function without arguments to run every so many seconds.

    `lease`: seconds after which a worker that went silent loses the job to another.
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
    """The jobs whose time has come; jobs that never ran are due at once. One question."""
    now = now or timezone.now()
    resting = set(
        JobRun.objects.filter(name__in=registry, next_run_at__gt=now).values_list("name", flat=True)
    )
    return [one for name, one in registry.items() if name not in resting]


def claim(one, now):
    """Take the job up for the time of its lease; False if another worker has it."""
    mine = JobRun.objects.filter(name=one.name, next_run_at__lte=now)
    leased = {"next_run_at": now + one.lease, "started_at": now}
    if mine.update(**leased):
        return True
    JobRun.objects.bulk_create([JobRun(name=one.name, next_run_at=now)], ignore_conflicts=True)
    return bool(mine.update(**leased))


def run(one, now=None):
    """Run a job if nobody else does: None (another has it), "" (done) or what went wrong."""
    now = now or timezone.now()
    if not claim(one, now):
        return None
    error = ""
    try:
        one.run()
    except (OperationalError, InterfaceError):
        raise  # the database is away: the worker waits for it, and the lease brings the job back
    except Exception as trouble:
        logger.exception("Job %s failed", one.name)
        error = f"{type(trouble).__name__}: {trouble}"[:1000]
    JobRun.objects.filter(name=one.name, started_at=now).update(
        next_run_at=now + one.every,
        finished_at=timezone.now(),
        runs=F("runs") + 1,
        last_error=error,
    )
    return error


def run_due(now=None, registry=registered):
    """Run all that is due; yields each job with what came of it."""
    for one in due(now, registry):
        outcome = run(one, now)
        if outcome is not None:
            yield one, outcome
