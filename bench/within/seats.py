"""What a hundred people need before they can all want one seat: the run, and its form as opened.

python -m bench.within.seats    (with bench.settings and a filled database)
"""

import json
from datetime import timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from home.core.public_forms import timestamp
from locations.workshops.applicants import Applicant
from locations.workshops.models import WorkshopRun
from locations.workshops.operations.registrations import create_registration

SEATS = 8


def run_with_one_seat():
    """A new run of a workshop of the demo, with every seat but one taken."""
    like = WorkshopRun.objects.published().select_related("page", "location").first()
    start = timezone.now() + timedelta(days=30)
    run = WorkshopRun.objects.create(
        page=like.page,
        location=like.location,
        starts_at=start,
        ends_at=start + timedelta(hours=2),
        capacity=SEATS,
    )
    for number in range(1, SEATS):
        applicant = Applicant(f"Bench {number}", phone=f"0470 00 00 {number:02d}")
        create_registration(run, applicant)
    return run


if __name__ == "__main__":
    run = run_with_one_seat()
    facts = {
        "run": run.pk,
        "seats": SEATS,
        "address": reverse("locations:register", args=[run.pk]),
        "opened": timestamp(),
        "csrf_cookie": settings.CSRF_COOKIE_NAME,
    }
    print(json.dumps(facts))
