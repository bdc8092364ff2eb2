"""Periodic jobs of forms."""

from home.core.jobs import job
from home.forms import operations


@job("home.answers", every=24 * 3600)
def delete_expired_submissions():
    operations.delete_expired()
