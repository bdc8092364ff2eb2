"""Registering for a run: a seat or a turn in line, cancelled or moved; and how many seats."""

from django.db import IntegrityError, transaction
from django.db.models import Count, Q
from django.utils import timezone
from wagtail.log_actions import log

from home.core.phone import to_phone_number
from locations.core import person_hashes
from locations.workshops.errors import (
    AlreadyEnded,
    AlreadyRegistered,
    BelowSeated,
    ConsentMissing,
    HasBegun,
    JustDropIn,
    NobodyToReach,
    NoLongerOpen,
    NoPlaces,
    NotYetOpen,
    RunCancelled,
    RunFull,
    SameRun,
)
from locations.workshops.models import Attendance, Registration, WorkshopRun
from locations.workshops.operations.notifications import tell, this_time
from locations.workshops.operations.waiting_list import (
    State,
    accept_offer,
    again,
    bring_up_to_date,
    decline_offer,
    end,
    expire,
    expire_offers,
    free_seats,
    in_sentences,
    last_turn,
    locked,
    locked_registration,
    offer,
    offer_everywhere,
    offer_freed_seats,
    refuse_when_over,
)

__all__ = [
    "accept_offer",
    "cancel",
    "change_capacity",
    "decline_offer",
    "expire_offers",
    "move",
    "offer_everywhere",
    "offer_freed_seats",
    "refusal",
    "register",
    "tell",
]
Source = Registration.Source


def refusal(run, now, *, staff=False):
    """Why nobody can register for this run now, or None.

    Staff may also do it before registration opens and after it closed, and at the door as long as
    it is not over; who writes the seat looks then whether there is one.
    """
    if run.is_cancelled:
        return RunCancelled(run)
    if run.is_drop_in:
        return JustDropIn()
    if now >= (run.ends_at if staff else run.starts_at):
        return HasBegun()
    if staff:
        return None
    if run.registration_opens_at and now < run.registration_opens_at:
        return NotYetOpen(run)
    if run.registration_closes_at and now >= run.registration_closes_at:
        return NoLongerOpen()
    return None


@in_sentences
def register(
    run,
    *,
    name,
    phone="",
    email="",
    postcode="",
    language="",
    remark="",
    source=Source.WEB,
    user=None,
    partner=None,
    consent=False,
    request_key=None,
    wait=True,
    now=None,
):
    """Give one person the lowest free seat, or a turn at the end of the line.

    Without `wait` a full run raises RunFull: for who was not asked about the waiting list.
    The same `request_key` (UUID) for the same person makes a form that is sent twice one
    registration. Raises a WorkshopError with the sentence to show.
    """
    name, email = " ".join(name.split()), email.strip()
    phone = to_phone_number(phone)
    if not person_hashes.normalize_person_name(name) or not (phone or email):
        raise NobodyToReach
    if source == Source.REFERRER and not consent:
        raise ConsentMissing
    facts = {
        "name": name,
        "phone": phone,
        "email": email,
        "person": person_hashes.hash_person(name, phone=phone, email=email),
        "postcode": postcode,
        "language": language,
        "remark": remark.strip(),
        "source": source,
        "registered_by": user,
        "partner": partner,
    }
    if (before := _sent_before(request_key)) and _is_same(before, run, facts):
        return before
    if not wait and _looks_full(run, now or timezone.now()):
        raise RunFull(run)  # most of who is too late for the last seat need not stand at the lock
    try:
        with transaction.atomic():
            (run,) = locked(run)
            if before := _sent_before(request_key):
                if _is_same(before, run, facts):
                    return before
                request_key = None  # back to the form, and then for somebody else
            facts |= {"request_key": request_key, "consent": consent}
            return _registered(run, facts, user=user, wait=wait, now=now or timezone.now())
    except IntegrityError as error:
        if "person" in str(error):
            raise AlreadyRegistered(name) from error
        raise


def _sent_before(request_key):
    return request_key and Registration.objects.filter(request_key=request_key).first()


def _looks_full(run, now):
    """Whether everybody who comes now has to wait; one question, and nothing is locked."""
    late = Q(state=State.OFFERED, offered_until__lte=now)
    found = run.registrations.aggregate(
        taken=Count("pk", filter=Q(seat__isnull=False) & ~late),
        waiting=Count("pk", filter=Q(position__isnull=False)),
    )
    return bool(found["waiting"]) or found["taken"] >= run.capacity


def _is_same(before, run, facts):
    return before.run_id == run.pk and before.person == facts["person"]


