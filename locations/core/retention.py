"""Retention terms of personal data, and the steps that every subject repeats to apply them."""

from datetime import datetime

from dateutil.relativedelta import relativedelta
from django.utils import timezone

from home.messages.models import Message
from locations.core.models import DigibankSettings

BATCH = 200
HASH_YEARS = 4
"""Whole calendar years, before the current one, for which person hashes are kept for reports."""


def name_cutoff(now):
    """Return the moment before which something must have ended for its names to be removed."""
    months = relativedelta(months=DigibankSettings.load().keep_names_months)
    return timezone.localtime(now, timezone.get_default_timezone()) - months


def hash_cutoff(now):
    """Return the start of the first calendar year of which person hashes are kept."""
    local = timezone.get_default_timezone()
    return datetime(timezone.localtime(now, local).year - HASH_YEARS, 1, 1, tzinfo=local)


def clear_person_hashes(rows):
    """Empty the person hash of these rows, a batch at a time, and return how many had one."""
    cleared = 0
    hashed = rows.exclude(person="").order_by()
    while keys := list(hashed.values_list("pk", flat=True)[:BATCH]):
        cleared += rows.model.objects.filter(pk__in=keys).update(person="")
    return cleared


def delete_messages(about, keys):
    """Delete the messages about these rows: they hold names, numbers and addresses."""
    Message.objects.filter(about__in=[f"{about}:{key}" for key in keys]).delete()
