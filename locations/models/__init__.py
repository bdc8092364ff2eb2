"""The nouns of places."""

from locations.models.assignment import Assignment
from locations.models.days import AdjustedDays, AdjustedHours, ClosedDays
from locations.models.history import HoursVersion
from locations.models.hours import OpeningRule, Weekday
from locations.models.location import Location, LocationService, Service
from locations.models.pages import LocationIndexPage, LocationPage
from locations.models.partnership import (
    Municipality,
    Partner,
    PartnerRole,
    Partnership,
    Postcode,
)
from locations.models.stop import Stop
from locations.models.team import TeamMember
from locations.models.workshop import WorkshopIndexPage, WorkshopPage, WorkshopRun

__all__ = [
    "AdjustedDays",
    "AdjustedHours",
    "Assignment",
    "ClosedDays",
    "HoursVersion",
    "Location",
    "LocationIndexPage",
    "LocationPage",
    "LocationService",
    "Municipality",
    "OpeningRule",
    "Partner",
    "PartnerRole",
    "Partnership",
    "Postcode",
    "Service",
    "Stop",
    "TeamMember",
    "Weekday",
    "WorkshopIndexPage",
    "WorkshopPage",
    "WorkshopRun",
]
