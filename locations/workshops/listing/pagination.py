"""Runs a page at a time. With 50,000 of them nobody counts them all, or reads past five hundred."""

from locations.workshops.listing.rows import read
from locations.workshops.models import WorkshopRun

PER_PAGE = 20
MOST = 500
"""So many can be paged through; one key more says that there are others."""


def soonest_first(filters):
    """The keys of what was asked for: where one can drop in now, then what begins; two queries."""
    found = [
        key for part in filters.parts() for key in part.values_list("pk", flat=True)[: MOST + 1]
    ]
    return found[: MOST + 1]


def nearest_first(filters):
    """The same, the nearest place first, and what is at one place in the order of its dates."""
    pairs = [pair for part in filters.parts() for pair in part.values_list("location", "pk")]
    turns = {place: turn for turn, place in enumerate(filters.near)}
    pairs.sort(key=lambda pair: turns[pair[0]])
    return [key for _place, key in pairs[: MOST + 1]]


def runs_of(keys):
    """These runs (`Listed`) in this order; one query."""
    found = {run.pk: run for run in read(WorkshopRun.objects.filter(pk__in=keys))}
    return [found[key] for key in keys if key in found]
