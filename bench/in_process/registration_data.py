"""Create the data for the measurement of registrations: a run with one free seat, and its form.

python -m bench.in_process.registration_data    (with bench.settings and a filled database)
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


def create_run_with_one_seat():
    """Create a run of a workshop of the demo, with all seats but one taken."""
    template = WorkshopRun.objects.published().select_related("page", "location").first()
    start = timezone.now() + timedelta(days=30)
    run = WorkshopRun.objects.create(
        page=template.page,
        location=template.location,
        starts_at=start,
        ends_at=start + timedelta(hours=2),
        capacity=SEATS,
    )
    for number in range(1, SEATS):
        applicant = Applicant(f"Bench {number}", phone=f"0470 00 00 {number:02d}")
        create_registration(run, applicant)
    return run


if __name__ == "__main__":
    run = create_run_with_one_seat()
    data = {
        "run": run.pk,
        "seats": SEATS,
        "address": reverse("locations:register", args=[run.pk]),
        "opened": timestamp(),
        "csrf_cookie": settings.CSRF_COOKIE_NAME,
    }
    print(json.dumps(data))
