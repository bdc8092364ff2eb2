"""A workshop on a date: moved, cancelled, going ahead after all, or planned again.

Whoever has a seat or waits for one hears of it by their own channel, in the same transaction.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.log_actions import log

from locations.core.time_zone import BRUSSELS
from locations.workshops.errors import WorkshopError
from locations.workshops.models import Registration, Session, WorkshopRun
from locations.workshops.operations import registrations
from locations.workshops.operations.notifications import this_time
from locations.workshops.operations.waiting_list import end, locked

MOVE, CANCEL = "locations.move_run", "locations.cancel_run"
REINSTATE, COPY = "locations.reinstate_run", "locations.copy_run"
KEPT = ("page_id", "location_id", "room", "teacher", "capacity", "entry")
"""What a run that comes again has from the one before."""
FURTHEST = timedelta(days=2 * 366)


class RunError(WorkshopError):
    """A sentence for who plans workshops."""


class ReasonMissing(RunError):
    def __init__(self):
        super().__init__(_("Say why: everybody who registered reads this, and so do visitors."))


class CancelledAlready(RunError):
    def __init__(self, run):
        text = _("This did not take place already, because: %(reason)s.")
        super().__init__(text % {"reason": run.cancelled_reason})


class NotCancelled(RunError):
    def __init__(self):
        super().__init__(_("This goes ahead already."))


class Over(RunError):
    def __init__(self):
        super().__init__(_("This is over. What took place stays as it was."))


class NoSuchDay(RunError):
    def __init__(self):
        super().__init__(_("Choose a day that is still to come, at most two years from now."))


class PlannedAlready(RunError):
    def __init__(self):
        super().__init__(_("This workshop is planned there at that time already."))


@dataclass(frozen=True)
class ToTell:
    """How many people hear of a change, and how."""

    by_mail: int = 0
    by_phone: int = 0

    @property
    def people(self):
        return self.by_mail + self.by_phone

    def __str__(self):
        parts = []
        if self.by_mail:
            mail = ngettext("%(n)s by mail", "%(n)s by mail", self.by_mail)
            parts.append(mail % {"n": self.by_mail})
        if self.by_phone:
            phone = ngettext(
                "%(n)s on the list to call", "%(n)s on the list to call", self.by_phone
            )
            parts.append(phone % {"n": self.by_phone})
        return ", ".join(parts)


def to_tell(run):
    """Who would be told when this run moves or is cancelled: all with a seat or a turn."""
    mails = list(run.registrations.alive().order_by().values_list("email", flat=True))
    by_mail = sum(bool(mail) for mail in mails)
    return ToTell(by_mail, len(mails) - by_mail)


def when_and_where(place, lessons, now):
    """What people who come have to know; lessons that are over are no news."""
    return place, sorted((start, end) for start, end in lessons if end > now)


def stored_when_and_where(run, now):
    """The same of a run as the database holds it."""
    lessons = Session.objects.filter(run=run).order_by().values_list("starts_at", "ends_at")
    place = WorkshopRun.objects.values_list("location_id", flat=True).get(pk=run.pk)
    return when_and_where(place, lessons, now)


@transaction.atomic
def move_run(run, *, user=None, now=None):
    """Save a run as it stands here, with its lessons; how many people are told.

    They are when the time or the place is another one: the run is then called moved. The capacity
    goes its own way, as seats hang on it.
    """
    now = now or timezone.now()
    (stored,) = locked(run)
    before = stored_when_and_where(run, now)
    lessons = [(one.starts_at, one.ends_at) for one in run.sessions.all()]
    is_news = before[1] and before != when_and_where(run.location_id, lessons, now)
    people, told = [], 0
    if is_news and not stored.is_cancelled:
        people = list(stored.registrations.alive().order_by("pk"))
    capacity, run.capacity = run.capacity, stored.capacity
    run.status, run.cancelled_reason = stored.status, stored.cancelled_reason
    run.moved_from, run.cancelled_at = stored.moved_from, stored.cancelled_at
    if people:
        run.status, run.moved_from = WorkshopRun.Status.MOVED, stored.starts_at
    run.save()
    _answer_before_the_start(run, people)
    if people:
        told = _tell(people, run, "run_moved", now, was=stored.starts_at)
        log(run, MOVE, user=user, data={"place": run.location_id, "told": told})
    if capacity != stored.capacity:
        registrations.change_capacity(run, capacity, user=user, now=now)
        run.capacity = capacity
    return told


def _answer_before_the_start(run, people):
    """An offer never stands longer than until the run begins, also when that is earlier now."""
    run.registrations.filter(offered_until__gt=run.starts_at).update(offered_until=run.starts_at)
    for one in people:
        if one.offered_until:
            one.offered_until = min(one.offered_until, run.starts_at)


@transaction.atomic
def cancel_run(run, *, reason, user=None, now=None):
    """It does not take place; how many people are told. Who waited or was offered a seat is free.

    Who had a seat keeps it: it may yet go ahead, and they can be moved to another date.
    """
    now = now or timezone.now()
    reason = _clean(reason)
    (run,) = locked(run)
    if run.is_cancelled:
        raise CancelledAlready(run)
    if run.ends_at <= now:
        raise Over
    run.status, run.cancelled_reason = WorkshopRun.Status.CANCELLED, reason
    run.cancelled_at = now
    WorkshopRun.objects.filter(pk=run.pk).update(
        status=run.status, cancelled_reason=reason, cancelled_at=now
    )
    people = list(run.registrations.alive().order_by("pk"))
    told = _tell(people, run, "run_cancelled", now, reason=reason)
    for one in people:
        if one.state != Registration.State.REGISTERED:
            end(one, Registration.State.CANCELLED, now, reason=reason, user=user)
    log(run, CANCEL, user=user, data={"place": run.location_id, "told": told})
    return told


@transaction.atomic
def reinstate_run(run, *, user=None, now=None):
    """It goes ahead after all; how many are told: who kept a seat, and knows that it was off."""
    now = now or timezone.now()
    (run,) = locked(run)
    if not run.is_cancelled:
        raise NotCancelled
    if run.ends_at <= now:
        raise Over
    run.status = WorkshopRun.Status.MOVED if run.moved_from else WorkshopRun.Status.PLANNED
    run.cancelled_reason, run.cancelled_at = "", None
    WorkshopRun.objects.filter(pk=run.pk).update(
        status=run.status, cancelled_reason="", cancelled_at=None
    )
    people = list(run.registrations.alive().order_by("pk"))
    told = _tell(people, run, "run_reinstated", now)
    log(run, REINSTATE, user=user, data={"place": run.location_id, "told": told})
    return told


@transaction.atomic
def copy_run(run, *, first_day, user=None, now=None):
    """The same workshop again: its first lesson on this day, the others as many days later.

    By the clock on the wall: 13.30 stays 13.30 when summer time begins. Nobody is registered.
    """
    now = now or timezone.now()
    start = run.starts_at.astimezone(BRUSSELS)
    by = first_day - start.date()
    if not now < _later(run.starts_at, by) <= now + FURTHEST:
        raise NoSuchDay
    kept = {name: getattr(run, name) for name in KEPT}
    if WorkshopRun.objects.filter(
        page=run.page_id, location=run.location_id, starts_at=_later(run.starts_at, by)
    ).exists():
        raise PlannedAlready
    copied = WorkshopRun(
        **kept,
        registration_opens_at=_later(run.registration_opens_at, by),
        registration_closes_at=_later(run.registration_closes_at, by),
    )
    copied.sessions = [
        Session(
            starts_at=_later(one.starts_at, by),
            ends_at=_later(one.ends_at, by),
            subject=one.subject,
        )
        for one in run.sessions.all()
    ]
    copied.save()
    log(copied, COPY, user=user, data={"place": copied.location_id, "run": run.pk})
    return copied


def _later(moment, by):
    if moment is None:
        return None
    here = moment.astimezone(BRUSSELS)
    return datetime.combine(here.date() + by, time(here.hour, here.minute), tzinfo=BRUSSELS)


def _clean(reason):
    reason = reason.strip()
    if not reason:
        raise ReasonMissing
    try:
        return WorkshopRun._meta.get_field("cancelled_reason").clean(reason, None)
    except ValidationError as error:
        raise RunError(" ".join(error.messages)) from error


def _tell(people, run, kind, now, **context):
    """Each time anew: who moves a run twice has two things to say. How many hear it."""
    told = 0
    for one in people:
        one.run = run
        told += registrations.tell(one, kind, once=this_time(now), **context) is not None
    return told
