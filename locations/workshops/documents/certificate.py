"""The certificate of attendance: the sessions that a person attended, and nothing more."""

from datetime import timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from home.documents.rendering import render
from locations.core.formatting import format_list, format_time_range
from locations.core.time_zone import BRUSSELS
from locations.workshops.errors import WorkshopError
from locations.workshops.models import Attendance


class AttendanceMissing(WorkshopError):
    """No attended session was recorded."""

    def __init__(self):
        super().__init__(
            _(
                "There is no certificate yet, because no attendance was recorded "
                "for this person. Ask again after the session."
            )
        )


class NameRemoved(WorkshopError):
    """The registration was erased."""

    def __init__(self):
        super().__init__(
            _("There is no certificate any more, because the name of this person was removed.")
        )


def recorded_attendance(registration):
    """Return the attendance rows of a registration, by session."""
    rows = Attendance.objects.filter(registration=registration).select_related("session")
    return list(rows.order_by("session__starts_at", "session"))


def has_certificate(registration):
    """Return whether the person attended at least once, and has a name."""
    return bool(registration.name) and registration.attendances.filter(attended=True).exists()


def certificate_data(registration, now=None):
    """Return the data of the template; the run, workshop and location are loaded already."""
    attendances = recorded_attendance(registration)
    attended = [attendance.session for attendance in attendances if attendance.attended]
    if not attended:
        raise AttendanceMissing
    if not registration.name:
        raise NameRemoved
    run = registration.run
    location = run.location
    total = sum((session.ends_at - session.starts_at for session in attended), timedelta())
    subjects = [session.subject for session in attended if session.subject]
    topics = list(dict.fromkeys(subjects)) or run.page.things_to_learn or [run.page.title]
    return {
        "number": f"{run.pk}-{registration.pk}",
        "issuer": {
            "name": location.name,
            "address": location.address,
            "phone": str(location.phone),
            "mail": location.email,
        },
        "name": registration.name,
        "workshop": run.page.title,
        "sessions": [session_row(attendance) for attendance in attendances],
        "hours": format_duration(total),
        "topics": topics,
        "coach": run.teacher or "–",
        "place": ", ".join(filter(None, (location.name, location.address))),
        "issued_place": location.city or location.name,
        "issued": date_format(timezone.localdate(now), "j F Y"),
        "signer": run.teacher,
    }


def session_row(attendance):
    """Return the date, hours and attendance of one session as text."""
    session = attendance.session
    start, end = session.starts_at.astimezone(BRUSSELS), session.ends_at.astimezone(BRUSSELS)
    return {
        "date": date_format(start, "l j F Y"),
        "time": format_time_range(start, end),
        "state": "now" if attendance.attended else "not",
    }


def format_duration(duration):
    """Return text like "1 hour and 30 minutes"."""
    hours, minutes = divmod(int(duration.total_seconds()) // 60, 60)
    parts = []
    if hours:
        parts.append(ngettext("%(n)s hour", "%(n)s hours", hours) % {"n": hours})
    if minutes:
        parts.append(ngettext("%(n)s minute", "%(n)s minutes", minutes) % {"n": minutes})
    return format_list(parts)


def certificate_pdf(registration, now=None):
    """Return the certificate as PDF/UA bytes, dated today; raise a WorkshopError without one."""
    now = now or timezone.now()
    day = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    return render("attendance", certificate_data(registration, now), timestamp=day)
