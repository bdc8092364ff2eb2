"""Periodic jobs of the newsletter."""

from home.core.jobs import job
from home.newsletter.operations import newsletters, subscribers


@job("home.newsletters", every=10)
def continue_newsletters():
    newsletters.continue_sending()


@job("home.unconfirmed", every=3600)
def delete_unconfirmed_subscribers():
    while subscribers.delete_unconfirmed():
        pass
