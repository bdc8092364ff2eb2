"""The opening status of a location as visitors read it."""

from dataclasses import replace

from django.utils.translation import gettext as _

from locations.core.formatting import format_list, format_near_day
from locations.core.time_zone import BRUSSELS
from locations.opening_hours.engine.hours_text import format_opening_hours, opening_status

HELP = "help"


def get_location_status(calendar, now, services=()):
    """Return the status of a location that offers these services.

    While it is open but nobody is there to help, the status names the services that are available
    now and the next time that there is help.
    """
    status = opening_status(calendar, now)
    with_own_hours = [service for service in services if calendar.has_own_hours(service.code)]
    help_service = next((service for service in with_own_hours if service.code == HELP), None)
    if not status.is_open or help_service is None or calendar.is_open(now, HELP):
        return status
    available = format_list(
        service.label.lower() for service in with_own_hours if calendar.is_open(now, service.code)
    )
    return replace(
        status,
        detail=f"{status.detail}: {available}" if available else status.detail,
        next=_next_help(calendar, now, help_service),
    )


def _next_help(calendar, now, help_service):
    opening = calendar.next_opening(now, HELP)
    if opening is None:
        return ""
    day = format_near_day(opening.day, now.astimezone(BRUSSELS).date())
    return _("%(service)s: %(when)s") % {
        "service": help_service.label,
        "when": f"{day}, {format_opening_hours(opening)}",
    }
