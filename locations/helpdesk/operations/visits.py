"""Visits: noted in one go, with what stays open as a task for the team; and taken back."""

from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.log_actions import log

from locations.core import person_hashes
from locations.helpdesk.errors import FollowedUpAlready, NotYourLast, QuestionMissing
from locations.helpdesk.models import HelpRequest, HelpRequestEvent, Visit
from locations.helpdesk.operations import help_requests

NOTE, UNDO = "locations.note_visit", "locations.undo_visit"


def note(location, *, user=None, request_key=None, **facts):
    """Note one visit; sent twice it is one. Of a card only its hash is kept.

    `facts`: minutes, topics (a list), outcome, audience, card; and, for a question that stays open,
    question, name and phone: that makes a HelpRequest in the same transaction.
    """
    known = Visit.objects.filter(request_key=request_key) if request_key else None
    try:
        with transaction.atomic():
            if known is not None and (before := known.first()):
                return before
            return _noted(location, user=user, request_key=request_key, **facts)
    except IntegrityError:
        if known is not None and (before := known.first()):
            return before
        raise


def _noted(
    location,
    *,
    minutes,
    topics=(),
    outcome=Visit.Outcome.HELPED,
    audience=None,
    card="",
    question="",
    name="",
    phone="",
    user=None,
    request_key=None,
    now=None,
):
    now = now or timezone.now()
    is_open = outcome == Visit.Outcome.OPEN
    if is_open and not question.strip():
        raise QuestionMissing
    visit = Visit.objects.create(
        location=location,
        visited_at=now,
        minutes=minutes,
        outcome=outcome,
        audience=audience,
        person=person_hashes.hash_card(card),
        logged_by=user,
        request_key=request_key,
        created_at=now,
    )
    visit.topics.set(topics)
    if is_open:
        help_requests.ask(
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
    log(visit, NOTE, user=user)
    return visit


def last_of_today(user, now=None):
    """The visit that this person noted last, if that was today: the one to take back."""
    visit = Visit.objects.filter(logged_by=user).order_by("-created_at", "-pk").first()
    today = timezone.localdate(now)
    return visit if visit and timezone.localdate(visit.created_at) == today else None


@transaction.atomic
def undo(visit, *, user, now=None):
    """It was a mistake: the visit goes, with the question that it left if nobody touched that."""
    last = last_of_today(user, now)
    if last is None or last.pk != visit.pk:
        raise NotYourLast
    request = HelpRequest.objects.select_for_update().filter(visit=visit).first()
    if request is not None:
        touched = request.events.exclude(kind=HelpRequestEvent.Kind.ASKED).exists()
        if touched or request.state != HelpRequest.State.NEW:
            raise FollowedUpAlready(request)
        request.delete()
    log(visit, UNDO, user=user)
    visit.delete()
