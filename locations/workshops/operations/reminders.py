"""Reminders to registered people some days before the first session."""

from datetime import datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from home.core.batch import process_each
from home.messages.models import Message
from locations.core.models import DigibankSettings
from locations.core.time_zone import BRUSSELS
from locations.workshops.models import Registration, WorkshopRun
from locations.workshops.notices import RegistrationEvent
from locations.workshops.operations.notifications import queue_notices
from locations.workshops.operations.waiting_list import lock_runs

MENTIONS_START = [
    event.message_type
    for event in (
        RegistrationEvent.CONFIRMED,
        RegistrationEvent.OFFERED,
        RegistrationEvent.MOVED,
        RegistrationEvent.RUN_MOVED,
        RegistrationEvent.REMINDER,
    )
]
"""Message types that mention the start: after one of these nobody needs a reminder."""


def send_reminders(now=None):
    """Remind everybody with a seat in a run that starts soon, once for each start.

    Each run has its own transaction. Return how many people were reminded.
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


def _midnight(moment, days):
    """Return the start of the local day that comes `days` after `moment`."""
    day = moment.astimezone(BRUSSELS).date() + timedelta(days=days)
    return datetime.combine(day, time(), tzinfo=BRUSSELS)


@transaction.atomic
def _remind(run, days, now):
    (run,) = lock_runs(run)
    if run.is_cancelled or now >= run.starts_at:
        return 0
    since = _midnight(run.starts_at, -days)
    registrations = list(
        run.registrations.seated().filter(state=Registration.State.REGISTERED, created_at__lt=since)
    )
    messages = Message.objects.filter(
        about__in=[f"registration:{registration.pk}" for registration in registrations],
        kind__in=MENTIONS_START,
        created_at__gte=since,
    )
    informed = set(messages.values_list("about", flat=True))
    reminded = 0
    for registration in registrations:
        if f"registration:{registration.pk}" not in informed:
            registration.run = run
            queue_notices(registration, RegistrationEvent.REMINDER)
            reminded += 1
    return reminded
