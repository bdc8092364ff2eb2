"""The seats of a run and the line of who waits: what comes free is offered to the first.

Everything here happens with the run locked, so that it happens to one person at a time. On SQLite
every transaction that writes is alone; there the lock is the transaction itself.
"""

from datetime import UTC, timedelta
from functools import wraps

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F, Max
from django.utils import timezone
from wagtail.log_actions import log

from home.core.batch import process_each
from locations.core.models import DigibankSettings
from locations.workshops.errors import (
    AlreadyEnded,
    ChangedMeanwhile,
    HasBegun,
    NotOffered,
    OfferExpired,
    RunCancelled,
    WorkshopError,
)
from locations.workshops.models import Registration, WorkshopRun
from locations.workshops.operations.notifications import (
    OF_A_PLACE,
    OFFER,
    no_longer_told,
    tell,
    this_time,
)

State = Registration.State


def in_sentences(operation):
    """What the database or a field refuses comes out as a sentence, after everything is undone."""

    @wraps(operation)
    def spoken(*args, **kwargs):
        try:
            return operation(*args, **kwargs)
        except ValidationError as error:
            raise WorkshopError(" ".join(error.messages)) from error
        except IntegrityError as error:
            raise ChangedMeanwhile from error

    return spoken


def locked(*runs):
    """These runs as they are now, kept for this transaction; always locked in the same order."""
    found = (
        WorkshopRun.objects.select_for_update(of=("self",), no_key=True)
        .select_related("page", "location")
        .defer("page__body", "page__learn")
        .order_by("pk")
        .in_bulk({run.pk for run in runs})
    )
    return [found[run.pk] for run in runs]


def locked_registration(registration):
    """The registration as it is now, with its run locked."""
    (run,) = locked(registration.run)
    return again(registration, run)


def again(registration, run):
    found = Registration.objects.get(pk=registration.pk)
    if found.run_id != run.pk:
        raise ChangedMeanwhile  # moved to another run while we waited
    found.run = run
    return found


def free_seats(run):
    """The seats that nobody has, lowest first."""
    taken = set(run.registrations.seated().values_list("seat", flat=True))
    return [seat for seat in range(1, run.capacity + 1) if seat not in taken]


def last_turn(run):
    """The turn after which a newcomer stands, 0 when nobody waits."""
    return run.registrations.in_line().aggregate(last=Max("position"))["last"] or 0


def is_over(run, now):
    """From the start on, and when it does not take place, everything stays as it was."""
    return run.is_cancelled or now >= run.starts_at


def refuse_when_over(run, now):
    if run.is_cancelled:
        raise RunCancelled(run)
    if now >= run.starts_at:
        raise HasBegun


def end(registration, state, now, *, reason="", user=None):
    """Give the seat or the turn back. The run is locked."""
    registration.state = state
    registration.seat = registration.position = registration.offered_until = None
    registration.ended_at, registration.ended_reason = now, reason[:120]
    registration.save(
        update_fields=["state", "seat", "position", "offered_until", "ended_at", "ended_reason"]
    )
    log(registration, f"locations.registration_{state}", user=user)
    no_longer_told(registration, *OF_A_PLACE, user=user)


def expire(run, now):
    """End the offers whose time is over. The run is locked."""
    late = run.registrations.filter(state=State.OFFERED, offered_until__lte=now)
    for registration in late.order_by("seat"):
        registration.run, until = run, registration.offered_until
        end(registration, State.EXPIRED, now)
        if not is_over(run, now):
            tell(registration, "offer_expired", until=until)


def offer(run, now):
    """Offer every free seat to who is first in line. The run is locked. Returns who got one."""
    if is_over(run, now):
        return []
    line = list(run.registrations.in_line()[: run.capacity])
    if not line:
        return []
    hours = timedelta(
        hours=DigibankSettings.load().offer_hours
    )  # real ones, also when the clock changes
    until = min(now.astimezone(UTC) + hours, run.starts_at)
    offered = []
    for registration, seat in zip(line, free_seats(run), strict=False):
        registration.run = run
        registration.state, registration.seat, registration.position = State.OFFERED, seat, None
        registration.offered_until = until
        registration.save(update_fields=["state", "seat", "position", "offered_until"])
        log(registration, "locations.registration_offered")
        tell(registration, "offered", once=this_time(now))
        offered.append(registration)
    return offered


def bring_up_to_date(run, now):
    """End what is late, and offer what is free. The run is locked."""
    expire(run, now)
    return offer(run, now)


@in_sentences
@transaction.atomic
def offer_freed_seats(run, now=None):
    """Offer what is free to the first in line; returns the registrations that got an offer."""
    (run,) = locked(run)
    return bring_up_to_date(run, now or timezone.now())


def expire_offers(now=None):
    """End every offer whose time is over, run by run; returns how many runs had one."""
    now = now or timezone.now()
    late = Registration.objects.filter(state=State.OFFERED, offered_until__lte=now)
    runs = WorkshopRun.objects.filter(pk__in=late.values("run")).only("pk")
    return len(process_each(runs, lambda run: offer_freed_seats(run, now)))


def offer_everywhere(now=None):
    """Where somebody waits beside a free seat, offer it; nobody is forgotten, however that came."""
    now = now or timezone.now()
    runs = WorkshopRun.objects.filter(starts_at__gt=now)
    runs = runs.exclude(status=WorkshopRun.Status.CANCELLED).with_seats()
    found = list(runs.filter(waiting__gt=0, taken__lt=F("capacity")).order_by("starts_at", "pk"))
    return sum(map(len, process_each(found, lambda run: offer_freed_seats(run, now))))


@in_sentences
def accept_offer(registration, *, user=None, now=None):
    """Take the seat that is being offered; too late, it goes to the next and nothing else."""
    with transaction.atomic():
        registration = locked_registration(registration)
        now = now or timezone.now()
        if registration.state == State.REGISTERED:
            return registration  # the button was pressed twice
        refuse_when_over(registration.run, now)
        if in_time := _offered(registration, now):
            registration.state, registration.offered_until = State.REGISTERED, None
            registration.save(update_fields=["state", "offered_until"])
            log(registration, "locations.registration_accepted", user=user)
            no_longer_told(registration, *OFFER, user=user)
            tell(registration, "confirmed", once=this_time(now))
    if not in_time:
        raise OfferExpired
    return registration


@in_sentences
def decline_offer(registration, *, user=None, now=None):
    """Leave the seat to the next in line."""
    with transaction.atomic():
        registration = locked_registration(registration)
        now = now or timezone.now()
        if registration.state in (State.CANCELLED, State.EXPIRED):
            raise AlreadyEnded
        refuse_when_over(registration.run, now)
        if in_time := _offered(registration, now):
            end(registration, State.CANCELLED, now, user=user)
            tell(registration, "cancelled")
            offer(registration.run, now)
    if not in_time:
        raise OfferExpired
    return registration


def _offered(registration, now):
    """Whether the offer still stands; one that is late is ended, and that stays so."""
    if registration.state == State.EXPIRED:
        return False
    if registration.state != State.OFFERED:
        raise NotOffered
    if now >= registration.offered_until:
        bring_up_to_date(registration.run, now)
        return False
    return True
