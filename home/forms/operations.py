"""Operations on submissions: receive them once, and delete them in time."""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from home.core.signed_links import site_url
from home.forms.models import FormPage, Submission
from home.messages.operations.queue import Recipient, queue_message


@transaction.atomic
def receive_submission(page, answers, *, key):
    """Store these answers and notify the person responsible; return the submission.

    A form that arrives twice with the same `key` is stored once.
    """
    submission, is_new = Submission.objects.get_or_create(
        request_key=key, defaults={"page": page, "form_data": answers}
    )
    if is_new and page.warn:
        queue_message(
            "form_received",
            to=Recipient(email=page.warn),
            context={
                "form": page.title,
                "url": site_url(reverse("form_results:results", args=[page.pk])),
            },
            key=f"form_received:{submission.pk}",
            about=f"form:{page.pk}",
        )
    return submission


def delete_expired(now=None):
    """Delete the submissions that are older than their page allows; return their number."""
    now = now or timezone.now()
    return sum(
        Submission.objects.expired(page, now).delete()[0]
        for page in FormPage.objects.only("keep_months").order_by("pk")
    )
