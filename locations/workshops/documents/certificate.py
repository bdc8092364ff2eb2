"""The certificate of attendance: says at which lessons somebody was, and nothing more."""

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


class NotNotedYet(WorkshopError):
    def __init__(self):
        super().__init__(
            _(
                "There is no certificate yet: nobody noted that this person was at a lesson. "
                "Ask for it again after the lesson."
            )
        )


class NameRemoved(WorkshopError):
    def __init__(self):
        super().__init__(
            _("There is no certificate any more: the name of this person was removed.")
        )


def noted(registration):
    """What was noted of this person, lesson by lesson."""
    rows = Attendance.objects.filter(registration=registration).select_related("session")
    return list(rows.order_by("session__starts_at", "session"))


def is_there(registration):
    """Whether somebody can ask a certificate: was there at least once, and still has a name."""
    return bool(registration.name) and registration.attendances.filter(was_there=True).exists()


def certificate_data(registration, now=None):
    """What the template asks; the registration comes with its run, workshop and place."""
    lessons = noted(registration)
    attended = [one.session for one in lessons if one.was_there]
    if not attended:
        raise NotNotedYet
    if not registration.name:
        raise NameRemoved
    run = registration.run
    place = run.location
    together = sum((one.ends_at - one.starts_at for one in attended), timedelta())
    subjects = [one.subject for one in attended if one.subject]
    topics = list(dict.fromkeys(subjects)) or run.page.things_to_learn or [run.page.title]
    return {
        "number": f"{run.pk}-{registration.pk}",
        "issuer": {
            "name": place.name,
            "address": place.address,
            "phone": str(place.phone),
            "mail": place.email,
        },
        "name": registration.name,
        "workshop": run.page.title,
        "sessions": [row(one) for one in lessons],
        "hours": duration(together),
        "topics": topics,
        "coach": run.teacher or "–",
        "place": ", ".join(filter(None, (place.name, place.address))),
        "issued_place": place.city or place.name,
        "issued": date_format(timezone.localdate(now), "j F Y"),
        "signer": run.teacher,
    }


def row(attendance):
    session = attendance.session
    start, end = session.starts_at.astimezone(BRUSSELS), session.ends_at.astimezone(BRUSSELS)
    return {
        "date": date_format(start, "l j F Y"),
        "time": format_time_range(start, end),
        "state": "now" if attendance.was_there else "not",
    }


def duration(together):
    """6 hours; 1 hour and 30 minutes."""
    hours, minutes = divmod(int(together.total_seconds()) // 60, 60)
    parts = []
    if hours:
        parts.append(ngettext("%(n)s hour", "%(n)s hours", hours) % {"n": hours})
    if minutes:
        parts.append(ngettext("%(n)s minute", "%(n)s minutes", minutes) % {"n": minutes})
    return format_list(parts)


def certificate_pdf(registration, now=None):
    """PDF/UA bytes, as things stand on this day; a WorkshopError says why there is none."""
    now = now or timezone.now()
    day = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    return render("attendance", certificate_data(registration, now), timestamp=day)
