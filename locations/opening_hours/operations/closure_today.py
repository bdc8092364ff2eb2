"""Close a location from today on, and reopen it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry

from locations.core.formatting import format_day
from locations.opening_hours.errors import (
    AlreadyClosed,
    ClosureIsPlanned,
    HoursError,
    LastDayOutOfRange,
    NotClosed,
    ReasonMissing,
)
from locations.opening_hours.models import ClosedDays
from locations.opening_hours.operations.history import record_changes

CLOSE, REOPEN = "locations.close_today", "locations.reopen"
MAX_LENGTH = timedelta(days=31)
"""Longer closures are planned as closed days."""


def close_today(location, *, reason, until=None, user=None, now=None):
    """Close `location` from today through `until` and return the closed days.

    Raise HoursError if the reason or the last day is wrong, or the location is already closed.
    """
    now = now or timezone.now()
    today = timezone.localdate(now)
    until = until or today
    if not today <= until <= today + MAX_LENGTH:
        raise LastDayOutOfRange(MAX_LENGTH.days)
    if not reason.strip():
        raise ReasonMissing
    closed_days = ClosedDays(
        location=location, first_day=today, last_day=until, reason=reason.strip()
    )
    try:
        closed_days.full_clean(exclude=["location"])
    except ValidationError as error:
        raise HoursError(" ".join(error.messages)) from error
    with record_changes(location, user=user, now=now):
        existing = ClosedDays.objects.for_location(location).overlapping(today, today)
        if other := existing.filter(service=None).first():
            raise AlreadyClosed(other)
        closed_days.save()
        log(closed_days, CLOSE, user=user, data={"place": location.pk})
    return closed_days


def reopen(closed_days, *, user=None, now=None):
    """Delete the closed days, or let them end yesterday if they began earlier.

    Raise NotClosed if they do not include today, ClosureIsPlanned if `close_today` did not
    create them.
    """
    now = now or timezone.now()
    today = timezone.localdate(now)
    with record_changes(closed_days, user=user, now=now):
        current = ClosedDays.objects.overlapping(today, today)
        closed_days = current.filter(pk=closed_days.pk).first()
        if closed_days is None:
            raise NotClosed
        if closed_days.pk not in unplanned_closures([closed_days.pk]):
            raise ClosureIsPlanned
        log(closed_days, REOPEN, user=user, data={"place": closed_days.location_id})
        if closed_days.first_day < today:
            closed_days.last_day = today - timedelta(days=1)
            closed_days.save(update_fields=["last_day"])
        else:
            closed_days.delete()


@dataclass(frozen=True)
class ClosureAuthor:
    """The user who closed a location, and when."""

    user: object
    at: datetime


def unplanned_closures(keys):
    """Return the author of each of these closed days that `close_today` created, by primary key.

    One query.
    """
    entries = ModelLogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(ClosedDays),
        object_id__in=[str(key) for key in keys],
        action=CLOSE,
    ).select_related("user")
    return {int(entry.object_id): ClosureAuthor(entry.user, entry.timestamp) for entry in entries}


def current_closures(locations, today):
    """Return the closed days of whole locations that include today, by location key. One query."""
    locations = list(locations)
    members = {}
    for location in locations:
        members.setdefault(location.partnership_id, []).append(location.pk)
    rows = ClosedDays.objects.overlapping(today, today).filter(
        Q(location__in=[location.pk for location in locations])
        | Q(partnership__in=[key for key in members if key]),
        service=None,
    )
    closures = {}
    for row in rows:
        for key in [row.location_id] if row.location_id else members[row.partnership_id]:
            closures.setdefault(key, []).append(row)
    return closures


def format_last_day(closed_days, today):
    """Return how long a closure lasts: only today, or up to and including a day."""
    if closed_days.last_day == today:
        return _("only today")
    return _("up to and including %(day)s") % {"day": format_day(closed_days.last_day, today)}
