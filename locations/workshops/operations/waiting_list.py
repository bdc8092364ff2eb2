"""The seats and the waiting list of a run: a free seat is offered to the first person waiting.

Every operation locks the run first, so that it happens to one person at a time. On SQLite every
writing transaction is alone; there the lock is the transaction itself.
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
from locations.workshops import seats
from locations.workshops.errors import (
    AlreadyEnded,
    ChangedMeanwhile,
    NotOffered,
    OfferExpired,
    RunCancelled,
    RunStarted,
    WorkshopError,
)
from locations.workshops.models import Registration, WorkshopRun
from locations.workshops.notices import ABOUT_A_SEAT, OFFER, RegistrationEvent
from locations.workshops.operations.notifications import (
    cancel_messages,
    once_per_moment,
    queue_notices,
)

State = Registration.State


def raises_workshop_errors(operation):
    """Turn what a field or the database refuses into a WorkshopError, after the rollback."""

    @wraps(operation)
    def wrapper(*args, **kwargs):
        try:
            return operation(*args, **kwargs)
        except ValidationError as error:
            raise WorkshopError(" ".join(error.messages)) from error
        except IntegrityError as error:
            raise ChangedMeanwhile from error

    return wrapper


def lock_runs(*runs):
    """Return these runs as they are now, locked for this transaction, always in the same order."""
    locked = (
        WorkshopRun.objects.select_for_update(of=("self",), no_key=True)
        .select_related("page", "location")
        .defer("page__body", "page__learn")
        .order_by("pk")
        .in_bulk({run.pk for run in runs})
    )
    return [locked[run.pk] for run in runs]


def lock_registration(registration):
    """Return the registration as it is now, with its run locked."""
    (run,) = lock_runs(registration.run)
    return reload_registration(registration, run)


def reload_registration(registration, run):
    """Return the registration as it is now; `run`, its run, is locked.

    Raise ChangedMeanwhile if it was moved to another run in the meantime.
    """
    registration = Registration.objects.get(pk=registration.pk)
    if registration.run_id != run.pk:
        raise ChangedMeanwhile
    registration.run = run
    return registration


def taken_seats(run):
    """Return the seat numbers that somebody holds."""
    return list(run.registrations.seated().values_list("seat", flat=True))


def last_position(run):
    """Return the last position on the waiting list, 0 when nobody waits."""
    return run.registrations.waiting().aggregate(last=Max("position"))["last"] or 0


def place_in_line(registration):
    """Return how many people wait, up to and including this one."""
    waiting = registration.run.registrations.waiting()
    return waiting.filter(position__lte=registration.position).count()


def is_frozen(run, now):
    """Return whether seats no longer change hands: the run has started or is cancelled."""
    return run.is_cancelled or now >= run.starts_at


def check_not_frozen(run, now):
    """Raise RunCancelled or RunStarted if seats no longer change hands."""
    if run.is_cancelled:
        raise RunCancelled(run)
    if now >= run.starts_at:
        raise RunStarted


def end_registration(registration, state, now, *, reason="", user=None):
    """Give the seat or the position back. The run is locked."""
    registration.state = state
    registration.seat = registration.position = registration.offered_until = None
    registration.ended_at, registration.ended_reason = now, reason[:120]
    registration.save(
        update_fields=["state", "seat", "position", "offered_until", "ended_at", "ended_reason"]
    )
    log(registration, f"locations.registration_{state}", user=user)
    cancel_messages(registration, *ABOUT_A_SEAT, user=user)


def expire_late_offers(run, now):
    """End the offers of a run that nobody answered in time. The run is locked."""
    late = run.registrations.filter(state=State.OFFERED, offered_until__lte=now)
    for registration in late.order_by("seat"):
        registration.run, until = run, registration.offered_until
        end_registration(registration, State.EXPIRED, now)
        if not is_frozen(run, now):
            queue_notices(registration, RegistrationEvent.OFFER_EXPIRED, until=until)


def offer_seats(run, now):
    """Offer every free seat to the people waiting longest; return their registrations.

    The run is locked. An offer lasts for the hours in the settings, but not beyond the start.
    """
    if is_frozen(run, now):
        return []
    waiting = list(run.registrations.waiting()[: run.capacity])
    if not waiting:
        return []
    # In UTC: real hours, also when the clock changes.
    term = timedelta(hours=DigibankSettings.load().offer_hours)
    until = min(now.astimezone(UTC) + term, run.starts_at)
    offered = []
    for registration, seat in seats.offers(waiting, taken_seats(run), run.capacity):
        registration.run = run
        registration.state, registration.seat, registration.position = State.OFFERED, seat, None
        registration.offered_until = until
        registration.save(update_fields=["state", "seat", "position", "offered_until"])
        log(registration, "locations.registration_offered")
        queue_notices(registration, RegistrationEvent.OFFERED, once=once_per_moment(now))
        offered.append(registration)
    return offered


def update_waiting_list(run, now):
    """End late offers, then offer the free seats. The run is locked."""
    expire_late_offers(run, now)
    return offer_seats(run, now)


@raises_workshop_errors
@transaction.atomic
def offer_free_seats(run, now=None):
    """Offer the free seats of a run; return the registrations that got an offer."""
    (run,) = lock_runs(run)
    return update_waiting_list(run, now or timezone.now())


def expire_offers(now=None):
    """End late offers in every run; return how many runs had one."""
    now = now or timezone.now()
    late = Registration.objects.filter(state=State.OFFERED, offered_until__lte=now)
    runs = WorkshopRun.objects.filter(pk__in=late.values("run")).only("pk")
    return len(process_each(runs, lambda run: offer_free_seats(run, now)))


def offer_all_free_seats(now=None):
    """Offer free seats in every run where somebody waits; return how many were offered."""
    now = now or timezone.now()
    runs = WorkshopRun.objects.filter(starts_at__gt=now)
    runs = runs.exclude(status=WorkshopRun.Status.CANCELLED).with_seat_counts()
    runs = list(runs.filter(waiting__gt=0, taken__lt=F("capacity")).order_by("starts_at", "pk"))
    return sum(map(len, process_each(runs, lambda run: offer_free_seats(run, now))))


@raises_workshop_errors
def accept_offer(registration, *, user=None, now=None):
    """Take the seat that is being offered.

    Raise OfferExpired if it is too late; the seat then goes to the next person waiting.
    """
    with transaction.atomic():
        registration = lock_registration(registration)
        now = now or timezone.now()
        if registration.state == State.REGISTERED:
            return registration  # the button was pressed twice
        check_not_frozen(registration.run, now)
        if in_time := _is_offer_open(registration, now):
            registration.state, registration.offered_until = State.REGISTERED, None
            registration.save(update_fields=["state", "offered_until"])
            log(registration, "locations.registration_accepted", user=user)
            cancel_messages(registration, *OFFER, user=user)
            queue_notices(registration, RegistrationEvent.CONFIRMED, once=once_per_moment(now))
    if not in_time:
        raise OfferExpired
    return registration


@raises_workshop_errors
def decline_offer(registration, *, user=None, now=None):
    """Leave the offered seat to the next person waiting."""
    with transaction.atomic():
        registration = lock_registration(registration)
        now = now or timezone.now()
        if registration.state in Registration.ENDED:
            raise AlreadyEnded
        check_not_frozen(registration.run, now)
        if in_time := _is_offer_open(registration, now):
            end_registration(registration, State.CANCELLED, now, user=user)
            queue_notices(registration, RegistrationEvent.CANCELLED)
            offer_seats(registration.run, now)
    if not in_time:
        raise OfferExpired
    return registration


def _is_offer_open(registration, now):
    """Return whether the offer can be answered; end it, and keep that, if it is late."""
    if registration.state == State.EXPIRED:
        return False
    if registration.state != State.OFFERED:
        raise NotOffered
    if now >= registration.offered_until:
        update_waiting_list(registration.run, now)
        return False
    return True
