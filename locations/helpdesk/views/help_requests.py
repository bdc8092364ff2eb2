"""Ask for help, and follow the question behind a secret link. Shows no name and no address."""

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from home.core import throttle
from home.core.views import private_link
from locations.core.formatting import format_day
from locations.core.models import Practice
from locations.core.time_zone import BRUSSELS
from locations.helpdesk.appointment_ical import appointment as calendar_of
from locations.helpdesk.errors import HelpError
from locations.helpdesk.models import HelpRequest
from locations.helpdesk.operations import help_requests, notifications
from locations.helpdesk.views.help_form import HelpForm
from locations.opening_hours.engine.hours_text import format_opening
from locations.opening_hours.loading import load_calendars

PER_HOUR = 30  # a digihelper may do it for many from one address
SECRET = re.compile(r"[A-Za-z0-9_-]{20,32}")
PRIVATE = ("name", "phone", "email", "address", "question")
State = HelpRequest.State


@sensitive_post_parameters(*PRIVATE)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request):
    if request.method != "POST":
        return show(request, HelpForm(place=request.GET.get("plaats", "")[:8]))
    form = HelpForm(request.POST)
    if not form.is_valid():
        return show(request, form)
    if not throttle.allow(request, "help", limit=PER_HOUR, seconds=3600):
        form.add_error(
            None, _("Many questions came from here. Wait an hour and try again, or call us.")
        )
        return show(request, form, status=429)
    asked = help_requests.ask(language=(get_language() or "")[:8], **form.facts())
    return redirect("locations:help_request", asked.secret)


def show(request, form, status=200):
    context = {
        "form": form,
        "practice": Practice.load(),
        "trail": [],
        "crumb": _("Ask your question"),
    }
    return render(request, "locations/helpdesk/ask.html", context, status=status)


def request_of(secret):
    if not SECRET.fullmatch(secret):
        return None
    found = HelpRequest.objects.select_related("location__page", "referred_to__run__page")
    return found.filter(secret=secret).first()


@require_http_methods(["GET", "HEAD", "POST"])
@private_link
def follow(request, secret):
    """GET shows how it goes; POST says that it is not needed any more."""
    asked = request_of(secret)
    if asked is None:
        return old_link(request)
    if request.method == "POST":
        with suppress(HelpError):  # closed in the meantime: the page says so
            help_requests.withdraw(asked)
        return redirect("locations:help_request", secret)
    now = timezone.now()
    place = asked.location
    calendar = load_calendars([place])[place.pk]
    return render(
        request,
        "locations/helpdesk/follow.html",
        {
            "asked": asked,
            "progress": Progress.of(asked),
            "answer_by": format_day(asked.due_on, timezone.localdate(now)),
            "when": notifications.when(asked) if asked.state == State.APPOINTMENT else "",
            "ending": "".join(filter(str.isdigit, asked.phone))[-2:],
            "place": place,
            "next": [
                format_opening(one, timezone.localdate(now))
                for one in calendar.next_openings(now, 3)
            ],
            "trail": [],
            "crumb": _("Follow your question"),
        },
    )


@require_safe
@private_link
def appointment(request, secret):
    """The appointment as a file for a calendar."""
    asked = request_of(secret)
    if asked is None or asked.state != State.APPOINTMENT:
        return old_link(request)
    response = HttpResponse(calendar_of(asked), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="afspraak-{asked.number}.ics"'
    return response


def old_link(request):
    title = _("This link does not work")
    context = {"title": title, "trail": [], "crumb": title}
    return render(request, "locations/helpdesk/old_link.html", context, status=404)


@dataclass(frozen=True)
class Step:
    title: str
    look: str
    sign: str
    at: datetime | None = None
    text: str = ""


@dataclass(frozen=True)
class Progress:
    """How far a question is: a headline, and what has happened and comes yet."""

    headline: str
    lead: str
    steps: tuple[Step, ...]

    @classmethod
    def of(cls, asked):
        steps = [Step(_("We have your question"), "is-done", "now", asked.created_at)]
        if asked.is_open:
            state = asked.state
            busy = state != State.NEW
            steps.append(_step(_("A digihelper reads it"), done=busy, now=state == State.NEW))
            if state == State.APPOINTMENT:
                text = notifications.when(asked)
                steps.append(Step(_("Your appointment"), "is-now", "later", text=text))
            else:
                title = _("We call or mail you")
                steps.append(_step(title, done=False, now=state == State.IN_PROGRESS))
        elif asked.state == State.DONE:
            text = notifications.outcome(asked)
            steps.append(Step(_("Finished"), "is-done", "now", asked.closed_at, text))
        else:
            steps.append(Step(_("You do not need it any more"), "is-stop", "stop", asked.closed_at))
        return cls(*_words(asked), tuple(steps))


def _step(title, *, done, now):
    if done:
        return Step(title, "is-done", "now")
    return Step(title, "is-now", "later") if now else Step(title, "is-next", "not")


def _words(asked):
    """The headline, and the sentence below it."""
    day = format_day(asked.due_on, timezone.localtime(asked.created_at, BRUSSELS).date())
    if asked.state == State.APPOINTMENT:
        return _("You have an appointment"), ""
    if asked.state == State.DONE:
        return _("Your question is followed up"), notifications.outcome(asked)
    if asked.state == State.WITHDRAWN:
        return _("Your question is withdrawn"), _("We do nothing more with it.")
    if asked.kind == HelpRequest.Kind.HOME_VISIT:
        lead = _("We call or mail you first, to choose a day. By %(day)s at the latest.")
        return _("We come to you"), lead % {"day": day}
    return _("We have your question"), _("You get an answer by %(day)s.") % {"day": day}
