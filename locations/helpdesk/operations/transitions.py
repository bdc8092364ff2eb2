"""The transitions of a help request.

Each locks the request, checks that its state allows the transition, and adds it to the timeline and
the log. Each returns the request as it is then, unless it says otherwise, and raises
TransitionNotAllowed if the state does not allow it.
"""

from datetime import UTC, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from locations.core.time_zone import BRUSSELS
from locations.helpdesk.assignees import can_be_assigned
from locations.helpdesk.errors import (
    AlreadyTaken,
    AppointmentTimeRefused,
    EmptyNote,
    NotADigipunt,
    NotAssignable,
    OutsideOpeningHours,
    ReferralConsentMissing,
    ReferralContactMissing,
    SameLocation,
    TransitionNotAllowed,
)
from locations.helpdesk.models import HelpRequest, HelpRequestEvent
from locations.helpdesk.operations import notifications
from locations.helpdesk.operations.help_requests import answer_due_on
from locations.helpdesk.state_machine import (
    TRANSITIONS,
    State,
    Transition,
    available_transitions,
)
from locations.opening_hours.loading import load_calendars
from locations.places.models import Location
from locations.workshops.applicants import Applicant, Origin
from locations.workshops.models import Registration
from locations.workshops.operations.registrations import create_registration

LOG_ACTIONS = {transition: f"locations.help_{transition}" for transition in Transition}
LATEST_APPOINTMENT = timedelta(days=366)
KEEPS_APPOINTMENT = {Transition.TAKE, Transition.ASSIGN, Transition.NOTE}
EventKind = HelpRequestEvent.Kind


def _lock(help_request, transition):
    """Return the request as it is now, locked, if its state allows the transition.

    The assignee is not joined: after a wait PostgreSQL would join the row of before it.
    """
    locked = (
        HelpRequest.objects.select_for_update(of=("self",))
        .select_related("location")
        .get(pk=help_request.pk)
    )
    if transition == Transition.TAKE and locked.assignee_id:
        is_allowed = transition in TRANSITIONS[State(locked.state)]  # `take` tells by whom
    else:
        is_allowed = transition in available_transitions(locked)
    if not is_allowed:
        raise TransitionNotAllowed(locked, transition)
    return locked


def _apply(help_request, transition, event_kind, *, user, note="", now=None, **fields):
    """Store the new state with these fields, log it, and return the new event."""
    now = now or timezone.now()
    help_request.state = TRANSITIONS[State(help_request.state)][transition]
    for name, value in fields.items():
        setattr(help_request, name, value)
    help_request.save(update_fields=["state", *fields])
    if transition not in KEEPS_APPOINTMENT:
        notifications.cancel_appointment_messages(help_request, user=user)
    log(help_request, LOG_ACTIONS[transition], user=user)
    return help_request.events.create(kind=event_kind, user=user, note=note, at=now)


@transaction.atomic
def take_help_request(help_request, *, user, now=None):
    """Assign a request to the user; raise AlreadyTaken if it has another assignee."""
    help_request = _lock(help_request, Transition.TAKE)
    if help_request.assignee_id == user.pk:
        return help_request
    if help_request.assignee_id:
        raise AlreadyTaken(help_request)
    _apply(help_request, Transition.TAKE, EventKind.TAKEN, user=user, now=now, assignee=user)
    return help_request


@transaction.atomic
def assign_help_request(help_request, *, to, user, now=None):
    """Assign a request to a colleague; raise NotAssignable if the location is not theirs."""
    help_request = _lock(help_request, Transition.ASSIGN)
    if not can_be_assigned(to, help_request.location):
        raise NotAssignable(help_request.location)
    note = _("Given to a colleague.")
    fields = {"user": user, "note": note, "now": now, "assignee": to}
    _apply(help_request, Transition.ASSIGN, EventKind.TAKEN, **fields)
    return help_request


@transaction.atomic
def add_note(help_request, text, *, user, now=None):
    """Add a note to the timeline; raise EmptyNote if it has no text."""
    help_request = _lock(help_request, Transition.NOTE)
    if not text.strip():
        raise EmptyNote
    fields = {"user": user, "note": text.strip(), "now": now}
    _apply(help_request, Transition.NOTE, EventKind.NOTE, **fields)
    return help_request


