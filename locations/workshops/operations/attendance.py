"""Who was at a lesson: noted with one tap, corrected with another, and harmless to send twice."""

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from locations.workshops.errors import WorkshopError
from locations.workshops.models import Attendance, Registration, Session, WorkshopRun

NOTE, CORRECT = "locations.note_attendance", "locations.correct_attendance"
MOST = 999


class NotYet(WorkshopError):
    def __init__(self):
        super().__init__(_("This lesson is still to come. Note who is there on the day itself."))


class DidNotTakePlace(WorkshopError):
    def __init__(self):
        super().__init__(_("This lesson did not take place, so nobody was there."))


class NotOnTheList(WorkshopError):
    def __init__(self):
        super().__init__(
            _("This person has no place in this workshop. Count them as someone who just came.")
        )


class NoNumber(WorkshopError):
    def __init__(self):
        super().__init__(_("Give a number of people, from 0 to %(most)s.") % {"most": MOST})


@transaction.atomic
def note(session, registration, was_there, *, user=None, now=None):
    """This person was at this lesson, or was not; the last that is said counts."""
    now = now or timezone.now()
    session = _notable(session, now)
    registration = Registration.objects.get(pk=registration.pk)
    if registration.run_id != session.run_id:
        raise NotOnTheList
    before = Attendance.objects.filter(session=session, registration=registration).first()
    if before is None:
        if registration.state != Registration.State.REGISTERED:
            raise NotOnTheList
        Attendance.objects.create(session=session, registration=registration, was_there=was_there)
    elif before.was_there != was_there:
        before.was_there = was_there
        before.save(update_fields=["was_there"])
        data = {"lesson": session.pk, "registration": before.registration_id}
        log(session.run, CORRECT, user=user, data=data)
    _noted(session, user, now)


@transaction.atomic
def count_walk_ins(session, number, *, user=None, now=None):
    """So many people came without registering."""
    now = now or timezone.now()
    if not 0 <= number <= MOST:
        raise NoNumber
    session = _notable(session, now)
    session.walk_ins = number
    session.save(update_fields=["walk_ins"])
    _noted(session, user, now)


def _notable(session, now):
    """The lesson, kept for this transaction, if one can know by now who was there."""
    rows = Session.objects.select_for_update(of=("self",)).select_related("run__page")
    session = rows.get(pk=session.pk)
    if not takes_place(session):
        raise DidNotTakePlace
    if not may_be_noted(session, now):
        raise NotYet
    return session


def takes_place(session):
    """Of a series that is cancelled halfway, the lessons that were over by then did."""
    run = session.run
    return not run.is_cancelled or bool(run.cancelled_at and session.ends_at <= run.cancelled_at)


def taking_place(sessions):
    """Those of these lessons, a queryset, of which the same is true."""
    is_off = Q(run__cancelled_at=None) | Q(ends_at__gt=F("run__cancelled_at"))
    return sessions.exclude(Q(run__status=WorkshopRun.Status.CANCELLED) & is_off)


def may_be_noted(session, now):
    """From the morning of its day on."""
    return timezone.localdate(session.starts_at) <= timezone.localdate(now)


def _noted(session, user, now):
    if session.attendance_at is None:
        log(session.run, NOTE, user=user, data={"lesson": session.pk})
    session.attendance_at, session.attendance_by = now, user
    session.save(update_fields=["attendance_at", "attendance_by"])
