"""Registrations for a run: created, cancelled or moved; and the number of seats."""

from dataclasses import asdict

from django.db import IntegrityError, transaction
from django.db.models import Count, Q
from django.utils import timezone
from wagtail.log_actions import log

from home.core.constraints import violates
from locations.workshops import seats
from locations.workshops.applicants import Origin, is_registered
from locations.workshops.errors import (
    AlreadyEnded,
    AlreadyRegistered,
    CapacityBelowSeats,
    CapacityTooLow,
    ConsentMissing,
    ContactMissing,
    DropInOnly,
    NotOpenYet,
    RegistrationOver,
    RunCancelled,
    RunFull,
    RunStarted,
    SameRun,
)
from locations.workshops.models import Attendance, Registration, WorkshopRun
from locations.workshops.notices import RegistrationEvent
from locations.workshops.operations.notifications import once_per_moment, queue_notices
from locations.workshops.operations.waiting_list import (
    State,
    check_not_frozen,
    end_registration,
    expire_late_offers,
    last_position,
    lock_registration,
    lock_runs,
    offer_seats,
    raises_workshop_errors,
    reload_registration,
    taken_seats,
    update_waiting_list,
)


def registration_refusal(run, now, *, staff=False):
    """Return the error that explains why nobody can register for this run now, or None.

    Staff can also register people before registration opens, after it closed, and during the run
    as long as a seat is free.
    """
    if run.is_cancelled:
        return RunCancelled(run)
    if run.is_drop_in:
        return DropInOnly()
    if now >= (run.ends_at if staff else run.starts_at):
        return RunStarted()
    if staff:
        return None
    if run.registration_opens_at and now < run.registration_opens_at:
        return NotOpenYet(run)
    if run.registration_closes_at and now >= run.registration_closes_at:
        return RegistrationOver()
    return None


@raises_workshop_errors
def create_registration(run, applicant, origin=None, *, wait=True, now=None):
    """Give an applicant the lowest free seat, or a position at the end of the waiting list.

    Without `wait` a full run raises RunFull. Raise a WorkshopError with the text to show.
    """
    origin, applicant = origin or Origin(), applicant.normalized()
    if not applicant.is_reachable:
        raise ContactMissing
    if origin.lacks_consent:
        raise ConsentMissing
    earlier = _with_request_key(origin.request_key)
    if earlier and _is_same(earlier, run, applicant):
        return earlier
    if not wait and _looks_full(run, now or timezone.now()):
        raise RunFull(run)  # keeps most latecomers for the last seat away from the lock
    try:
        with transaction.atomic():
            (run,) = lock_runs(run)
            return _create(run, applicant, origin, wait, now or timezone.now())
    except IntegrityError as error:
        if violates(error, "registration_unique_person"):
            raise AlreadyRegistered(applicant.name) from error
        raise


def _create(run, applicant, origin, wait, now):
    """Check everything again and create the registration. The run is locked."""
    earlier = _with_request_key(origin.request_key)
    if earlier and _is_same(earlier, run, applicant):
        return earlier
    # Somebody went back to the form to register another person.
    request_key = None if earlier else origin.request_key
    if error := registration_refusal(run, now, staff=origin.user is not None):
        raise error
    update_waiting_list(run, now)
    allocation = _allocate(run, applicant)
    if now >= run.starts_at and not allocation.seat:
        raise RunStarted
    if not (allocation.seat or wait):
        raise RunFull(run)
    registration = Registration.objects.create(
        run=run,
        person=applicant.person,
        source=origin.source,
        registered_by=origin.user,
        partner=origin.partner,
        consent_at=now if origin.consent else None,
        request_key=request_key,
        created_at=now,
        state=_state(allocation),
        **asdict(applicant),
        **allocation._asdict(),
    )
    log(registration, "locations.register", user=origin.user)
    event = RegistrationEvent.CONFIRMED if allocation.seat else RegistrationEvent.WAITING
    queue_notices(registration, event)
    return registration


def _with_request_key(key):
    return key and Registration.objects.filter(request_key=key).first()


