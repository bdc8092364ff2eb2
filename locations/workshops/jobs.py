"""Periodic jobs of workshops."""

from home.core.jobs import job
from locations.workshops.operations import registrations, reminders


@job("locations.offers", every=60)
def expire_offers():
    registrations.expire_offers()


@job("locations.free_seats", every=900)
def offer_free_seats():
    registrations.offer_everywhere()


@job("locations.reminders", every=900)
def send_reminders():
    reminders.remind()
