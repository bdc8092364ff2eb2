"""Borrowers for the report of reach, as hashes without names."""

from functools import cache

from django.db.models import CharField
from django.db.models.functions import Cast

from lending.loans.models import Loan
from locations.core import person_hashes
from locations.reach.sources import Contact, register_reach_source


@register_reach_source
def borrowers(locations, start, end):
    """Yield a contact for each loan at the lending point of its policy, with one query.

    The contact has no person once the borrower is erased.
    """
    loans = Loan.objects.filter(
        policy__location__in=locations, lent_at__gte=start, lent_at__lt=end
    ).order_by()
    hashes = cache(_hashes)
    for location, lent_at, *borrower in loans.values_list(
        *("policy__location_id", "lent_at"),
        *("borrower__name", Cast("borrower__phone", CharField())),
        *("borrower__email", "borrower__card"),
    ).iterator():
        person, card = hashes(*borrower) if borrower[0] is not None else ("", "")
        yield Contact(person, location, lent_at, card)


def _hashes(name, phone, email, card):
    """Return the hash of a registration and the hash of a visit with the borrower's card."""
    return person_hashes.hash_person(name, phone=phone, email=email), person_hashes.hash_card(card)
