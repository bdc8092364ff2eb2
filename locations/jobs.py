"""What the worker does for places."""

from home.jobs import job
from locations.operations import history


@job("locations.hours_history", every=300)
def hours_history():
    """For what no screen reports: a change by a command, in a shell, or of the demo site."""
    history.catch_up()