def _is_same(registration, run, applicant):
    return registration.run_id == run.pk and registration.person == applicant.person


def _looks_full(run, now):
    """Return whether newcomers have to wait, with one query and without a lock."""
    late = Q(state=State.OFFERED, offered_until__lte=now)
    counts = run.registrations.aggregate(
        taken=Count("pk", filter=Q(seat__isnull=False) & ~late),
        waiting=Count("pk", filter=Q(position__isnull=False)),
    )
    return bool(counts["waiting"]) or counts["taken"] >= run.capacity


def _allocate(run, person):
    """Return a seat or a position for a person (applicant or registration). The run is locked.

    Raise AlreadyRegistered if the person is in the run already.
    """
    if is_registered(
        run, name=person.name, phone=person.phone, email=person.email, person=person.person
    ):
        raise AlreadyRegistered(person.name)
    last = last_position(run)
    return seats.allocate(() if last else taken_seats(run), last, run.capacity)


def _state(allocation):
    return State.REGISTERED if allocation.seat else State.WAITING


@raises_workshop_errors
@transaction.atomic
def cancel_registration(registration, *, reason="", user=None, now=None):
    """Give the seat or the position back, and offer what is free to the people waiting.

    The reason is for staff only.
    """
    registration = lock_registration(registration)
    now = now or timezone.now()
    if not registration.is_active:
        raise AlreadyEnded
    check_not_frozen(registration.run, now)
    end_registration(registration, State.CANCELLED, now, reason=reason, user=user)
    queue_notices(registration, RegistrationEvent.CANCELLED)
    update_waiting_list(registration.run, now)
    return registration


@raises_workshop_errors
@transaction.atomic
def move_registration(registration, to_run, *, user, wait=False, now=None):
    """Move a person to another run, with the same secret link; offer the seat that is left.

    Raise RunFull if that run has no free seat, unless `wait`: then the person joins the end of
    its waiting list.
    """
    if registration.run_id == to_run.pk:
        raise SameRun
    run, to_run = lock_runs(registration.run, to_run)
    registration = reload_registration(registration, run)
    now = now or timezone.now()
    if not registration.is_active:
        raise AlreadyEnded
    if now >= run.starts_at and not run.is_cancelled:
        raise RunStarted
    if error := registration_refusal(to_run, now, staff=True):
        raise error
    if now >= to_run.starts_at:
        raise RunStarted
    update_waiting_list(to_run, now)
    allocation = _allocate(to_run, registration)
    if not (allocation.seat or wait):
        raise RunFull(to_run)
    # Attendance can be recorded in the morning, before a move.
    Attendance.objects.filter(registration=registration, session__starts_at__gt=now).delete()
    registration.run, registration.offered_until = to_run, None
    registration.state = _state(allocation)
    registration.seat, registration.position = allocation
    registration.save(update_fields=["run", "offered_until", "state", "seat", "position"])
    log(registration, "locations.move_registration", user=user, data={"from": run.pk})
    queue_notices(
        registration, RegistrationEvent.MOVED, was=run.starts_at, once=once_per_moment(now)
    )
    update_waiting_list(run, now)
    return registration


@raises_workshop_errors
@transaction.atomic
def change_capacity(run, capacity, *, user, now=None):
    """Set the number of seats: offer new seats, and move people from seats that disappear.

    Raise CapacityBelowSeats if there would be fewer seats than people who have one.
    """
    if capacity < 1:
        raise CapacityTooLow
    (run,) = lock_runs(run)
    now = now or timezone.now()
    expire_late_offers(run, now)
    seated = {registration.seat: registration for registration in run.registrations.seated()}
    if capacity < len(seated):
        raise CapacityBelowSeats(len(seated))
    before, run.capacity = run.capacity, capacity
    for seat, lower in seats.lower_seats(seated, capacity).items():
        seated[seat].seat = lower
        seated[seat].save(update_fields=["seat"])
    WorkshopRun.objects.filter(pk=run.pk).update(capacity=capacity)
    log(run, "locations.change_capacity", user=user, data={"from": before, "to": capacity})
    offer_seats(run, now)
    return run
