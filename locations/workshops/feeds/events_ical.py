"""Workshops for a calendar: iCalendar (RFC 5545), an event for each lesson.

A lesson that moves keeps its UID and says so with a higher SEQUENCE; one that is cancelled stays,
with its reason, for who has it in a calendar already.
"""

from datetime import UTC, datetime, time, timedelta

from django.utils.text import Truncator
from django.utils.translation import gettext as _
from icalendar import Calendar as ICalendar
from icalendar import Event

from locations.core.ical import add_time_zone
from locations.core.time_zone import BRUSSELS

PRODUCT = "-//Digipunt//Workshops//NL"


def feed(name, editions, now):
    """Bytes of a calendar with every lesson of these editions."""
    found = ICalendar()
    found.add("prodid", PRODUCT)
    found.add("version", "2.0")
    found.add("x-wr-calname", name)
    found.add("refresh-interval", timedelta(hours=6), parameters={"VALUE": "DURATION"})
    today = now.astimezone(BRUSSELS).date()
    stamp = datetime.combine(today, time(), tzinfo=UTC)  # the same answer all day
    for edition in editions:
        about = _about(edition)
        for number, lesson in enumerate(edition.lessons, 1):
            found.add_component(_event(edition, lesson, number, about, stamp))
    add_time_zone(found, today)
    return found.to_ical()


def _event(edition, lesson, number, about, stamp):
    run, event = edition.run, Event()
    event.add("uid", f"les-{lesson.pk}@digipunt")
    event.add("sequence", edition.changes + bool(run.moved_from) + run.is_cancelled)
    event.add("dtstamp", stamp)
    event.add("dtstart", lesson.starts_at.astimezone(BRUSSELS))
    event.add("dtend", lesson.ends_at.astimezone(BRUSSELS))
    event.add("summary", _summary(edition, lesson, number))
    event.add("location", edition.where)
    if run.location.lat is not None:
        event.add("geo", (run.location.lat, run.location.lon))
    event.add("url", edition.url)
    if about:
        event.add("description", about)
    event.add("status", "CANCELLED" if run.is_cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT" if run.is_cancelled else "OPAQUE")
    if run.is_cancelled:
        event.add("comment", run.cancelled_reason)
    return event


def _summary(edition, lesson, number):
    said = edition.page.title
    if len(edition.lessons) > 1:
        said = _("%(title)s, lesson %(n)s of %(all)s") % {
            "title": said,
            "n": number,
            "all": len(edition.lessons),
        }
    if lesson.subject:
        said = _("%(title)s: %(subject)s") % {"title": said, "subject": lesson.subject}
    if edition.run.is_cancelled:
        return _("Cancelled: %(title)s") % {"title": said}
    return said


def _about(edition):
    page = edition.page
    lines = [Truncator(page.introduction).chars(400), page.limits]
    if edition.run.is_cancelled:
        lines.insert(0, edition.run.cancelled_reason)
    if page.things_to_bring:
        lines += [_("Bring along:"), *(f"- {thing}" for thing in page.things_to_bring)]
    if edition.run.location.phone:
        lines.append(_("Call %(phone)s") % {"phone": edition.run.location.phone})
    return "\n".join(line for line in lines if line)
