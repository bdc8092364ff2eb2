"""Operations on visits."""

from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.log_actions import log

from locations.core import person_hashes
from locations.helpdesk.errors import AlreadyFollowedUp, NotLastVisitToday, OpenQuestionMissing
from locations.helpdesk.models import HelpRequest, HelpRequestEvent, Visit
from locations.helpdesk.operations.help_requests import create_help_request

RECORD, UNDO = "locations.note_visit", "locations.undo_visit"


def record_visit(location, *, request_key=None, **fields):
    """Record a visit and return it; of a card only the hash is stored.

    `fields` are `minutes`, `topics` (a list), `outcome`, `audience`, `card`, `user` and `now`. With
    the outcome "open" they include `question`, `name` and `phone`, which make a help request.
    A form that is sent twice has the same `request_key` (a UUID) and records one visit.
    """
    try:
        with transaction.atomic():
            return _with_key(request_key) or _record(location, request_key=request_key, **fields)
    except IntegrityError:
        if visit := _with_key(request_key):
            return visit
        raise


def _with_key(request_key):
    if request_key is None:
        return None
    return Visit.objects.filter(request_key=request_key).first()


def _record(
    location,
    *,
    outcome=Visit.Outcome.HELPED,
    topics=(),
    card="",
    question="",
    name="",
    phone="",
    user=None,
    now=None,
    **fields,
):
    now = now or timezone.now()
    is_open = outcome == Visit.Outcome.OPEN
    if is_open and not question.strip():
        raise OpenQuestionMissing
    visit = Visit.objects.create(
        location=location,
        visited_at=now,
        outcome=outcome,
        person=person_hashes.hash_card(card),
        logged_by=user,
        created_at=now,
        **fields,
    )
    visit.topics.set(topics)
    if is_open:
        create_help_request(
            question=question.strip(),
            topic=next(iter(topics), None),
            name=name,
            phone=phone,
            location=location,
            source=HelpRequest.Source.VISIT,
            visit=visit,
            user=user,
            now=now,
        )
    log(visit, RECORD, user=user)
    return visit


def last_visit_today(user, now=None):
    """Return the visit that a user recorded last, or None if that was not today."""
    visit = Visit.objects.filter(logged_by=user).order_by("-created_at", "-pk").first()
    today = timezone.localdate(now)
    return visit if visit and timezone.localdate(visit.created_at) == today else None


@transaction.atomic
def undo_visit(visit, *, user, now=None):
    """Delete the user's last visit of today, with the help request that it left open.

    Raise NotLastVisitToday, or AlreadyFollowedUp if somebody works on the help request.
    """
    last = last_visit_today(user, now)
    if last is None or last.pk != visit.pk:
        raise NotLastVisitToday
    help_request = HelpRequest.objects.select_for_update().filter(visit=visit).first()
    if help_request is not None:
        other_events = help_request.events.exclude(kind=HelpRequestEvent.Kind.ASKED)
        if help_request.state != HelpRequest.State.NEW or other_events.exists():
            raise AlreadyFollowedUp(help_request)
        help_request.delete()
    log(visit, UNDO, user=user)
    visit.delete()
