"""Models of the app, gathered from its subjects: Django imports this package."""

from locations.brochures.models import BrochureEdition, BrochurePage
from locations.core.models import Audience, DigibankSettings, Topic
from locations.directory.models import LocationIndexPage, LocationPage
from locations.helpdesk.models import HelpRequest, HelpRequestEvent, Visit
from locations.opening_hours.models import (
    AdjustedDays,
    AdjustedHours,
    ClosedDays,
    HoursVersion,
    OpeningRule,
    Stop,
    Weekday,
)
from locations.places.models import (
    Assignment,
    Location,
    LocationService,
    Municipality,
    Partner,
    PartnerRole,
    Partnership,
    Postcode,
    Service,
    TeamMember,
)
from locations.reach.models import ReachGoal
from locations.workshops.models import (
    Attendance,
    Registration,
    Session,
    WorkshopIndexPage,
    WorkshopPage,
    WorkshopRun,
)

__all__ = [
    "AdjustedDays",
    "AdjustedHours",
    "Assignment",
    "Attendance",
    "Audience",
    "BrochureEdition",
    "BrochurePage",
    "ClosedDays",
    "DigibankSettings",
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
