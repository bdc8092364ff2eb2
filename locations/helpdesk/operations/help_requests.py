"""Help requests: asked, taken up, followed up, and closed with an outcome."""

from datetime import UTC, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from home.core.models import NumberSeries
from locations.core import person_hashes
from locations.core.models import Practice
from locations.core.time_zone import BRUSSELS
from locations.helpdesk.colleagues import answers_for
from locations.helpdesk.errors import (
    ConsentNeeded,
    IllegalMove,
    NobodyToReach,
    NoDigipunt,
    NotAColleague,
    NoteMissing,
    NotInTheFuture,
    OutsideHours,
    SamePlace,
    TakenAlready,
)
from locations.helpdesk.models import HelpRequest, HelpRequestEvent
from locations.helpdesk.operations import notifications
from locations.helpdesk.transitions import TRANSITIONS, Move, State, moves
from locations.opening_hours.loading import load_calendars
from locations.opening_hours.working_days import add_working_days
from locations.places.models import Location
from locations.workshops.models import Registration
from locations.workshops.operations import registrations

ASK, ERASE = "locations.ask_help", "locations.erase_help"
LOGGED = {move: f"locations.help_{move}" for move in Move}
FURTHEST = timedelta(days=366)
KEEP_APPOINTMENT = {Move.TAKE, Move.ASSIGN, Move.NOTE}
Event, Kind = HelpRequestEvent, HelpRequestEvent.Kind


def ask(*, request_key=None, **facts):
    """Keep a question for the team of a place, and say so by mail to who gave an address.

    `facts` are fields of a HelpRequest (kind, question, location, name, phone, ...), with `wishes`
    (what was said besides, for the timeline), `user` and `now`. The same `request_key` (UUID) makes
    a form that is sent twice one question, also at the same moment.
    """
    known = HelpRequest.objects.filter(request_key=request_key) if request_key else None
    try:
        with transaction.atomic():
            if known is not None and (before := known.first()):
                return before
            return _asked(request_key=request_key, **facts)
    except IntegrityError:
        if known is not None and (before := known.first()):
            return before
        raise


def _asked(*, location, wishes="", user=None, now=None, **facts):
    now = now or timezone.now()
    today = timezone.localdate(now)
    if facts.get("kind") != HelpRequest.Kind.HOME_VISIT:
        facts["address"] = ""
    who = {name: facts.get(name, "") for name in ("phone", "email")}
    request = HelpRequest.objects.create(
        number=f"H-{today.year}-{NumberSeries.take(f'H-{today.year}'):04d}",
        location=location,
        person=person_hashes.person(facts.get("name", ""), **who),
        due_on=answer_by(location, now),
        created_by=user,
        created_at=now,
        **facts,
    )
    _keep(request, Kind.ASKED, user=user, note=wishes, now=now)
    log(request, ASK, user=user)
    notifications.received(request)
    return request


def answer_by(location, now):
    """The day by which somebody answers: so many working days of the place from now."""
    calendar = load_calendars([location])[location.pk]
    return add_working_days(timezone.localdate(now), Practice.load().answer_days, calendar)


def _locked(request, move):
    """The request as it is now, kept for this transaction, if this can be done with it.

    Without its assignee: after a wait PostgreSQL joins the row of before it.
    """
    found = (
        HelpRequest.objects.select_for_update(of=("self",))
        .select_related("location")
        .get(pk=request.pk)
    )
    if move == Move.TAKE and found.assignee_id and move in TRANSITIONS[State(found.state)]:
        return found  # by whom, is what `take` says
    if move not in moves(found):
        raise IllegalMove(found, move)
    return found


def _keep(request, kind, *, user, note="", now):
    return Event.objects.create(request=request, kind=kind, user=user, note=note, at=now)


def _done(request, move, kind, *, user, note="", now=None, **fields):
    """Write the state that comes of this move, with these fields, on the timeline too."""
    now = now or timezone.now()
    request.state = TRANSITIONS[State(request.state)][move]
    for name, value in fields.items():
        setattr(request, name, value)
    request.save(update_fields=["state", *fields])
    if move not in KEEP_APPOINTMENT:
        notifications.appointment_is_gone(request, user=user)
    log(request, LOGGED[move], user=user)
    return _keep(request, kind, user=user, note=note, now=now)


@transaction.atomic
def take(request, *, user, now=None):
    """Follow it up oneself; of two who press at the same moment the second hears who was first."""
    request = _locked(request, Move.TAKE)
    if request.assignee_id == user.pk:
        return request
    if request.assignee_id:
        raise TakenAlready(request)
    _done(request, Move.TAKE, Kind.TAKEN, user=user, now=now, assignee=user)
    return request


@transaction.atomic
def assign(request, *, to, user, now=None):
    """Give it to a colleague who works for the place."""
    request = _locked(request, Move.ASSIGN)
    if not answers_for(to, request.location):
        raise NotAColleague(request.location)
    given = _("Given to a colleague.")
    _done(request, Move.ASSIGN, Kind.TAKEN, user=user, note=given, now=now, assignee=to)
    return request


