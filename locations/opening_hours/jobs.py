"""Periodic jobs of opening hours."""

from home.core.jobs import job
from locations.opening_hours.operations import history


@job("locations.hours_history", every=300)
def record_hours_history():
    """Record changes that no screen reports: by a command, in a shell, or of the demo site."""
    history.record_unreported_changes()
