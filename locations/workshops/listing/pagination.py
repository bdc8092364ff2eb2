"""Pages of runs: only the keys of the first runs are read, and nothing counts all of them."""

from locations.workshops.listing.rows import run_summaries
from locations.workshops.models.run import WorkshopRun

PER_PAGE = 20
MAX_RUNS = 500
"""How many runs visitors can page through; one key more shows that there are others."""


def soonest_first(search):
    """Return the keys of matching runs: drop-in runs in progress, then later ones; two queries."""
    keys = [
        key
        for part in search.listed_parts()
        for key in part.values_list("pk", flat=True)[: MAX_RUNS + 1]
    ]
    return keys[: MAX_RUNS + 1]


def nearest_first(search):
    """Return the same keys by distance, and by date within each location."""
    pairs = [pair for part in search.listed_parts() for pair in part.values_list("location", "pk")]
    ranks = {location: rank for rank, location in enumerate(search.near)}
    pairs.sort(key=lambda pair: ranks[pair[0]])
    return [key for _location, key in pairs[: MAX_RUNS + 1]]


def summaries_in_order(keys):
    """Return the `RunSummary` of each key, in this order; one query."""
    summaries = {run.pk: run for run in run_summaries(WorkshopRun.objects.filter(pk__in=keys))}
    return [summaries[key] for key in keys if key in summaries]
