"""The fields of a location that lists show."""

from typing import NamedTuple

from locations.places.models import Location


class LocationSummary(NamedTuple):
    """The fields of a location that a list shows: model instances take too long for thousands."""

    pk: int
    code: str
    name: str
    kind: str
    partnership_id: int
    street: str
    number: str
    postcode: str
    city: str
    lat: float
    lon: float
    page_id: int
    url_path: str

    address = Location.address

    @classmethod
    def query(cls, locations):
        """Return an unevaluated queryset of value tuples for a queryset of locations."""
        return locations.values_list(*cls._fields[:-2], "page__pk", "page__url_path")
