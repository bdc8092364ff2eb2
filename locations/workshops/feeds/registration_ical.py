"""The lessons of somebody's own place for a calendar: iCalendar (RFC 5545), without a name.

The UIDs are those of the list of workshops: who has both in a calendar sees a lesson once.
"""

from datetime import UTC

from icalendar import Calendar, Event

from locations.core.ical import add_time_zone
from locations.core.time_zone import BRUSSELS
from locations.workshops.models import Registration


def own_place(registration, now):
    """Bytes; each lesson keeps its UID, and is cancelled when the person does not come any more."""
    run = registration.run
    found = Calendar()
    found.add("prodid", "-//Digipunt//Place in a workshop//NL")
    found.add("version", "2.0")
    found.add("method", "PUBLISH")
    place = ", ".join(filter(None, (run.location.name, run.location.address, run.room)))
    for session in run.sessions.order_by("starts_at"):
        event = Event()
        event.add("uid", f"les-{session.pk}@digipunt")
        event.add("dtstamp", now.astimezone(UTC).replace(microsecond=0))
        event.add("sequence", int(now.timestamp()) // 60 % 2**31)
        event.add("dtstart", session.starts_at.astimezone(BRUSSELS))
        event.add("dtend", session.ends_at.astimezone(BRUSSELS))
        event.add("summary", ": ".join(filter(None, (run.page.title, session.subject))))
        event.add("location", place)
        if run.page.things_to_bring:
            event.add("description", "\n".join(run.page.things_to_bring))
        event.add("status", status(registration))
        found.add_component(event)
    add_time_zone(found, now.astimezone(BRUSSELS).date())
    return found.to_ical()


def status(registration):
    if registration.run.is_cancelled or registration.state in Registration.ENDED:
        return "CANCELLED"
    return "CONFIRMED" if registration.state == Registration.State.REGISTERED else "TENTATIVE"
