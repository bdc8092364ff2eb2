"""What somebody sent with a form: kept once, told to who watches over it, removed in time."""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from home.core.signed_links import absolute_url
from home.forms.models import FormPage, Submission
from home.messages.operations.queue import Recipient, queue_message


@transaction.atomic
def receive(page, answers, *, key):
    """Keep these answers; the same form that arrives twice is one."""
    submission, is_new = Submission.objects.get_or_create(
        request_key=key, defaults={"page": page, "form_data": answers}
    )
    if is_new and page.warn:
        queue_message(
            "form_received",
            to=Recipient(email=page.warn),
            context={
                "form": page.title,
                "url": absolute_url(reverse("form_results:results", args=[page.pk])),
            },
            key=f"form_received:{submission.pk}",
            about=f"form:{page.pk}",
        )
    return submission


def forget_old(now=None):
    """Remove what was kept for as long as its page says; returns how many."""
    now = now or timezone.now()
    return sum(
        Submission.objects.too_old(page, now).delete()[0]
        for page in FormPage.objects.only("keep_months").order_by("pk")
    )
