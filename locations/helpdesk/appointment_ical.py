"""An appointment as an iCalendar file (RFC 5545)."""

from datetime import UTC, timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from locations.core.ical import add_time_zone
from locations.core.time_zone import BRUSSELS
from locations.helpdesk.models import HelpRequest


def appointment_ical(help_request, now=None):
    """Return the appointment as bytes, without the name and the question of the person.

    The UID stays the same when the appointment is moved.
    """
    now = now or timezone.now()
    starts_at = help_request.appointment_at.astimezone(BRUSSELS)
    duration = timedelta(minutes=help_request.appointment_minutes)
    host = settings.WAGTAILADMIN_BASE_URL.partition("//")[2]
    location = help_request.location
    event = Event()
    event.add("uid", f"{help_request.number}@{host}")
    event.add("dtstamp", now.astimezone(UTC).replace(microsecond=0))
    event.add("sequence", int(now.timestamp()) // 60 % 2**31)
    event.add("dtstart", starts_at)
    event.add("dtend", (starts_at.astimezone(UTC) + duration).astimezone(BRUSSELS))
    event.add("summary", _("Appointment with %(place)s") % {"place": location.name})
    if help_request.kind != HelpRequest.Kind.HOME_VISIT:
        event.add("location", ", ".join(filter(None, (location.name, location.address))))
    event.add("description", _("Your number: %(number)s") % {"number": help_request.number})
    calendar = Calendar()
    calendar.add("prodid", "-//Digipunt//Appointment//NL")
    calendar.add("version", "2.0")
    calendar.add_component(event)
    add_time_zone(calendar, now.astimezone(BRUSSELS).date())
    return calendar.to_ical()
