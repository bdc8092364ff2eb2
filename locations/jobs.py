"""What the worker does for places."""

from home.jobs import job
from locations.operations import history, registrations, reminders, retention


@job("locations.hours_history", every=300)
def hours_history():
    """For what no screen reports: a change by a command, in a shell, or of the demo site."""
    history.catch_up()


@job("locations.offers", every=60)
def end_offers_that_nobody_answered():
    registrations.expire_offers()


@job("locations.free_seats", every=900)
def offer_what_was_left_free():
    registrations.offer_everywhere()


@job("locations.reminders", every=900)
def remind_who_comes():
    reminders.remind()


@job("locations.names", every=24 * 3600)
def remove_old_names():
    retention.remove_names()
    retention.remove_hashes()
