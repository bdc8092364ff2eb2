"""Messages to people who asked for help, by the channel that they chose."""

from contextlib import suppress

from django.urls import reverse
from django.utils.translation import gettext as _

from home.core.signed_links import site_url
from home.messages.models import Message
from home.messages.operations import staff_actions
from home.messages.operations.queue import Recipient, queue_message
from locations.core.formatting import format_day
from locations.core.time_zone import BRUSSELS
from locations.helpdesk.descriptions import describe_appointment, describe_outcome
from locations.helpdesk.models import HelpRequest


def notify_received(help_request):
    """Confirm a help request by e-mail; people without e-mail are called with the answer."""
    if help_request.email:
        received_on = help_request.created_at.astimezone(BRUSSELS).date()
        answer_by = format_day(help_request.due_on, received_on)
        _notify(help_request, "help_request_received", help_request.pk, answer_by=answer_by)


def notify_appointment(help_request, event):
    """Send the time of an appointment; `event` makes the message unique."""
    is_at_home = help_request.kind == HelpRequest.Kind.HOME_VISIT
    _notify(
        help_request,
        "help_request_appointment",
        event.pk,
        when=describe_appointment(help_request),
        minutes=help_request.appointment_minutes,
        at_home=_("at your home") if is_at_home else "",
        calendar_url=site_url(reverse("locations:help_appointment", args=[help_request.secret])),
    )


def cancel_appointment_messages(help_request, *, user=None):
    """Settle the messages about an earlier appointment that are still waiting."""
    waiting = Message.objects.filter(
        about=f"help_request:{help_request.pk}",
        kind="help_request_appointment",
        state=Message.State.WAITING,
    )
    for message in waiting:
        with suppress(staff_actions.MessageAlreadyDone):
            staff_actions.mark_done(message, note=_("No longer needed."), user=user)


def notify_closed(help_request, event):
    """Send the outcome; `event` makes the message unique."""
    outcome = describe_outcome(help_request)
    _notify(help_request, "help_request_closed", event.pk, outcome=outcome)


def _notify(help_request, kind, key, **context):
    """Queue a message of a type, once per `key`; do nothing without a phone or e-mail."""
    recipient = Recipient(
        help_request.name, help_request.email, help_request.phone, help_request.language
    )
    if not (recipient.email or recipient.phone):
        return
    location = help_request.location
    queue_message(
        kind,
        to=recipient,
        context={
            "number": help_request.number,
            "place": ", ".join(filter(None, (location.name, location.address))),
            "url": site_url(reverse("locations:help_request", args=[help_request.secret])),
            **context,
        },
        key=f"{kind}:{key}",
        about=f"help_request:{help_request.pk}",
        location_code=location.code,
    )
