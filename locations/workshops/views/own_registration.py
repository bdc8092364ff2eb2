"""Somebody's own place in a workshop, behind a secret link. Shows no name and no number."""

import re

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from home.core.phone import last_digits
from home.core.views import private_link
from home.pages.site_layout import address_of, site_roots
from locations.core.models import DigibankSettings
from locations.workshops.documents.certificate import is_there
from locations.workshops.errors import WorkshopError
from locations.workshops.feeds.registration_ical import own_place
from locations.workshops.listing.rows import moved_of, read, rows_of
from locations.workshops.models import Registration, WorkshopRun
from locations.workshops.operations import registrations
from locations.workshops.operations.notifications import lesson, moment

SECRET = re.compile(r"[A-Za-z0-9_-]{20,32}")
OTHER_DATES = 3
State = Registration.State


def registration_of(secret):
    if not SECRET.fullmatch(secret):
        return None
    found = Registration.objects.select_related("run__page", "run__location__page")
    return found.defer("run__page__body").filter(secret=secret, erased_at=None).first()


@require_http_methods(["GET", "HEAD", "POST"])
@private_link
def show(request, secret):
    """GET shows how things stand; POST answers an offer."""
    registration = registration_of(secret)
    if registration is None:
        return old_link(request)
    if request.method == "POST":
        yes = request.POST.get("answer") == "yes"
        answer = registrations.accept_offer if yes else registrations.decline_offer
        do(request, answer, registration)
        return redirect("locations:registration", secret)
    now = timezone.now()
    state = standing(registration, now)
    context = {
        "others": [] if state in Registration.SEATED else other_dates(registration.run, now),
        "turn": turn_of(registration) if state == State.WAITING else 0,
        "until": moment(registration.offered_until) if registration.offered_until else "",
        "offer_hours": DigibankSettings.load().offer_hours if state == State.WAITING else 0,
        "certificate": registration.run.starts_at <= now and is_there(registration),
        "ending": last_digits(registration.phone),
    }
    return page(
        request, "locations/workshops/registration/place.html", registration, state, now, context
    )


@require_http_methods(["GET", "HEAD", "POST"])
@private_link
def cancel(request, secret):
    """GET asks once more; POST gives the seat or the turn back."""
    registration = registration_of(secret)
    if registration is None:
        return old_link(request)
    if request.method == "POST":
        do(request, registrations.cancel, registration)
        return redirect("locations:registration", secret)
    now = timezone.now()
    if not registration.is_alive or registration.run.is_cancelled:
        return redirect("locations:registration", secret)
    state = standing(registration, now)
    return page(
        request, "locations/workshops/registration/cancel.html", registration, state, now, {}
    )


@require_safe
@private_link
def calendar(request, secret):
    """The lessons as a file for a calendar."""
    registration = registration_of(secret)
    if registration is None:
        return old_link(request)
    data = own_place(registration, timezone.now())
    response = HttpResponse(data, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="workshop.ics"'
    return response


def do(request, operation, registration):
    try:
        operation(registration)
    except WorkshopError as refused:
        messages.warning(request, str(refused))


def standing(registration, now):
    """How things stand for this person: a state, or what the run makes of it."""
    run, state = registration.run, registration.state
    if state == State.OFFERED and registration.offered_until <= now:
        state = State.EXPIRED
    if not registration.is_alive or state == State.EXPIRED:
        return str(state)
    if run.is_cancelled:
        return "off"
    if run.ends_at <= now:
        return "over"
    if run.starts_at <= now and state == State.WAITING:
        return "missed"
    return str(state)


def turn_of(registration):
    """How many stand before this person in the line, and one."""
    before = registration.run.registrations.in_line().filter(position__lt=registration.position)
    return before.count() + 1


def other_dates(run, now):
    """The next dates of the same workshop on which one can still register."""
    found = WorkshopRun.objects.published().filter(page=run.page_id, starts_at__gt=now)
    runs = found.exclude(pk=run.pk).with_a_free_seat(now).order_by("starts_at")
    return rows_of(read(runs[:OTHER_DATES]), now)


def page(request, template, registration, state, now, context):
    run = registration.run
    context |= {
        "registration": registration,
        "state": state,
        "run": run,
        "place": run.location,
        "workshop_url": address_of(run.page.url_path, site_roots()),
        "lessons": [lesson(one) for one in run.sessions.all()],
        "when": moment(run.starts_at),
        "moved": moved_of(run, now),
        "has_begun": run.starts_at <= now,
        "trail": [(run.page.title, address_of(run.page.url_path, site_roots()))],
        "crumb": _("Your registration"),
    }
    return render(request, template, context)


def old_link(request):
    title = _("This link does not work")
    context = {"title": title, "trail": [], "crumb": title}
    return render(request, "locations/workshops/registration/old_link.html", context, status=404)
