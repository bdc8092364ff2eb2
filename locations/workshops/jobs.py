"""Periodic jobs of workshops."""

from home.core.jobs import job
from locations.workshops.operations import reminders, retention, waiting_list


@job("locations.offers", every=60)
def expire_offers():
    """Expire offers that nobody answered in time."""
    waiting_list.expire_offers()


@job("locations.free_seats", every=900)
def offer_free_seats():
    """Offer seats that are free while somebody waits."""
    waiting_list.offer_all_free_seats()


@job("locations.reminders", every=900)
def send_reminders():
    """Remind people of the workshop they registered for."""
    reminders.send_reminders()


@job("locations.registration_names", every=24 * 3600)
def remove_registration_names():
    """Remove personal data from old registrations."""
    retention.erase_expired_registrations()
    retention.clear_registration_hashes()
