"""The sessions of one registration as iCalendar (RFC 5545), without a name.

The UIDs are those of the public feed, so that a calendar with both shows a session once.
"""

from datetime import UTC

from icalendar import Calendar, Event

from locations.core.ical import add_time_zone
from locations.core.time_zone import BRUSSELS
from locations.workshops.models import Registration


def registration_calendar(registration, now):
    """Return a calendar as bytes; sessions are cancelled when the registration has ended."""
    run = registration.run
    calendar = Calendar()
    calendar.add("prodid", "-//Digipunt//Place in a workshop//NL")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    venue = ", ".join(filter(None, (run.location.name, run.location.address, run.room)))
    for session in run.sessions.order_by("starts_at"):
        event = Event()
        event.add("uid", f"les-{session.pk}@digipunt")
        event.add("dtstamp", now.astimezone(UTC).replace(microsecond=0))
        event.add("sequence", int(now.timestamp()) // 60 % 2**31)
        event.add("dtstart", session.starts_at.astimezone(BRUSSELS))
        event.add("dtend", session.ends_at.astimezone(BRUSSELS))
        event.add("summary", ": ".join(filter(None, (run.page.title, session.subject))))
        event.add("location", venue)
        if run.page.things_to_bring:
            event.add("description", "\n".join(run.page.things_to_bring))
        event.add("status", _status(registration))
        calendar.add_component(event)
    add_time_zone(calendar, now.astimezone(BRUSSELS).date())
    return calendar.to_ical()


def _status(registration):
    if registration.run.is_cancelled or registration.state in Registration.ENDED:
        return "CANCELLED"
    return "CONFIRMED" if registration.state == Registration.State.REGISTERED else "TENTATIVE"
