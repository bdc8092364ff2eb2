"""Context that workshops add to the page of a location."""

from locations.directory.panels import register_location_context
from locations.workshops.listing.rows import run_rows, run_summaries
from locations.workshops.models import WorkshopRun

MAX_RUNS = 6


@register_location_context
def upcoming_runs(location, now):
    """Return the first runs at `location` that people can still join."""
    runs = WorkshopRun.objects.listed(now).filter(location=location)[:MAX_RUNS]
    return {"runs": run_rows(run_summaries(runs), now)}
