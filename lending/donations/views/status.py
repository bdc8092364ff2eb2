"""Status page of a donation behind its secret link; it shows no name and no address."""

import re

import segno
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from home.core.decorators import private_link
from home.core.phone import last_digits
from lending.donations.assessment import PICK_UP_FROM
from lending.donations.documents.attest import attest_pdf
from lending.donations.models import Donation
from lending.donations.progress import progress_of
from lending.donations.views.offer import TRAIL
from locations.opening_hours.engine.hours_text import format_opening, opening_status
from locations.opening_hours.loading import load_calendars

SECRET_PATTERN = re.compile(r"[A-Za-z0-9_-]{20,64}")
PER_PAGE = 50
MAX_OPENINGS = 4


def find_donation_by_secret(secret):
    """Return the donation with its attest and collection point, or None."""
    if not SECRET_PATTERN.fullmatch(secret):
        return None
    return (
        Donation.objects.select_related("donor", "collection_point__page", "attest")
        .filter(secret=secret)
        .first()
    )


@require_safe
@private_link
def donation_status(request, secret):
    """Render the progress of a donation."""
    donation = find_donation_by_secret(secret)
    if donation is None:
        return render_dead_link(request, _("This link does not work"), status=404)
    now = timezone.now()
    progress = progress_of(donation)
    lines = donation.lines.select_related("type").order_by("position")
    paginator = Paginator(lines, PER_PAGE)
    paginator.count = progress.total
    shown = paginator.get_page(request.GET.get("p"))
    return render(
        request,
        "lending/donations/follow.html",
        {
            "donation": donation,
            "progress": progress,
            "steps": progress.steps(),
            "lines": shown,
            "has_serials": any(line.serial for line in shown),
            "ending": last_digits(donation.donor.phone),
            "point": donation.collection_point,
            "hours": opening_hours(donation.collection_point, now),
            "qr": qr_code(donation.number),
            "pick_up": progress.total >= PICK_UP_FROM,
            "attest_open": progress.attest_is_open(now),
            "trail": TRAIL,
            "crumb": _("Follow your donation"),
        },
    )


@require_safe
@private_link
def download_attest(request, secret):
    """Return the attest as PDF; after 30 days, render whom to call for it."""
    donation = find_donation_by_secret(secret)
    attest = getattr(donation, "attest", None)
    if attest is None:
        return render_dead_link(request, _("There is no attest here"), status=404)
    if not progress_of(donation).attest_is_open(timezone.now()):
        return render_dead_link(
            request, _("This link is too old"), number=attest.number, status=410
        )
    response = HttpResponse(attest_pdf(attest), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="attest-{attest.number}.pdf"'
    return response


def render_dead_link(request, title, *, number="", status):
    """Render why the link does not work; `number` is that of the attest."""
    context = {"title": title, "number": number, "trail": TRAIL, "crumb": title}
    return render(request, "lending/donations/old_link.html", context, status=status)


def opening_hours(point, now):
    """Return whether a collection point is open now, and its next openings."""
    calendar = load_calendars([point])[point.pk]
    today = timezone.localdate(now)
    return {
        "status": opening_status(calendar, now),
        "next": [
            format_opening(opening, today) for opening in calendar.next_openings(now, MAX_OPENINGS)
        ],
    }


def qr_code(number):
    """Return a QR code (SVG) with the number, for the scanner at the desk."""
    code = segno.make(number, error="m", boost_error=False)
    return mark_safe(code.svg_inline(scale=6, border=3, light="#fff"))
