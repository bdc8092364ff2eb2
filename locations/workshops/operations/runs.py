"""Runs: changed, cancelled, reinstated or planned again.

Everybody with a seat or a waiting-list position is notified, in the same transaction.
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
from locations.workshops.notices import RegistrationEvent
from locations.workshops.operations.notifications import once_per_moment, queue_notices
from locations.workshops.operations.registrations import change_capacity
from locations.workshops.operations.waiting_list import end_registration, lock_runs

MOVE, CANCEL = "locations.move_run", "locations.cancel_run"
REINSTATE, COPY = "locations.reinstate_run", "locations.copy_run"
COPIED_FIELDS = ("page_id", "location_id", "room", "teacher", "capacity", "entry")
MAX_AHEAD = timedelta(days=2 * 366)


class RunError(WorkshopError):
    """A change of a run was refused; the text is for staff."""


class CancelReasonMissing(RunError):
    """A run was cancelled without a reason."""

    def __init__(self):
        super().__init__(_("Explain why: everybody who registered and all visitors read this."))


class RunAlreadyCancelled(RunError):
    """The run was cancelled before."""

    def __init__(self, run):
        text = _("This workshop was cancelled before, because: %(reason)s.")
        super().__init__(text % {"reason": run.cancelled_reason})


class RunNotCancelled(RunError):
    """There is no cancellation to withdraw."""

    def __init__(self):
        super().__init__(_("This workshop is not cancelled."))


class RunOver(RunError):
    """The run has ended."""

    def __init__(self):
        super().__init__(_("This workshop is over, so it cannot be changed."))


class DayOutOfRange(RunError):
    """The day for a copy is in the past or too far away."""

    def __init__(self):
        super().__init__(_("Choose a day in the future, at most two years from now."))


class RunAlreadyPlanned(RunError):
    """There is a run of this workshop at that time and location."""

    def __init__(self):
        super().__init__(_("This workshop is already planned there at that time."))


@dataclass(frozen=True)
class RecipientCount:
    """How many people will be notified of a change, by channel."""

    by_mail: int = 0
    by_phone: int = 0

    @property
    def total(self):
        """Return the number of people."""
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


def count_recipients(run):
    """Count the people who are notified when the run is moved or cancelled."""
    emails = list(run.registrations.active().order_by().values_list("email", flat=True))
    by_mail = sum(bool(email) for email in emails)
    return RecipientCount(by_mail, len(emails) - by_mail)


def schedule(location_id, periods, now):
    """Return the location and the (start, end) of sessions that are not over: what people know."""
    return location_id, sorted((start, end) for start, end in periods if end > now)


def stored_schedule(run, now):
    """Return the `schedule` of a run as the database has it."""
    periods = Session.objects.filter(run=run).order_by().values_list("starts_at", "ends_at")
    location_id = WorkshopRun.objects.values_list("location_id", flat=True).get(pk=run.pk)
    return schedule(location_id, periods, now)


@transaction.atomic
def update_run(run, *, user=None, now=None):
    """Save a run with its sessions; return how many people are notified.

    When a time or the location changes, the run becomes moved and people are notified.
    `change_capacity` saves the capacity, because seats depend on it.
    """
    now = now or timezone.now()
    (stored,) = lock_runs(run)
    before = stored_schedule(run, now)
    periods = [(session.starts_at, session.ends_at) for session in run.sessions.all()]
    is_moved = before[1] and before != schedule(run.location_id, periods, now)
    registrations, notified = [], 0
    if is_moved and not stored.is_cancelled:
        registrations = list(stored.registrations.active().order_by("pk"))
    capacity, run.capacity = run.capacity, stored.capacity
    run.status, run.cancelled_reason = stored.status, stored.cancelled_reason
    run.moved_from, run.cancelled_at = stored.moved_from, stored.cancelled_at
    if registrations:
        run.status, run.moved_from = WorkshopRun.Status.MOVED, stored.starts_at
    run.save()
    _end_offers_before_start(run, registrations)
    if registrations:
        notified = _notify_all(
            registrations, run, RegistrationEvent.RUN_MOVED, now, was=stored.starts_at
        )
        log(run, MOVE, user=user, data={"place": run.location_id, "told": notified})
    if capacity != stored.capacity:
        change_capacity(run, capacity, user=user, now=now)
        run.capacity = capacity
    return notified


def _end_offers_before_start(run, registrations):
    """Shorten offers so that they end when the run starts, also in these loaded rows."""
    run.registrations.filter(offered_until__gt=run.starts_at).update(offered_until=run.starts_at)
    for registration in registrations:
        if registration.offered_until:
            registration.offered_until = min(registration.offered_until, run.starts_at)


@transaction.atomic
def cancel_run(run, *, reason, user=None, now=None):
    """Cancel a run; return how many people are notified.

    Waiting people and open offers are cancelled. People with a seat keep it, so that the run can
    be reinstated, or they can be moved to another one.
    """
    now = now or timezone.now()
    reason = _clean_reason(reason)
    (run,) = lock_runs(run)
    if run.is_cancelled:
        raise RunAlreadyCancelled(run)
    if run.ends_at <= now:
        raise RunOver
    run.status, run.cancelled_reason = WorkshopRun.Status.CANCELLED, reason
    run.cancelled_at = now
    WorkshopRun.objects.filter(pk=run.pk).update(
        status=run.status, cancelled_reason=reason, cancelled_at=now
    )
    registrations = list(run.registrations.active().order_by("pk"))
    notified = _notify_all(registrations, run, RegistrationEvent.RUN_CANCELLED, now, reason=reason)
    for registration in registrations:
        if registration.state != Registration.State.REGISTERED:
            end_registration(
                registration, Registration.State.CANCELLED, now, reason=reason, user=user
            )
    log(run, CANCEL, user=user, data={"place": run.location_id, "told": notified})
    return notified


@transaction.atomic
def reinstate_run(run, *, user=None, now=None):
    """Withdraw a cancellation; return how many people are notified.

    Those are the people who kept a seat and heard of the cancellation.
    """
    now = now or timezone.now()
    (run,) = lock_runs(run)
    if not run.is_cancelled:
        raise RunNotCancelled
    if run.ends_at <= now:
        raise RunOver
    run.status = WorkshopRun.Status.MOVED if run.moved_from else WorkshopRun.Status.PLANNED
    run.cancelled_reason, run.cancelled_at = "", None
    WorkshopRun.objects.filter(pk=run.pk).update(
        status=run.status, cancelled_reason="", cancelled_at=None
    )
    registrations = list(run.registrations.active().order_by("pk"))
    notified = _notify_all(registrations, run, RegistrationEvent.RUN_REINSTATED, now)
    log(run, REINSTATE, user=user, data={"place": run.location_id, "told": notified})
    return notified


@transaction.atomic
def copy_run(run, *, first_day, user=None, now=None):
    """Plan a run again with its first session on `first_day`, without registrations.

    Everything shifts by whole local days: 13.30 stays 13.30 when the clock changes.
    """
    now = now or timezone.now()
    shift = first_day - run.starts_at.astimezone(BRUSSELS).date()
    starts_at = _shifted(run.starts_at, shift)
    if not now < starts_at <= now + MAX_AHEAD:
        raise DayOutOfRange
    if WorkshopRun.objects.filter(
        page=run.page_id, location=run.location_id, starts_at=starts_at
    ).exists():
        raise RunAlreadyPlanned
    copy = WorkshopRun(
        **{name: getattr(run, name) for name in COPIED_FIELDS},
        registration_opens_at=_shifted(run.registration_opens_at, shift),
        registration_closes_at=_shifted(run.registration_closes_at, shift),
    )
    copy.sessions = [
        Session(
            starts_at=_shifted(session.starts_at, shift),
            ends_at=_shifted(session.ends_at, shift),
            subject=session.subject,
        )
        for session in run.sessions.all()
    ]
    copy.save()
    log(copy, COPY, user=user, data={"place": copy.location_id, "run": run.pk})
    return copy


def _shifted(moment, shift):
    """Return the same local time some days later; None stays None."""
    if moment is None:
        return None
    local = moment.astimezone(BRUSSELS)
    return datetime.combine(local.date() + shift, time(local.hour, local.minute), tzinfo=BRUSSELS)


def _clean_reason(reason):
    reason = reason.strip()
    if not reason:
        raise CancelReasonMissing
    try:
        return WorkshopRun._meta.get_field("cancelled_reason").clean(reason, None)
    except ValidationError as error:
        raise RunError(" ".join(error.messages)) from error


def _notify_all(registrations, run, event, now, **details):
    """Queue notices for each person, again for each change; return how many get one."""
    notified = 0
    for registration in registrations:
        registration.run = run
        once = once_per_moment(now)
        notified += bool(queue_notices(registration, event, once=once, **details))
    return notified
