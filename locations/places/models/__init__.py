"""Locations, partnerships, partners, municipalities and staff assignments."""

from locations.places.models.assignment import Assignment
from locations.places.models.location import Location, LocationService, Service
from locations.places.models.partnership import (
    Municipality,
    Partner,
    PartnerRole,
    Partnership,
    Postcode,
)
from locations.places.models.team import TeamMember

__all__ = [
    "Assignment",
    "Location",
    "LocationService",
    "Municipality",
    "Partner",
    "PartnerRole",
    "Partnership",
    "Postcode",
    "Service",
    "TeamMember",
]
