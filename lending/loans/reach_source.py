"""Whom the lending reaches: for the report of the app locations, nameless."""

from functools import cache

from lending.loans.models import Loan
from locations.core import person_hashes
from locations.reach.sources import Contact, register


@register
def borrowers(places, start, end):
    """Who got a device in this time, at the lending point of its policy: one query.

    Of a loan whose borrower was forgotten nobody knows any more who it was.
    """
    loans = Loan.objects.filter(
        policy__location__in=places, lent_at__gte=start, lent_at__lt=end
    ).order_by()
    known = cache(_hashes)
    for place, at, *who in loans.values_list(
        *("policy__location_id", "lent_at"),
        *("borrower__name", "borrower__phone", "borrower__email", "borrower__card"),
    ).iterator():
        person, card = known(*who) if who[0] is not None else ("", "")
        yield Contact(person, place, at, card)


def _hashes(name, phone, email, card):
    """As somebody who registers, and as somebody who shows a card at a digipunt."""
    return person_hashes.person(name, phone=phone, email=email), person_hashes.card(card)
