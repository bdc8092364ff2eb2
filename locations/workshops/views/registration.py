"""A person's own registration, behind a secret link; it shows no name and no number."""

import re

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from home.core.decorators import private_link
from home.core.phone import last_digits
from home.pages.site_layout import get_site_roots, page_url
from locations.core.models import DigibankSettings
from locations.workshops.documents.certificate import has_certificate
from locations.workshops.errors import WorkshopError
from locations.workshops.feeds.registration_ical import registration_calendar
from locations.workshops.formats import day_and_hours, moment_in_sentence
from locations.workshops.listing.rows import moved_label, run_rows, run_summaries
from locations.workshops.models import Registration, WorkshopRun
from locations.workshops.operations import waiting_list
from locations.workshops.operations.registrations import cancel_registration

SECRET = re.compile(r"[A-Za-z0-9_-]{20,32}")
MAX_OTHER_DATES = 3
State = Registration.State


def registration_with_secret(secret):
    """Return the registration behind a secret link, or None."""
    if not SECRET.fullmatch(secret):
        return None
    rows = Registration.objects.select_related("run__page", "run__location__page")
    return rows.defer("run__page__body").filter(secret=secret, erased_at=None).first()


@require_http_methods(["GET", "HEAD", "POST"])
@private_link
def show(request, secret):
    """Show the registration; POST answers an offer."""
    registration = registration_with_secret(secret)
    if registration is None:
        return link_not_found(request)
    if request.method == "POST":
        is_accepted = request.POST.get("answer") == "yes"
        answer = waiting_list.accept_offer if is_accepted else waiting_list.decline_offer
        _perform(request, answer, registration)
        return redirect("locations:registration", secret)
    now = timezone.now()
    state = display_state(registration, now)
    run, is_waiting = registration.run, state == State.WAITING
    context = {
        "others": [] if state in Registration.SEATED else _other_dates(run, now),
        "turn": waiting_list.place_in_line(registration) if is_waiting else 0,
        "until": moment_in_sentence(registration.offered_until)
        if registration.offered_until
        else "",
        "offer_hours": DigibankSettings.load().offer_hours if is_waiting else 0,
        "certificate": run.starts_at <= now and has_certificate(registration),
        "ending": last_digits(registration.phone),
    }
    template = "locations/workshops/registration/registration.html"
    return _render(request, template, registration, state, now, context)


@require_http_methods(["GET", "HEAD", "POST"])
@private_link
def cancel(request, secret):
    """Ask for confirmation; POST cancels the registration."""
    registration = registration_with_secret(secret)
    if registration is None:
        return link_not_found(request)
    if request.method == "POST":
        _perform(request, cancel_registration, registration)
        return redirect("locations:registration", secret)
    now = timezone.now()
    if not registration.is_active or registration.run.is_cancelled:
        return redirect("locations:registration", secret)
    state = display_state(registration, now)
    template = "locations/workshops/registration/cancel.html"
    return _render(request, template, registration, state, now, {})


@require_safe
@private_link
def calendar(request, secret):
    """Return the sessions as an iCalendar file."""
    registration = registration_with_secret(secret)
    if registration is None:
        return link_not_found(request)
    content = registration_calendar(registration, timezone.now())
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="workshop.ics"'
    return response


def _perform(request, operation, registration):
    """Run an operation, and show its error as a message."""
    try:
        operation(registration)
    except WorkshopError as error:
        messages.warning(request, str(error))


def display_state(registration, now):
    """Return the state to show: that of the registration, or "off", "over" or "missed"."""
    run, state = registration.run, registration.state
    if state == State.OFFERED and registration.offered_until <= now:
        state = State.EXPIRED
    if not registration.is_active or state == State.EXPIRED:
        return str(state)
    if run.is_cancelled:
        return "off"
    if run.ends_at <= now:
        return "over"
    if run.starts_at <= now and state == State.WAITING:
        return "missed"
    return str(state)


def _other_dates(run, now):
    """Return rows of the next runs of the same workshop that have a free seat."""
    runs = WorkshopRun.objects.published().filter(page=run.page_id, starts_at__gt=now)
    runs = runs.exclude(pk=run.pk).with_free_seats(now).order_by("starts_at")
    return run_rows(run_summaries(runs[:MAX_OTHER_DATES]), now)


def _render(request, template, registration, state, now, context):
    run = registration.run
    workshop_url = page_url(run.page.url_path, get_site_roots())
    context |= {
        "registration": registration,
        "state": state,
        "run": run,
        "place": run.location,
        "workshop_url": workshop_url,
        "lessons": [day_and_hours(session) for session in run.sessions.all()],
        "when": moment_in_sentence(run.starts_at),
        "moved": moved_label(run, now),
        "has_begun": run.starts_at <= now,
        "trail": [(run.page.title, workshop_url)],
        "crumb": _("Your registration"),
    }
    return render(request, template, context)


def link_not_found(request):
    """Explain, with status 404, that a secret link does not work."""
    title = _("This link does not work")
    context = {"title": title, "trail": [], "crumb": title}
    return render(request, "locations/workshops/registration/old_link.html", context, status=404)
