"""Models of helpdesk."""

from locations.helpdesk.models.help_request import HelpRequest, HelpRequestEvent
from locations.helpdesk.models.visit import Visit

__all__ = ["HelpRequest", "HelpRequestEvent", "Visit"]
