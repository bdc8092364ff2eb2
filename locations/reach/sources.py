"""Whom other apps reach, without this app knowing them.

    from locations import reach_sources

    @reach_sources.register
    def borrowers(places, start, end):
        yield Contact(person(name, phone=phone), place=3, at=moment)

A source is asked once for all the places and the whole period, so that its queries do not grow.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

_sources = []


class Contact(NamedTuple):
    """Somebody was reached at a place. `person` is a hash of locations.people, or nothing.

    `also` is another hash of the same person, as of the code on the card that one was given.
    """

    person: str
    place: int
    at: datetime
    also: str = ""


def register(source):
    """Add a source: a function of places (primary keys), start and end (not counted)."""
    if source not in _sources:
        _sources.append(source)
    return source


def contacts(places, start, end) -> Iterable[Contact]:
    for source in _sources:
        yield from source(places, start, end)
