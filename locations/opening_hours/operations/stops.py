"""Cancel, reinstate and copy several stops at once."""

from dataclasses import dataclass
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from locations.core.time_zone import BRUSSELS
from locations.opening_hours.engine.hours_text import format_closure
from locations.opening_hours.errors import (
    HoursError,
    InvalidRepetition,
    ReasonMissing,
    RepetitionTooFar,
    TooManyStops,
)
from locations.opening_hours.loading import load_calendars
from locations.opening_hours.models import Stop
from locations.opening_hours.operations.history import record_changes
from locations.opening_hours.stop_text import format_stop
from locations.places.models import Location

CANCEL, REINSTATE = "locations.cancel_stop", "locations.reinstate_stop"
COPY = "locations.copy_stop"
COPIED_FIELDS = ("location", "place", "address", "host", "lat", "lon")
MAX_TIMES = 26
"""How many times a stop can be copied at once: every two weeks for a year."""
MAX_WEEKS = 52
MAX_STOPS = 500
"""How many stops can be created at once."""


@dataclass(frozen=True)
class StopsResult:
    """The stops that were changed or created, and a sentence for each one that was skipped."""

    changed: tuple[Stop, ...]
    skipped: tuple[str, ...]


def cancel_stops(stops, *, reason, user=None, now=None):
    """Cancel stops, except those that are over or cancelled already.

    Raise ReasonMissing, or HoursError if the reason is not valid.
    """
    reason = reason.strip()
    if not reason:
        raise ReasonMissing
    try:
        Stop._meta.get_field("cancelled_reason").clean(reason, None)
    except ValidationError as error:
        raise HoursError(" ".join(error.messages)) from error
    now = now or timezone.now()
    changed, skipped = [], []
    with record_changes(*stops, user=user, now=now):
        for stop in _reload(stops):
            if stop.ends_at <= now:
                skipped.append(_("%(stop)s: this is over.") % {"stop": format_stop(stop)})
            elif stop.is_cancelled:
                text = _("%(stop)s: was already cancelled, because: %(reason)s.")
                values = {"stop": format_stop(stop), "reason": stop.cancelled_reason}
                skipped.append(text % values)
            else:
                stop.cancelled_reason = reason
                changed.append(stop)
        _save(changed, CANCEL, user)
    return StopsResult(tuple(changed), tuple(skipped))


def reinstate_stops(stops, *, user=None, now=None):
    """Let cancelled stops go ahead, unless they are over or conflict with another stop."""
    now = now or timezone.now()
    changed, skipped = [], []
    with record_changes(*stops, user=user, now=now):
        stops = _reload(stops)
        planned = _stops_going_ahead({stop.location_id for stop in stops})
        for stop in stops:
            if not stop.is_cancelled:
                skipped.append(_("%(stop)s: goes ahead already.") % {"stop": format_stop(stop)})
            elif stop.ends_at <= now:
                skipped.append(_("%(stop)s: this is over.") % {"stop": format_stop(stop)})
            elif other := find_conflict(stop, planned[stop.location_id]):
                skipped.append(_format_conflict(stop, other))
            else:
                stop.cancelled_reason = ""
                planned[stop.location_id].append(stop)
                changed.append(stop)
        _save(changed, REINSTATE, user)
    return StopsResult(tuple(changed), tuple(skipped))


def copy_stops(stops, *, weeks, times=1, user=None, now=None):
    """Plan stops again every `weeks` weeks, `times` times, at the same local time.

    The note and the reason of a cancellation are not copied. Stops that exist already, fall on a
    closed day, or conflict with another stop are skipped.
    Raise InvalidRepetition, RepetitionTooFar or TooManyStops.
    """
    if weeks < 1 or times < 1:
        raise InvalidRepetition
    if times > MAX_TIMES or weeks > MAX_WEEKS:
        raise RepetitionTooFar(MAX_TIMES, MAX_WEEKS)
    if len(stops) * times > MAX_STOPS:
        raise TooManyStops(len(stops) * times, MAX_STOPS)
    copies, skipped = [], []
    with record_changes(*stops, user=user, now=now):
        stops = _reload(stops)
        locations = {stop.location_id: stop.location for stop in stops}
        calendars = load_calendars(locations.values())
        existing = set(
            Stop.objects.filter(location__in=locations).values_list(
                "location_id", "place", "starts_at"
            )
        )
        planned = _stops_going_ahead(locations)
        for turn in range(1, times + 1):
            for stop in stops:
                copy = _copy_later(stop, timedelta(weeks=weeks * turn))
                key = (copy.location_id, copy.place, copy.starts_at)
                closure = calendars[copy.location_id].closure(copy.starts_at.date())
                if key in existing:
                    skipped.append(_("%(stop)s: is planned already.") % {"stop": format_stop(copy)})
                elif closure:
                    text = _("%(stop)s: falls on a closed day. %(closed)s.")
                    values = {"stop": format_stop(copy), "closed": format_closure(closure)}
                    skipped.append(text % values)
                elif other := find_conflict(copy, planned[copy.location_id]):
                    skipped.append(_format_conflict(copy, other))
                else:
                    existing.add(key)
                    planned[copy.location_id].append(copy)
                    copies.append(copy)
        copies = Stop.objects.bulk_create(copies)
        for copy in copies:
            log(copy, COPY, user=user, data={"place": copy.location_id})
    return StopsResult(tuple(copies), tuple(skipped))


def conflicting_stop(stop):
    """Return the stop that goes ahead at the same time with the same bus, or None."""
    overlapping = Stop.objects.going_ahead().filter(
        location=stop.location, starts_at__lt=stop.ends_at, ends_at__gt=stop.starts_at
    )
    return find_conflict(stop, overlapping)


def find_conflict(stop, others):
    """Return the first of `others` that overlaps with a stop of the bus, or None.

    Stops of other mobile locations never conflict: these can have two teams on the road.
    """
    if stop.location.kind != Location.Kind.BUS:
        return None
    for other in others:
        if (
            (other.pk is None or other.pk != stop.pk)
            and other.starts_at < stop.ends_at
            and other.ends_at > stop.starts_at
        ):
            return other
    return None


def _stops_going_ahead(location_ids):
    stops = {pk: [] for pk in location_ids}
    for stop in Stop.objects.going_ahead().filter(location__in=stops):
        stops[stop.location_id].append(stop)
    return stops


def _reload(stops):
    """Return the locked owners' stops as stored now, soonest first."""
    rows = Stop.objects.filter(pk__in=[stop.pk for stop in stops])
    return list(rows.select_related("location").order_by("starts_at", "pk"))


def _save(stops, action, user):
    Stop.objects.bulk_update(stops, ["cancelled_reason"])
    for stop in stops:
        log(stop, action, user=user, data={"place": stop.location_id})


def _format_conflict(stop, other):
    text = _("%(stop)s: at that time the bus is in %(other)s.")
    return text % {"stop": format_stop(stop), "other": format_stop(other)}


def _copy_later(stop, delay):
    start, end = stop.starts_at.astimezone(BRUSSELS), stop.ends_at.astimezone(BRUSSELS)
    fields = {name: getattr(stop, name) for name in COPIED_FIELDS}
    return Stop(**fields, starts_at=start + delay, ends_at=end + delay)
