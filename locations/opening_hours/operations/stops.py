"""Many stops at once: cancelled, going ahead after all, or planned again some weeks later."""

from dataclasses import dataclass
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from locations.core.formatting import format_day, format_time_range
from locations.core.time_zone import BRUSSELS
from locations.opening_hours.engine.hours_text import format_closure
from locations.opening_hours.loading import load_calendars
from locations.opening_hours.models import Stop
from locations.opening_hours.operations import history
from locations.places.models import Location

CANCEL, REINSTATE = "locations.cancel_stop", "locations.reinstate_stop"
COPY = "locations.copy_stop"
KEPT = ("location", "place", "address", "host", "lat", "lon")
"""What a stop that comes again has from the one before."""
MAX_REPEATS = 26
"""How many times the same stop is planned again in one go: every two weeks for a year."""
MAX_STOPS = 500
"""More stops in one go is a mistake rather than a planning."""


class StopError(Exception):
    """A sentence for the person at the screen."""


class StopReasonMissing(StopError):
    def __init__(self):
        super().__init__(_("Say why: visitors read this."))


class InvalidRepetition(StopError):
    def __init__(self):
        super().__init__(_("Say how many weeks later, and how many times: 1 or more."))


class RepetitionTooFar(StopError):
    def __init__(self):
        text = _("Plan at most %(times)s times and %(weeks)s weeks ahead.")
        super().__init__(text % {"times": MAX_REPEATS, "weeks": MAX_REPEATS * 2})


class StopConflict(StopError):
    def __init__(self, other):
        text = _("At that time the bus is in %(place)s: %(when)s.")
        super().__init__(text % {"place": other.place, "when": format_stop_time(other)})


class TooManyStops(StopError):
    def __init__(self, count):
        text = _("That would be %(count)s stops. Plan at most %(most)s in one go.")
        super().__init__(text % {"count": count, "most": MAX_STOPS})


@dataclass(frozen=True)
class Outcome:
    """The stops that something happened to, and a sentence for each one that was left alone."""

    done: tuple[Stop, ...]
    left: tuple[str, ...]


def format_stop_time(stop):
    """The day and from when to when: Wednesday 2 December, 9.30 to 11.30."""
    start, end = stop.starts_at.astimezone(BRUSSELS), stop.ends_at.astimezone(BRUSSELS)
    return f"{format_day(start.date(), timezone.localdate())}, {format_time_range(start, end)}"


def format_stop(stop):
    return _("%(place)s, %(when)s") % {"place": stop.place, "when": format_stop_time(stop)}


def find_conflict(stop, others):
    """The stop that keeps a bus away from this one; a mobile digipunt can have two teams out."""
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


def conflicting_stop(stop):
    """The stop that goes ahead at the same time and keeps the bus away; None without one."""
    near = Stop.objects.going_ahead().filter(location=stop.location, starts_at__lt=stop.ends_at)
    return find_conflict(stop, near.filter(ends_at__gt=stop.starts_at))


def stops_going_ahead(places):
    """By place, the stops that go ahead: one query."""
    found = {pk: [] for pk in places}
    for stop in Stop.objects.going_ahead().filter(location__in=found):
        found[stop.location_id].append(stop)
    return found


def cancel(stops, *, reason, user=None, now=None):
    """These stops do not take place. What is over or was cancelled before stays as it was."""
    reason = reason.strip()
    if not reason:
        raise StopReasonMissing
    try:
        Stop._meta.get_field("cancelled_reason").clean(reason, None)
    except ValidationError as error:
        raise StopError(" ".join(error.messages)) from error
    now = now or timezone.now()
    done, left = [], []
    with history.record_changes(*stops, user=user, now=now):
        for stop in _again(stops):
            if stop.ends_at <= now:
                left.append(_("%(stop)s: this is over.") % {"stop": format_stop(stop)})
            elif stop.is_cancelled:
                text = _("%(stop)s: did not take place already, because: %(reason)s.")
                left.append(text % {"stop": format_stop(stop), "reason": stop.cancelled_reason})
            else:
                stop.cancelled_reason = reason
                done.append(stop)
        _save(done, CANCEL, user)
    return Outcome(tuple(done), tuple(left))


