"""Periodic jobs of the helpdesk."""

from home.core.jobs import job
from locations.helpdesk.operations import retention


@job("locations.help_request_names", every=24 * 3600)
def remove_help_request_names():
    """Remove personal data that the helpdesk no longer needs."""
    retention.erase_expired_help_requests()
    retention.clear_visit_hashes()
