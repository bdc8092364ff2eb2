"""Models of workshops."""

from locations.workshops.models.pages import WorkshopIndexPage, WorkshopPage
from locations.workshops.models.registration import Attendance, Registration
from locations.workshops.models.run import WorkshopRun
from locations.workshops.models.session import Session

__all__ = [
    "Attendance",
    "Registration",
    "Session",
    "WorkshopIndexPage",
    "WorkshopPage",
    "WorkshopRun",
]
