"""Periodic jobs of workshops."""

from home.core.jobs import job
from locations.workshops.operations import registrations, reminders, retention


@job("locations.offers", every=60)
def expire_offers():
    """Expire offers that nobody answered in time."""
    registrations.expire_offers()


@job("locations.free_seats", every=900)
def offer_free_seats():
    """Offer seats that are free while somebody waits."""
    registrations.offer_everywhere()


@job("locations.reminders", every=900)
def send_reminders():
    """Remind people of the workshop they registered for."""
    reminders.remind()


@job("locations.registration_names", every=24 * 3600)
def remove_registration_names():
    """Remove personal data from old registrations."""
    retention.erase_expired_registrations()
    retention.clear_registration_hashes()
