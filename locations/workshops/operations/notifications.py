"""Messages to people who registered: by mail, or as a call for the staff of the location."""

from contextlib import suppress

from django.urls import reverse
from django.utils.translation import gettext as _

from home.core.signed_links import site_url
from home.messages.models import Message
from home.messages.operations import staff_actions
from home.messages.operations.queue import Recipient, queue_message
from locations.workshops.formats import day_and_hours, moment_in_sentence
from locations.workshops.notices import CHANGES, OFFER, RegistrationEvent, Replaced, decide_notices


def queue_notices(registration, event, *, once="", until=None, was=None, reason=""):
    """Queue the messages about an event in the caller's transaction, and return them.

    Give `until` when an offer expired, `was` (the previous start) when something moved, `reason`
    when something was cancelled. The same `once` queues a message once; by default that is once
    for this run at this start. Changes replace earlier changes that were not delivered yet.
    """
    event, run = RegistrationEvent(event), registration.run
    until = until or registration.offered_until
    once = once or ":".join(f"{at:%Y%m%d%H%M}" for at in (run.starts_at, until) if at)
    was = was or run.moved_from
    context = _context(registration, until) | {"reason": reason or run.cancelled_reason}
    replaced = []
    if event in CHANGES:
        key = _key(registration, event, once)
        replaced = cancel_messages(registration, *CHANGES, *OFFER, except_key=key)
    notices = decide_notices(
        event,
        by_mail=bool(registration.email),
        by_phone=bool(registration.phone),
        when=context["when"],
        before=moment_in_sentence(was) if was else "",
        replaced=[_replaced(message) for message in replaced],
    )
    return [_queue(registration, notice, context, once) for notice in notices]


def _queue(registration, notice, context, once):
    once = f"{once}:again" if notice.is_repeated else once
    return queue_message(
        notice.event.message_type,
        to=Recipient(
            registration.name, registration.email, registration.phone, registration.language
        ),
        context=context | {"before": notice.before},
        key=_key(registration, notice.event, once),
        about=f"registration:{registration.pk}",
        location_code=registration.run.location.code,
    )


def once_per_moment(now):
    """Return a value for `once`: an event at another moment is another message."""
    return f"{now:%Y%m%d%H%M%S%f}"


def _key(registration, event, once):
    return f"{event.message_type}:{registration.pk}:{registration.run_id}:{once}"


def _context(registration, until):
    """Return what every message about a registration can use."""
    run = registration.run
    location = run.location
    sessions = run.sessions.all() if run.session_count > 1 else ()
    return {
        "workshop": run.page.title,
        "when": moment_in_sentence(run.starts_at),
        "place": ", ".join(filter(None, (location.name, location.address, run.room))),
        "lessons": [day_and_hours(session) for session in sessions],
        "bring": run.page.things_to_bring,
        "until": moment_in_sentence(until) if until else "",
        "waits": _("waiting list") if registration.position else "",
        "url": site_url(reverse("locations:registration", args=[registration.secret])),
    }


def _replaced(message):
    event = RegistrationEvent(message.kind.removeprefix("registration_"))
    return Replaced(event, message.context.get("before") or "")


def cancel_messages(registration, *events, except_key="", user=None):
    """Settle undelivered messages that are no longer true, and return them, oldest first.

    Messages that a mail server refused are settled too, so that they are not sent again.
    """
    settled = []
    for message in (
        Message.objects.filter(
            about=f"registration:{registration.pk}",
            kind__in=[event.message_type for event in events],
            state__in=(Message.State.WAITING, Message.State.FAILED),
        )
        .exclude(key=except_key)
        .order_by("created_at", "pk")
    ):
        with suppress(staff_actions.MessageAlreadyDone):
            staff_actions.mark_done(message, note=_("No longer needed."), user=user)
            settled.append(message)
    return settled
