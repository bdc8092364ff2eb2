"""A door that stays shut today, as whoever stands in it says; and open again."""

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
from locations.opening_hours.models import ClosedDays
from locations.opening_hours.operations import history

CLOSE, REOPEN = "locations.close_today", "locations.reopen"
LONGEST = timedelta(days=31)
"""Longer is no accident: that is for who plans the closed days."""


class ClosureError(Exception):
    """A sentence for the person at the screen."""


class ClosureReasonMissing(ClosureError):
    def __init__(self):
        super().__init__(_("Say why: visitors read this."))


class LastDayOutOfRange(ClosureError):
    def __init__(self):
        super().__init__(
            _("The last day is today or later, and at most %(days)s days from now.")
            % {"days": LONGEST.days}
        )


class AlreadyClosed(ClosureError):
    def __init__(self, days):
        reason = days.reason or _("without a reason")
        super().__init__(_("This place is closed today already: %(reason)s.") % {"reason": reason})


class NotClosed(ClosureError):
    def __init__(self):
        super().__init__(_("This place is not closed any more. Look at the list again."))


class ClosureIsPlanned(ClosureError):
    def __init__(self):
        super().__init__(
            _("These days were planned. Ask who plans the closed days to change them.")
        )


def close_today(place, *, reason, until=None, user=None, now=None):
    """Closed from today until the last day, which counts; who did it is kept with it."""
    now = now or timezone.now()
    today = timezone.localdate(now)
    until = until or today
    if not today <= until <= today + LONGEST:
        raise LastDayOutOfRange
    if not reason.strip():
        raise ClosureReasonMissing
    days = ClosedDays(location=place, first_day=today, last_day=until, reason=reason.strip())
    try:
        days.full_clean(exclude=["location"])
    except ValidationError as error:
        raise ClosureError(" ".join(error.messages)) from error
    with history.record_changes(place, user=user, now=now):
        others = ClosedDays.objects.of_place(place).touching(today, today).filter(service=None)
        if other := others.first():
            raise AlreadyClosed(other)
        days.save()
        log(days, CLOSE, user=user, data={"place": place.pk})
    return days


def reopen(days, *, user=None, now=None):
    """Open after all: the closed days go, or end yesterday if they began earlier."""
    now = now or timezone.now()
    today = timezone.localdate(now)
    with history.record_changes(days, user=user, now=now):
        days = ClosedDays.objects.touching(today, today).filter(pk=days.pk).first()
        if days is None:
            raise NotClosed
        if days.pk not in unplanned_closures([days.pk]):
            raise ClosureIsPlanned
        log(days, REOPEN, user=user, data={"place": days.location_id})
        if days.first_day < today:
            days.last_day = today - timedelta(days=1)
            days.save(update_fields=["last_day"])
        else:
            days.delete()


@dataclass(frozen=True)
class ClosureAuthor:
    """Who closed a door, and when."""

    user: object
    at: datetime


def unplanned_closures(keys):
    """Of these closed days, those that were made by `close`: by whom and when. One query."""
    entries = ModelLogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(ClosedDays),
        object_id__in=[str(key) for key in keys],
        action=CLOSE,
    ).select_related("user")
    return {int(entry.object_id): ClosureAuthor(entry.user, entry.timestamp) for entry in entries}


def current_closures(places, today):
    """The closed days of whole places that hold today, by primary key of the place. One query."""
    places = list(places)
    members = {}
    for place in places:
        members.setdefault(place.partnership_id, []).append(place.pk)
    rows = ClosedDays.objects.touching(today, today).filter(
        Q(location__in=[place.pk for place in places])
        | Q(partnership__in=[key for key in members if key]),
        service=None,
    )
    found = {}
    for row in rows:
        for key in [row.location_id] if row.location_id else members[row.partnership_id]:
            found.setdefault(key, []).append(row)
    return found


def format_last_day(days, today):
    """Until when the door is shut, for a colleague: only today, or up to and including a day."""
    if days.last_day == today:
        return _("only today")
    return _("up to and including %(day)s") % {"day": format_day(days.last_day, today)}
