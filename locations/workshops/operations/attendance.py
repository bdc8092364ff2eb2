"""Attendance at a session: recording it again corrects it, or changes nothing."""

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from locations.workshops.errors import WorkshopError
from locations.workshops.models import Attendance, Registration, Session, WorkshopRun

RECORD, CORRECT = "locations.note_attendance", "locations.correct_attendance"
MAX_WALK_INS = 999


class SessionInFuture(WorkshopError):
    """The day of the session is still to come."""

    def __init__(self):
        super().__init__(_("This lesson is still to come. Note who is there on the day itself."))


class SessionCancelled(WorkshopError):
    """The session did not take place."""

    def __init__(self):
        super().__init__(_("This session did not take place, so there is no attendance."))


class NotRegistered(WorkshopError):
    """The person has no seat in the run of the session."""

    def __init__(self):
        super().__init__(_("This person has no seat in this workshop. Count them as a walk-in."))


class InvalidNumber(WorkshopError):
    """The number of walk-ins is out of range."""

    def __init__(self):
        super().__init__(_("Enter a number of people from 0 to %(most)s.") % {"most": MAX_WALK_INS})


@transaction.atomic
def record_attendance(session, registration, attended, *, user=None, now=None):
    """Record whether a registered person attended a session; a later call corrects it."""
    now = now or timezone.now()
    session = _lock_session(session, now)
    registration = Registration.objects.get(pk=registration.pk)
    if registration.run_id != session.run_id:
        raise NotRegistered
    attendance = Attendance.objects.filter(session=session, registration=registration).first()
    if attendance is None:
        if registration.state != Registration.State.REGISTERED:
            raise NotRegistered
        Attendance.objects.create(session=session, registration=registration, attended=attended)
    elif attendance.attended != attended:
        attendance.attended = attended
        attendance.save(update_fields=["attended"])
        data = {"lesson": session.pk, "registration": attendance.registration_id}
        log(session.run, CORRECT, user=user, data=data)
    _mark_recorded(session, user, now)


@transaction.atomic
def count_walk_ins(session, number, *, user=None, now=None):
    """Record how many people came to a session without registering."""
    now = now or timezone.now()
    if not 0 <= number <= MAX_WALK_INS:
        raise InvalidNumber
    session = _lock_session(session, now)
    session.walk_ins = number
    session.save(update_fields=["walk_ins"])
    _mark_recorded(session, user, now)


def _lock_session(session, now):
    """Return the session, locked, if attendance can be recorded by now."""
    rows = Session.objects.select_for_update(of=("self",)).select_related("run__page")
    session = rows.get(pk=session.pk)
    if not takes_place(session):
        raise SessionCancelled
    if not is_recordable(session, now):
        raise SessionInFuture
    return session


def takes_place(session):
    """Return whether the session takes place.

    In a run that was cancelled halfway, the sessions that were over by then did take place.
    """
    run = session.run
    return not run.is_cancelled or bool(run.cancelled_at and session.ends_at <= run.cancelled_at)


def taking_place(sessions):
    """Filter a queryset of sessions by `takes_place`."""
    is_off = Q(run__cancelled_at=None) | Q(ends_at__gt=F("run__cancelled_at"))
    return sessions.exclude(Q(run__status=WorkshopRun.Status.CANCELLED) & is_off)


def is_recordable(session, now):
    """Return whether the local day of the session has begun."""
    return timezone.localdate(session.starts_at) <= timezone.localdate(now)


def _mark_recorded(session, user, now):
    if session.attendance_at is None:
        log(session.run, RECORD, user=user, data={"lesson": session.pk})
    session.attendance_at, session.attendance_by = now, user
    session.save(update_fields=["attendance_at", "attendance_by"])
