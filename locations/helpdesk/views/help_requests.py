"""Public pages to ask for help and to follow a help request by a secret link.

The secret page shows no name and no address.
"""

import re
from contextlib import suppress

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from home.core import throttle
from home.core.decorators import private_link
from home.core.phone import last_digits
from locations.core.formatting import format_day
from locations.core.models import DigibankSettings
from locations.helpdesk.appointment_ical import appointment_ical
from locations.helpdesk.descriptions import describe_appointment
from locations.helpdesk.errors import HelpdeskError
from locations.helpdesk.models import HelpRequest
from locations.helpdesk.operations.help_requests import create_help_request
from locations.helpdesk.operations.transitions import withdraw_help_request
from locations.helpdesk.progress import HelpRequestProgress
from locations.helpdesk.views.help_request_form import HelpRequestForm
from locations.opening_hours.engine.hours_text import format_opening
from locations.opening_hours.loading import load_calendars

MAX_PER_HOUR = 30
"""Help requests from one address; a digihelper may send many."""
SECRET = re.compile(r"[A-Za-z0-9_-]{20,32}")
SENSITIVE_FIELDS = ("name", "phone", "email", "address", "question")
State = HelpRequest.State


@sensitive_post_parameters(*SENSITIVE_FIELDS)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def submit_help_request(request):
    """Show the form, or create a help request and redirect to its secret page."""
    if request.method != "POST":
        form = HelpRequestForm(location_code=request.GET.get("plaats", "")[:8])
        return _render_form(request, form)
    form = HelpRequestForm(request.POST)
    if not form.is_valid():
        return _render_form(request, form)
    if not throttle.allow(request, "help", limit=MAX_PER_HOUR, seconds=3600):
        form.add_error(
            None, _("Many questions came from here. Wait an hour and try again, or call us.")
        )
        return _render_form(request, form, status=429)
    language = (get_language() or "")[:8]
    help_request = create_help_request(language=language, **form.help_request_fields())
    return redirect("locations:help_request", help_request.secret)


def _render_form(request, form, status=200):
    context = {
        "form": form,
        "digibank_settings": DigibankSettings.load(),
        "trail": [],
        "crumb": _("Ask your question"),
    }
    return render(request, "locations/helpdesk/help_request_form.html", context, status=status)


def _find_help_request(secret):
    if not SECRET.fullmatch(secret):
        return None
    rows = HelpRequest.objects.select_related("location__page", "referred_to__run__page")
    return rows.filter(secret=secret).first()


@require_http_methods(["GET", "HEAD", "POST"])
@private_link
def follow_help_request(request, secret):
    """Show the progress of a help request; POST withdraws it."""
    help_request = _find_help_request(secret)
    if help_request is None:
        return _render_old_link(request)
    if request.method == "POST":
        with suppress(HelpdeskError):  # closed in the meantime, which the page shows
            withdraw_help_request(help_request)
        return redirect("locations:help_request", secret)
    now = timezone.now()
    location = help_request.location
    calendar = load_calendars([location])[location.pk]
    is_appointment = help_request.state == State.APPOINTMENT
    return render(
        request,
        "locations/helpdesk/follow_help_request.html",
        {
            "help_request": help_request,
            "progress": HelpRequestProgress.of(help_request),
            "answer_by": format_day(help_request.due_on, timezone.localdate(now)),
            "when": describe_appointment(help_request) if is_appointment else "",
            "ending": last_digits(help_request.phone),
            "location": location,
            "next_openings": [
                format_opening(opening, timezone.localdate(now))
                for opening in calendar.next_openings(now, 3)
            ],
            "trail": [],
            "crumb": _("Follow your question"),
        },
    )


@require_safe
@private_link
def help_appointment(request, secret):
    """Return the appointment as an iCalendar file."""
    help_request = _find_help_request(secret)
    if help_request is None or help_request.state != State.APPOINTMENT:
        return _render_old_link(request)
    content_type = "text/calendar; charset=utf-8"
    response = HttpResponse(appointment_ical(help_request), content_type=content_type)
    filename = f"afspraak-{help_request.number}.ics"
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response


def _render_old_link(request):
    title = _("This link does not work")
    context = {"title": title, "trail": [], "crumb": title}
    return render(request, "locations/helpdesk/old_link.html", context, status=404)
