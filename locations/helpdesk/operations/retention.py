"""Removal of the names in closed help requests, and of the person hashes of old visits."""

from django.db import transaction
from django.utils import timezone

from locations.core import retention
from locations.helpdesk.models import HelpRequest, Visit
from locations.helpdesk.operations.help_requests import erase_help_requests


def erase_expired_help_requests(now=None):
    """Erase help requests that were closed too long ago, a batch at a time; return how many."""
    now = now or timezone.now()
    cutoff = retention.name_cutoff(now)
    erased = 0
    while count := _erase_batch(cutoff, now):
        erased += count
    return erased


@transaction.atomic
def _erase_batch(cutoff, now):
    expired = HelpRequest.objects.closed_before(cutoff)
    keys = list(expired.values_list("pk", flat=True)[: retention.BATCH])
    if not keys:
        return 0
    erased = erase_help_requests(HelpRequest.objects.filter(pk__in=keys), now=now)
    retention.delete_messages("help_request", keys)
    return erased


def clear_visit_hashes(now=None):
    """Clear the person hashes of visits from before the years that reports look back on."""
    cutoff = retention.hash_cutoff(now or timezone.now())
    return retention.clear_person_hashes(Visit.objects.filter(visited_at__lt=cutoff))
