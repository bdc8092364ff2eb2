"""The nouns of places."""

from locations.models.assignment import Assignment
from locations.models.brochure import BrochureEdition, BrochurePage
from locations.models.days import AdjustedDays, AdjustedHours, ClosedDays
from locations.models.help_request import HelpRequest, HelpRequestEvent
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
from locations.models.practice import Practice, ReachGoal
from locations.models.registration import Attendance, Registration
from locations.models.session import Session
from locations.models.stop import Stop
from locations.models.team import TeamMember
from locations.models.topic import Audience, Topic
from locations.models.visit import Visit
from locations.models.workshop import WorkshopIndexPage, WorkshopPage
from locations.models.workshop_run import WorkshopRun

__all__ = [
    "AdjustedDays",
    "AdjustedHours",
    "Assignment",
    "Attendance",
    "Audience",
    "BrochureEdition",
    "BrochurePage",
    "ClosedDays",
    "HelpRequest",
    "HelpRequestEvent",
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
    "Practice",
    "ReachGoal",
    "Registration",
    "Service",
    "Session",
    "Stop",
    "TeamMember",
    "Topic",
    "Visit",
    "Weekday",
    "WorkshopIndexPage",
    "WorkshopPage",
    "WorkshopRun",
]