@transaction.atomic
def make_appointment(help_request, *, at, minutes=60, user, notify=True, note="", now=None):
    """Make an appointment at an aware datetime, which becomes the day to answer by.

    Raise AppointmentTimeRefused or OutsideOpeningHours. Help at home needs an opening on that day.
    """
    now = now or timezone.now()
    help_request = _lock(help_request, Transition.APPOINT)
    if not now < at <= now + LATEST_APPOINTMENT:
        raise AppointmentTimeRefused
    _check_opening_hours(help_request, at, minutes, timezone.localdate(now))
    event = _apply(
        help_request,
        Transition.APPOINT,
        EventKind.APPOINTMENT,
        user=user,
        note=note,
        now=now,
        appointment_at=at,
        appointment_minutes=minutes,
        due_on=at.astimezone(BRUSSELS).date(),
        assignee=help_request.assignee or user,
    )
    if notify:
        notifications.notify_appointment(help_request, event)
    return help_request


def _check_opening_hours(help_request, at, minutes, today):
    calendar = load_calendars([help_request.location])[help_request.location_id]
    openings = calendar.openings_on(at.astimezone(BRUSSELS).date())
    if help_request.kind == HelpRequest.Kind.HOME_VISIT:
        fits = bool(openings)
    else:
        moment, end = at, at.astimezone(UTC) + timedelta(minutes=minutes)
        while moment < end and (opening := calendar.opening_at(moment)):
            moment = opening.ends_at
        fits = moment >= end
    if not fits:
        next_opening = calendar.next_opening(at)
        raise OutsideOpeningHours(help_request.location, openings, next_opening, today)


@transaction.atomic
def hand_over_help_request(help_request, location, *, user, note="", now=None):
    """Hand a request over to another digipunt, where it is new and keeps its due day.

    Raise SameLocation or NotADigipunt.
    """
    help_request = _lock(help_request, Transition.HAND_OVER)
    if location.pk == help_request.location_id:
        raise SameLocation(location)
    if not Location.objects.digipunten().filter(pk=location.pk).exists():
        raise NotADigipunt(location)
    fields = {"location": location, "assignee": None, "appointment_at": None}
    _apply(
        help_request,
        Transition.HAND_OVER,
        EventKind.MOVED,
        user=user,
        note=note,
        now=now,
        **fields,
    )
    return help_request


@transaction.atomic
def refer_to_workshop(help_request, run, *, consent, user, now=None):
    """Register the person for a workshop, or for its waiting list, and return the registration.

    The registration notifies the person itself. Raise ReferralConsentMissing,
    ReferralContactMissing or an error of registrations.
    """
    if not consent:
        raise ReferralConsentMissing
    now = now or timezone.now()
    help_request = _lock(help_request, Transition.REFER)
    if not help_request.name or not (help_request.phone or help_request.email):
        raise ReferralContactMissing(help_request)
    fields = ("name", "phone", "email", "postcode", "language")
    applicant = Applicant(**{name: getattr(help_request, name) for name in fields})
    origin = Origin(Registration.Source.STAFF, user=user, consent=True)
    registration = create_registration(run, applicant, origin, now=now)
    _apply(
        help_request,
        Transition.REFER,
        EventKind.REFERRED,
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
def close_help_request(help_request, *, outcome, note="", user, notify=False, now=None):
    """Close a request with an outcome."""
    now = now or timezone.now()
    help_request = _lock(help_request, Transition.CLOSE)
    event = _apply(
        help_request,
        Transition.CLOSE,
        EventKind.CLOSED,
        user=user,
        note=note,
        now=now,
        outcome=outcome,
        outcome_note=note,
        closed_at=now,
    )
    if notify:
        notifications.notify_closed(help_request, event)
    return help_request


@transaction.atomic
def withdraw_help_request(help_request, *, user=None, note="", now=None):
    """Withdraw a request; `user` is None when the person does it on the secret page."""
    now = now or timezone.now()
    help_request = _lock(help_request, Transition.WITHDRAW)
    fields = {"user": user, "note": note, "now": now, "closed_at": now}
    _apply(help_request, Transition.WITHDRAW, EventKind.WITHDRAWN, **fields)
    return help_request


@transaction.atomic
def reopen_help_request(help_request, *, user, note="", now=None):
    """Reopen a closed request; it keeps its assignee, or else the user becomes the assignee."""
    now = now or timezone.now()
    help_request = _lock(help_request, Transition.REOPEN)
    _apply(
        help_request,
        Transition.REOPEN,
        EventKind.REOPENED,
        user=user,
        note=note,
        now=now,
        outcome="",
        outcome_note="",
        closed_at=None,
        appointment_at=None,
        due_on=answer_due_on(help_request.location, now),
        assignee=help_request.assignee or user,
    )
    return help_request
