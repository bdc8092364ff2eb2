"""Models of workshops."""

from locations.workshops.models.registration import Attendance, Registration
from locations.workshops.models.run import WorkshopRun
from locations.workshops.models.session import Session
from locations.workshops.models.workshop import WorkshopIndexPage, WorkshopPage

__all__ = [
    "Attendance",
    "Registration",
    "Session",
    "WorkshopIndexPage",
    "WorkshopPage",
    "WorkshopRun",
]