def _registered(run, facts, *, user, wait, now):
    """Look once more, now that the run is locked, and write."""
    if refused := refusal(run, now, staff=user is not None):
        raise refused
    bring_up_to_date(run, now)
    if refused := _twice(run, facts):
        raise refused
    place = _seat_or_turn(run)
    if now >= run.starts_at and place["seat"] is None:
        raise HasBegun
    if place["seat"] is None and not wait:
        raise RunFull(run)
    consent_at = now if facts.pop("consent") else None
    registration = Registration.objects.create(
        run=run, created_at=now, consent_at=consent_at, **facts, **place
    )
    log(registration, "locations.register", user=user)
    tell(registration, "waiting" if registration.state == State.WAITING else "confirmed")
    return registration


def _seat_or_turn(run):
    """The lowest free seat when nobody waits, or else the next turn. The run is locked."""
    last = last_turn(run)
    free = [] if last else free_seats(run)
    if free:
        return {"state": State.REGISTERED, "seat": free[0], "position": None}
    return {"state": State.WAITING, "seat": None, "position": last + 1}


def _twice(run, facts):
    """Why this person can not be on the list of this run once more, or None."""
    same = Q(pk=None)
    for field in ("person", "phone"):
        if facts[field]:
            same |= Q(**{field: facts[field]})
    if facts["email"]:
        same |= Q(email__iexact=facts["email"])
    names = run.registrations.alive().filter(same).values_list("name", flat=True)
    wanted = person_hashes.normalize_person_name(facts["name"])
    if any(person_hashes.normalize_person_name(name) == wanted for name in names):
        return AlreadyRegistered(facts["name"])
    return None


@in_sentences
@transaction.atomic
def cancel(registration, *, reason="", user=None, now=None):
    """Give the seat or the turn back; what comes free is offered to the next at once."""
    registration = locked_registration(registration)
    now = now or timezone.now()
    if not registration.is_alive:
        raise AlreadyEnded
    refuse_when_over(registration.run, now)
    end(registration, State.CANCELLED, now, reason=reason, user=user)
    tell(registration, "cancelled")  # the reason is for staff
    bring_up_to_date(registration.run, now)
    return registration


@in_sentences
@transaction.atomic
def move(registration, to_run, *, user, wait=False, now=None):
    """Take someone to another run, with the same link; the seat left is offered to the next.

    Without a free seat there it raises RunFull and nothing changes, unless `wait`: then the person
    stands at the end of the line there.
    """
    if registration.run_id == to_run.pk:
        raise SameRun
    run, to_run = locked(registration.run, to_run)
    registration = again(registration, run)
    now = now or timezone.now()
    if not registration.is_alive:
        raise AlreadyEnded
    if now >= run.starts_at and not run.is_cancelled:
        raise HasBegun
    if refused := refusal(to_run, now, staff=True):
        raise refused
    if now >= to_run.starts_at:
        raise HasBegun
    bring_up_to_date(to_run, now)
    who = {name: getattr(registration, name) for name in ("name", "phone", "email", "person")}
    if refused := _twice(to_run, who):
        raise refused
    place = _seat_or_turn(to_run)
    if place["seat"] is None and not wait:
        raise RunFull(to_run)
    # Noted in the morning, and then moved before the lesson began.
    Attendance.objects.filter(registration=registration, session__starts_at__gt=now).delete()
    registration.run, registration.offered_until = to_run, None
    for field, value in place.items():
        setattr(registration, field, value)
    registration.save(update_fields=["run", "offered_until", *place])
    log(registration, "locations.move_registration", user=user, data={"from": run.pk})
    tell(registration, "moved", from_run=run, once=this_time(now))
    bring_up_to_date(run, now)
    return registration


@in_sentences
@transaction.atomic
def change_capacity(run, capacity, *, user, now=None):
    """More seats go to who waits; fewer, as long as everybody who has one keeps one."""
    if capacity < 1:
        raise NoPlaces
    (run,) = locked(run)
    now = now or timezone.now()
    expire(run, now)
    seated = list(run.registrations.seated())
    if capacity < len(seated):
        raise BelowSeated(len(seated))
    before, run.capacity = run.capacity, capacity
    for registration, seat in zip(
        [one for one in seated if one.seat > capacity], free_seats(run), strict=False
    ):
        registration.seat = seat
        registration.save(update_fields=["seat"])
    WorkshopRun.objects.filter(pk=run.pk).update(capacity=capacity)
    log(run, "locations.change_capacity", user=user, data={"from": before, "to": capacity})
    offer(run, now)
    return run