def reinstate(stops, *, user=None, now=None):
    """These stops go ahead after all, unless they are over or the bus is elsewhere by now."""
    now = now or timezone.now()
    done, left = [], []
    with history.record_changes(*stops, user=user, now=now):
        stops = _again(stops)
        planned = stops_going_ahead({stop.location_id for stop in stops})
        for stop in stops:
            if not stop.is_cancelled:
                left.append(_("%(stop)s: goes ahead already.") % {"stop": format_stop(stop)})
            elif stop.ends_at <= now:
                left.append(_("%(stop)s: this is over.") % {"stop": format_stop(stop)})
            elif other := find_conflict(stop, planned[stop.location_id]):
                left.append(_taken(stop, other))
            else:
                stop.cancelled_reason = ""
                planned[stop.location_id].append(stop)
                done.append(stop)
        _save(done, REINSTATE, user)
    return Outcome(tuple(done), tuple(left))


def copy(stops, *, weeks, times=1, user=None, now=None):
    """The same stops so many weeks later, so many times.

    By the clock on the wall: 9.30 stays 9.30 when summer time begins. A reason and a remark were
    about one day, and stay with it. Left out, with a sentence: what stands there already, days on
    which the place is closed, and a bus that would be in two places at once.
    """
    if weeks < 1 or times < 1:
        raise InvalidRepetition
    if times > MAX_REPEATS or weeks > MAX_REPEATS * 2:
        raise RepetitionTooFar
    if len(stops) * times > MAX_STOPS:
        raise TooManyStops(len(stops) * times)
    done, left = [], []
    with history.record_changes(*stops, user=user, now=now):
        stops = _again(stops)
        places = {stop.location_id: stop.location for stop in stops}
        hours = load_calendars(places.values())
        rows = Stop.objects.filter(location__in=places)
        there = {(row.location_id, row.place, row.starts_at) for row in rows}
        planned = stops_going_ahead(places)
        for turn in range(1, times + 1):
            for stop in stops:
                one = _later(stop, timedelta(weeks=weeks * turn))
                key = (one.location_id, one.place, one.starts_at)
                closure = hours[one.location_id].closure(one.starts_at.date())
                if key in there:
                    left.append(_("%(stop)s: is planned already.") % {"stop": format_stop(one)})
                elif closure:
                    text = _("%(stop)s: falls on a closed day. %(closed)s.")
                    left.append(
                        text % {"stop": format_stop(one), "closed": format_closure(closure)}
                    )
                elif other := find_conflict(one, planned[one.location_id]):
                    left.append(_taken(one, other))
                else:
                    there.add(key)
                    planned[one.location_id].append(one)
                    done.append(one)
        done = Stop.objects.bulk_create(done)
        for stop in done:
            log(stop, COPY, user=user, data={"place": stop.location_id})
    return Outcome(tuple(done), tuple(left))


def _again(stops):
    """The stops as they are now that nobody else can change them, soonest first."""
    chosen = Stop.objects.filter(pk__in=[stop.pk for stop in stops])
    return list(chosen.select_related("location").order_by("starts_at", "pk"))


def _save(stops, action, user):
    Stop.objects.bulk_update(stops, ["cancelled_reason"])
    for stop in stops:
        log(stop, action, user=user, data={"place": stop.location_id})


def _taken(stop, other):
    text = _("%(stop)s: at that time the bus is in %(other)s.")
    return text % {"stop": format_stop(stop), "other": format_stop(other)}


def _later(stop, by):
    start, end = stop.starts_at.astimezone(BRUSSELS), stop.ends_at.astimezone(BRUSSELS)
    kept = {name: getattr(stop, name) for name in KEPT}
    return Stop(**kept, starts_at=start + by, ends_at=end + by)
