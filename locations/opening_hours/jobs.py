"""Periodic jobs of opening hours."""

from home.core.jobs import job
from locations.opening_hours.operations.history import record_unreported_changes


@job("locations.hours_history", every=300)
def record_hours_history():
    """Record changes made outside the admin: by a command, in a shell, or by the demo data."""
    record_unreported_changes()
