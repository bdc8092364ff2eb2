"""Periodic jobs of the newsletter."""

from home.core.jobs import job
from home.newsletter.operations import newsletters, subscribers


@job("home.newsletters", every=10)
def continue_newsletters():
    newsletters.go_on()


@job("home.unconfirmed", every=3600)
def delete_unconfirmed_subscribers():
    while subscribers.forget_unconfirmed():
        pass
