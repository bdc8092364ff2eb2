"""Periodic jobs of the helpdesk."""

from home.core.jobs import job
from locations.helpdesk.operations import retention


@job("locations.names", every=24 * 3600)
def remove_expired_names():
    retention.remove_names()
    retention.remove_hashes()
