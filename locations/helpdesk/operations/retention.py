"""Names go when nobody needs them any more: some months after a workshop or a question.

What stays can be counted: which workshop, from which postcode, what came of it. The hash by which
a person is counted once names nobody; it stays for the figures of some years, and goes then too.
"""

from datetime import datetime

from dateutil.relativedelta import relativedelta
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from home.messages.models import Message
from locations.core.models import Practice
from locations.core.time_zone import BRUSSELS
from locations.helpdesk.models import HelpRequest, Visit
from locations.helpdesk.operations import help_requests
from locations.workshops.models import Registration

BATCH = 200
HASH_YEARS = 4  # whole ones, before the year that runs: reports look back that far
EMPTY = dict.fromkeys(("name", "phone", "email", "remark", "ended_reason"), "")


def remove_names(now=None):
    """Go on until no name is left that should have gone; returns how many rows lost theirs.

    Each batch stands on its own: what is done stays done when it stops halfway.
    """
    now = now or timezone.now()
    before = _too_long_ago(now)
    removed = 0
    for batch in (_of_registrations, _of_help_requests):
        while found := batch(before, now):
            removed += found
    return removed


def remove_hashes(now=None):
    """Nobody is recognised any more from before these years; returns how many rows that was."""
    year = (now or timezone.now()).astimezone(BRUSSELS).year - HASH_YEARS
    before = datetime(year, 1, 1, tzinfo=BRUSSELS)
    removed = 0
    for late in (
        Registration.objects.filter(run__ends_at__lt=before, erased_at__isnull=False),
        Visit.objects.filter(visited_at__lt=before),
    ):
        known = late.exclude(person="").order_by()
        while keys := list(known.values_list("pk", flat=True)[:BATCH]):
            removed += known.model.objects.filter(pk__in=keys).update(person="")
    return removed


def _too_long_ago(now):
    """By the calendar here: what ended before this moment loses its names."""
    months = relativedelta(months=Practice.load().keep_names_months)
    return now.astimezone(BRUSSELS) - months


@transaction.atomic
def _of_registrations(before, now):
    late = Registration.objects.filter(run__ends_at__lt=before, erased_at=None).order_by("pk")
    found = list(late.select_for_update(of=("self",))[:BATCH])
    keys = [registration.pk for registration in found]
    Registration.objects.filter(pk__in=keys).update(erased_at=now, request_key=None, **EMPTY)
    _forget_messages("registration", keys)
    for registration in found:
        log(registration, "locations.erase_registration")
    return len(found)


@transaction.atomic
def _of_help_requests(before, now):
    keys = list(HelpRequest.objects.closed_before(before).values_list("pk", flat=True)[:BATCH])
    if not keys:
        return 0
    erased = help_requests.erase(HelpRequest.objects.filter(pk__in=keys), now=now)
    _forget_messages("help_request", keys)
    return erased


def _forget_messages(about, keys):
    """What was said to these people holds their names, numbers and addresses."""
    Message.objects.filter(about__in=[f"{about}:{key}" for key in keys]).delete()
