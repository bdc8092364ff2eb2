"""Registry of contacts that other apps count as reach.

    # lending/loans/reach_source.py
    @register_reach_source
    def borrowers(locations, start, end):
        yield Contact(person(name, phone=phone), location=3, at=moment)

A source is called once for all locations and the whole period, so its queries do not grow.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

_sources = []


class Contact(NamedTuple):
    """A person who was reached at a location.

    `person` and `also` are hashes of `locations.core.person_hashes` or "". `also` is another hash
    of the same person, such as that of the card that the person was given.
    """

    person: str
    location: int
    at: datetime
    also: str = ""


def register_reach_source(source):
    """Register a function of locations (primary keys), start and end (excluded)."""
    if source not in _sources:
        _sources.append(source)
    return source


def contacts(locations, start, end) -> Iterable[Contact]:
    """Yield the contacts of every source."""
    for source in _sources:
        yield from source(locations, start, end)
