"""A word to who comes, some days before the first lesson."""

from datetime import datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from home.core.batch import process_each
from home.messages.models import Message
from locations.core.models import DigibankSettings
from locations.core.time_zone import BRUSSELS
from locations.workshops.models import Registration, WorkshopRun
from locations.workshops.operations.notifications import tell
from locations.workshops.operations.waiting_list import locked

# Who heard one of these in the days before knows when it is.
SAYS_WHEN = [
    f"registration_{kind}" for kind in ("confirmed", "offered", "moved", "run_moved", "reminder")
]


def remind(now=None):
    """Remind everybody with a seat from so many days before the first lesson, once for each start.

    The days are those of the calendar here. Run by run, so that what is said stays said when it
    stops halfway. Returns how many people were told.
    """
    now = now or timezone.now()
    days = DigibankSettings.load().reminder_days
    until = _midnight(now, days + 1)
    runs = WorkshopRun.objects.filter(starts_at__gt=now, starts_at__lt=until)
    runs = runs.filter(entry=WorkshopRun.Entry.REGISTER).exclude(
        status=WorkshopRun.Status.CANCELLED
    )
    runs = runs.only("pk").order_by("starts_at", "pk")
    return sum(process_each(runs, lambda run: _remind(run, days, now)))


def _midnight(at, days):
    """The beginning of the day that comes so many days after this moment, by the clock here."""
    day = at.astimezone(BRUSSELS).date() + timedelta(days=days)
    return datetime.combine(day, time(), tzinfo=BRUSSELS)


@transaction.atomic
def _remind(run, days, now):
    (run,) = locked(run)
    if run.is_cancelled or now >= run.starts_at:
        return 0
    since = _midnight(run.starts_at, -days)
    people = list(
        run.registrations.seated().filter(state=Registration.State.REGISTERED, created_at__lt=since)
    )
    heard = Message.objects.filter(
        about__in=[f"registration:{one.pk}" for one in people],
        kind__in=SAYS_WHEN,
        created_at__gte=since,
    )
    heard = set(heard.values_list("about", flat=True))
    people = [one for one in people if f"registration:{one.pk}" not in heard]
    for registration in people:
        registration.run = run
        tell(registration, "reminder")
    return len(people)
