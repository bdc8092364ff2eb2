"""What is said to who asked something: by the person's own channel, or not at all."""

from contextlib import suppress

from django.urls import reverse
from django.utils.translation import gettext as _

from home.core.secret_links import absolute
from home.messages.models import Message
from home.messages.operations import follow_up
from home.messages.operations.queue import Recipient, queue_message
from locations.core.formatting import format_day, format_time
from locations.core.time_zone import BRUSSELS
from locations.helpdesk.models import HelpRequest

Outcome = HelpRequest.Outcome


def received(request):
    """By mail only: who gave a telephone number is called with the answer, and not twice."""
    if request.email:
        answer_by = format_day(request.due_on, request.created_at.astimezone(BRUSSELS).date())
        _tell(request, "help_request_received", request.pk, answer_by=answer_by)


def appointment(request, event):
    _tell(
        request,
        "help_request_appointment",
        event.pk,
        when=when(request),
        minutes=request.appointment_minutes,
        at_home=_("at your home") if request.kind == HelpRequest.Kind.HOME_VISIT else "",
        calendar_url=absolute(reverse("locations:help_appointment", args=[request.secret])),
    )


def appointment_is_gone(request, *, user=None):
    """What was not told yet about an appointment that is no more, is told no more."""
    waiting = Message.objects.filter(
        about=f"help_request:{request.pk}",
        kind="help_request_appointment",
        state=Message.State.WAITING,
    )
    for message in waiting:
        with suppress(follow_up.AlreadySettled):
            follow_up.settle(message, note=_("No longer needed."), user=user)


def closed(request, event):
    _tell(request, "help_request_closed", event.pk, outcome=outcome(request))


def when(request):
    """Tuesday 1 December at 10 o'clock."""
    at = request.appointment_at.astimezone(BRUSSELS)
    return _("%(day)s at %(time)s o'clock") % {
        "day": format_day(at.date()),
        "time": format_time(at),
    }


def outcome(request):
    """What came of it, said to the person who asked."""
    return {
        Outcome.HELPED: _("We helped you with your question."),
        Outcome.REFERRED: _("We registered you for a workshop."),
        Outcome.ELSEWHERE: _("We told you who can help you further."),
        Outcome.NOT_REACHED: _("We tried to reach you, and could not. Call us when it suits you."),
        Outcome.NOT_HELPED: _("We could not help you with this. We are sorry."),
    }[Outcome(request.outcome)]


def _tell(request, kind, key, **context):
    to = Recipient(request.name, request.email, request.phone, request.language)
    if not (to.email or to.phone):
        return
    place = request.location
    queue_message(
        kind,
        to=to,
        context={
            "number": request.number,
            "place": ", ".join(filter(None, (place.name, place.address))),
            "url": absolute(reverse("locations:help_request", args=[request.secret])),
            **context,
        },
        key=f"{kind}:{key}",
        about=f"help_request:{request.pk}",
        place=place.code,
    )