@transaction.atomic
def note(request, text, *, user, now=None):
    request = _locked(request, Move.NOTE)
    if not text.strip():
        raise NoteMissing
    _done(request, Move.NOTE, Kind.NOTE, user=user, note=text.strip(), now=now)
    return request


@transaction.atomic
def appoint(request, *, at, minutes=60, user, tell=True, note="", now=None):
    """Agree on a moment (aware): within the hours of the place, at home on a day that it works.

    From then on the day of the appointment is the day by which it is answered.
    """
    now = now or timezone.now()
    request = _locked(request, Move.APPOINT)
    if not now < at <= now + FURTHEST:
        raise NotInTheFuture
    _refuse_outside_hours(request, at, minutes, timezone.localdate(now))
    event = _done(
        request,
        Move.APPOINT,
        Kind.APPOINTMENT,
        user=user,
        note=note,
        now=now,
        appointment_at=at,
        appointment_minutes=minutes,
        due_on=at.astimezone(BRUSSELS).date(),
        assignee=request.assignee or user,
    )
    if tell:
        notifications.appointment(request, event)
    return request


def _refuse_outside_hours(request, at, minutes, today):
    calendar = load_calendars([request.location])[request.location_id]
    of_day = calendar.openings_on(at.astimezone(BRUSSELS).date())
    if request.kind == HelpRequest.Kind.HOME_VISIT:
        fits = bool(of_day)
    else:
        moment, end = at, at.astimezone(UTC) + timedelta(minutes=minutes)
        while moment < end and (opening := calendar.opening_at(moment)):
            moment = opening.ends_at
        fits = moment >= end
    if not fits:
        raise OutsideHours(request.location, of_day, calendar.next_opening(at), today)


@transaction.atomic
def hand_over(request, place, *, user, note="", now=None):
    """Give it to another digipunt: there it is new again, by the day that was promised."""
    request = _locked(request, Move.HAND_OVER)
    if place.pk == request.location_id:
        raise SamePlace(place)
    if not Location.objects.digipunten().filter(pk=place.pk).exists():
        raise NoDigipunt(place)
    fields = {"location": place, "assignee": None, "appointment_at": None}
    _done(request, Move.HAND_OVER, Kind.MOVED, user=user, note=note, now=now, **fields)
    return request


@transaction.atomic
def refer(request, run, *, consent, user, now=None):
    """Register the person for a workshop, who said yes to that; a full one gives a turn in line.

    Returns the registration, that itself says to the person what came of it.
    """
    if not consent:
        raise ConsentNeeded
    now = now or timezone.now()
    request = _locked(request, Move.REFER)
    if not request.name or not (request.phone or request.email):
        raise NobodyToReach(request)
    registration = registrations.register(
        run,
        name=request.name,
        phone=request.phone,
        email=request.email,
        postcode=request.postcode,
        language=request.language,
        source=Registration.Source.STAFF,
        user=user,
        consent=True,
        now=now,
    )
    _done(
        request,
        Move.REFER,
        Kind.REFERRED,
        user=user,
        note=f"{run.page.title}, {run.location.name}",
        now=now,
        referred_to=registration,
        consent_at=now,
        outcome=HelpRequest.Outcome.REFERRED,
        closed_at=now,
    )
    return registration


@transaction.atomic
def close(request, *, outcome, note="", user, tell=False, now=None):
    now = now or timezone.now()
    request = _locked(request, Move.CLOSE)
    fields = {"outcome": outcome, "outcome_note": note, "closed_at": now}
    event = _done(request, Move.CLOSE, Kind.CLOSED, user=user, note=note, now=now, **fields)
    if tell:
        notifications.closed(request, event)
    return request


@transaction.atomic
def withdraw(request, *, user=None, note="", now=None):
    """Somebody does not need it any more: the person, on the secret page, or staff who heard so."""
    now = now or timezone.now()
    request = _locked(request, Move.WITHDRAW)
    _done(request, Move.WITHDRAW, Kind.WITHDRAWN, user=user, note=note, now=now, closed_at=now)
    return request


@transaction.atomic
def reopen(request, *, user, note="", now=None):
    """It was not settled after all: who says so follows it up, unless somebody did before."""
    now = now or timezone.now()
    request = _locked(request, Move.REOPEN)
    _done(
        request,
        Move.REOPEN,
        Kind.REOPENED,
        user=user,
        note=note,
        now=now,
        outcome="",
        outcome_note="",
        closed_at=None,
        appointment_at=None,
        due_on=answer_by(request.location, now),
        assignee=request.assignee or user,
    )
    return request


@transaction.atomic
def erase(requests, *, now=None):
    """Take out of these (a queryset) who asked and what was said; returns how many.

    Only of what is closed. What was asked about, where, and what came of it stays to be counted.
    """
    now = now or timezone.now()
    found = list(requests.filter(state__in=HelpRequest.CLOSED, erased_at=None).select_for_update())
    keys = [request.pk for request in found]
    emptied = dict.fromkeys(("question", "name", "phone", "email", "address", "outcome_note"), "")
    HelpRequest.objects.filter(pk__in=keys).update(erased_at=now, person="", **emptied)
    Event.objects.filter(request__in=keys).update(note="")
    for request in found:
        log(request, ERASE)
    return len(found)
