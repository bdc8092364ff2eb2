"""One appointment for somebody's own calendar: iCalendar (RFC 5545)."""

from datetime import UTC, timedelta

from django.conf import settings
from django.utils import timezone as clock
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from locations.core.time_zone import BRUSSELS
from locations.helpdesk.models import HelpRequest
from locations.opening_hours.feeds.time_zone import timezone


def appointment(request, now=None):
    """Bytes; without a name, and without the question. The UID stays when it is moved."""
    now = now or clock.now()
    starts = request.appointment_at.astimezone(BRUSSELS)
    minutes = timedelta(minutes=request.appointment_minutes)
    event = Event()
    host = settings.WAGTAILADMIN_BASE_URL.partition("//")[2]
    event.add("uid", f"{request.number}@{host}")
    event.add("dtstamp", now.astimezone(UTC).replace(microsecond=0))
    event.add("sequence", int(now.timestamp()) // 60 % 2**31)
    event.add("dtstart", starts)
    event.add("dtend", (starts.astimezone(UTC) + minutes).astimezone(BRUSSELS))
    event.add("summary", _("Appointment with %(place)s") % {"place": request.location.name})
    if request.kind != HelpRequest.Kind.HOME_VISIT:
        place = request.location
        event.add("location", ", ".join(filter(None, (place.name, place.address))))
    event.add("description", _("Your number: %(number)s") % {"number": request.number})
    found = Calendar()
    found.add("prodid", "-//Digipunt//Appointment//NL")
    found.add("version", "2.0")
    found.add_component(timezone())
    found.add_component(event)
    return found.to_ical()
