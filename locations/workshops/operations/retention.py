"""Removal of the names in registrations some months after the workshop.

The run, the postcode and the outcome stay, so that they can be counted. The person hash, which
counts a person once but identifies nobody, stays for the reports of some years.
"""

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from locations.core import retention
from locations.workshops.models import Registration

EMPTY = dict.fromkeys(("name", "phone", "email", "remark", "ended_reason"), "")


def erase_expired_registrations(now=None):
    """Erase registrations whose run ended too long ago, a batch at a time; return how many."""
    now = now or timezone.now()
    cutoff = retention.name_cutoff(now)
    erased = 0
    while count := _erase_batch(cutoff, now):
        erased += count
    return erased


@transaction.atomic
def _erase_batch(cutoff, now):
    expired = Registration.objects.filter(run__ends_at__lt=cutoff, erased_at=None).order_by("pk")
    registrations = list(expired.select_for_update(of=("self",))[: retention.BATCH])
    keys = [registration.pk for registration in registrations]
    Registration.objects.filter(pk__in=keys).update(erased_at=now, request_key=None, **EMPTY)
    retention.delete_messages("registration", keys)
    for registration in registrations:
        log(registration, "locations.erase_registration")
    return len(registrations)


def clear_registration_hashes(now=None):
    """Clear the person hashes of erased registrations from before the years reports look at."""
    cutoff = retention.hash_cutoff(now or timezone.now())
    return retention.clear_person_hashes(
        Registration.objects.filter(run__ends_at__lt=cutoff, erased_at__isnull=False)
    )
