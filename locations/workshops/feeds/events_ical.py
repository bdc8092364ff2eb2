"""Workshops as iCalendar (RFC 5545): an event for each session.

A session that moves keeps its UID and gets a higher SEQUENCE. A cancelled one stays, with its
reason, for people who have it in their calendar.
"""

from datetime import UTC, datetime, time, timedelta

from django.utils.text import Truncator
from django.utils.translation import gettext as _
from icalendar import Calendar as ICalendar
from icalendar import Event

from locations.core.ical import add_time_zone
from locations.core.time_zone import BRUSSELS

PRODUCT = "-//Digipunt//Workshops//NL"


def events_calendar(name, events, now):
    """Return a calendar, as bytes, with every session of these events."""
    calendar = ICalendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", timedelta(hours=6), parameters={"VALUE": "DURATION"})
    today = now.astimezone(BRUSSELS).date()
    stamp = datetime.combine(today, time(), tzinfo=UTC)  # the same content all day
    for event in events:
        description = _description(event)
        for number, session in enumerate(event.sessions, 1):
            calendar.add_component(_component(event, session, number, description, stamp))
    add_time_zone(calendar, today)
    return calendar.to_ical()


def _component(event, session, number, description, stamp):
    run, component = event.run, Event()
    component.add("uid", f"les-{session.pk}@digipunt")
    component.add("sequence", event.changes + bool(run.moved_from) + run.is_cancelled)
    component.add("dtstamp", stamp)
    component.add("dtstart", session.starts_at.astimezone(BRUSSELS))
    component.add("dtend", session.ends_at.astimezone(BRUSSELS))
    component.add("summary", _summary(event, session, number))
    component.add("location", event.venue)
    if run.location.lat is not None:
        component.add("geo", (run.location.lat, run.location.lon))
    component.add("url", event.url)
    if description:
        component.add("description", description)
    component.add("status", "CANCELLED" if run.is_cancelled else "CONFIRMED")
    component.add("transp", "TRANSPARENT" if run.is_cancelled else "OPAQUE")
    if run.is_cancelled:
        component.add("comment", run.cancelled_reason)
    return component


def _summary(event, session, number):
    title = event.page.title
    if len(event.sessions) > 1:
        title = _("%(title)s, session %(n)s of %(all)s") % {
            "title": title,
            "n": number,
            "all": len(event.sessions),
        }
    if session.subject:
        title = _("%(title)s: %(subject)s") % {"title": title, "subject": session.subject}
    if event.run.is_cancelled:
        return _("Cancelled: %(title)s") % {"title": title}
    return title


def _description(event):
    page = event.page
    lines = [Truncator(page.introduction).chars(400), page.limits]
    if event.run.is_cancelled:
        lines.insert(0, event.run.cancelled_reason)
    if page.things_to_bring:
        lines += [_("Bring along:"), *(f"- {thing}" for thing in page.things_to_bring)]
    if event.run.location.phone:
        lines.append(_("Call %(phone)s") % {"phone": event.run.location.phone})
    return "\n".join(line for line in lines if line)
