"""What is said to who registered: by mail, or by a call of somebody of the place."""

from contextlib import suppress

from django.urls import reverse
from django.utils.translation import gettext as _

from home.core.signed_links import absolute_url
from home.messages.models import Message
from home.messages.operations import follow_up
from home.messages.operations.queue import Recipient, queue_message
from locations.core.formatting import format_day, format_time, format_time_range
from locations.core.time_zone import BRUSSELS

# Who gave only a telephone number knows this from the page, or from who called.
BY_MAIL_ONLY = {"confirmed", "waiting", "cancelled"}
# What becomes of somebody's place; the last of these is the only one that is still true.
NEWS = ("moved", "run_moved", "run_cancelled", "run_reinstated")
OFFER = ("offered", "reminder")
OF_A_PLACE = (*OFFER, "moved", "run_moved", "run_reinstated")  # no news to who gave it up


def tell(registration, kind, *, once="", until=None, **context):
    """Say one thing to the person, in the caller's transaction, by the channel the person has.

    `kind`: confirmed, waiting, offered, offer_expired (until=, a moment), cancelled (reason=),
    moved (from_run=), run_cancelled, run_moved (was=, a moment), run_reinstated or reminder. The
    same is said once for `once`, else for this run with this start. News takes the place of
    earlier news that nobody heard yet. Of somebody whose name was removed nothing is left to
    tell, nor that a run goes ahead to who never heard that it would not; then None.
    """
    if not (registration.email or registration.phone):
        return None
    if kind in BY_MAIL_ONLY and not registration.email:
        return None
    run = registration.run
    until = until or registration.offered_until
    once = once or ":".join(f"{at:%Y%m%d%H%M}" for at in (run.starts_at, until) if at)
    key = _key(registration, kind, once)
    facts = _facts(registration, run, until) | _more(run, **context)
    if kind in NEWS:
        unheard = no_longer_told(registration, *NEWS, *OFFER, but=key)
        facts["before"] = _last_heard(unheard) or facts["before"]
        kinds = {message.kind.removeprefix("registration_") for message in unheard}
        if kind == "run_reinstated" and "run_cancelled" in kinds:
            if not facts["before"]:
                return None
            kind, key = "run_moved", _key(registration, "run_moved", once)
        if kind == "run_moved" and "offered" in kinds:
            tell(registration, "offered", once=f"{once}:again")
    if facts["before"] == facts["when"]:
        facts["before"] = ""
    return queue_message(
        f"registration_{kind}",
        to=Recipient(
            registration.name, registration.email, registration.phone, registration.language
        ),
        context=facts,
        key=key,
        about=f"registration:{registration.pk}",
        place=run.location.code,
    )


def this_time(now):
    """For `once`: what happens at this moment is said, also when it happened before."""
    return f"{now:%Y%m%d%H%M%S%f}"


def _key(registration, kind, once):
    return f"registration_{kind}:{registration.pk}:{registration.run_id}:{once}"


def _facts(registration, run, until):
    """What every message about a registration may say."""
    lessons = [lesson(one) for one in run.sessions.all()] if run.lessons > 1 else []
    return {
        "workshop": run.page.title,
        "when": moment(run.starts_at),
        "place": ", ".join(filter(None, (run.location.name, run.location.address, run.room))),
        "lessons": lessons,
        "bring": run.page.things_to_bring,
        "until": moment(until) if until else "",
        "waits": _("waiting list") if registration.position else "",
        "url": absolute_url(reverse("locations:registration", args=[registration.secret])),
    }


def _more(run, *, from_run=None, was=None, reason=""):
    was = from_run.starts_at if from_run else was or run.moved_from
    return {
        "before": moment(was) if was else "",
        "reason": reason or run.cancelled_reason,
    }


def moment(at):
    """Tuesday 1 December at 10 o'clock."""
    local = at.astimezone(BRUSSELS)
    return _("%(day)s at %(time)s o'clock") % {
        "day": format_day(local.date()),
        "time": format_time(local),
    }


def lesson(session):
    """Tuesday 1 December, 10 to 12 o'clock."""
    start, end = session.starts_at.astimezone(BRUSSELS), session.ends_at.astimezone(BRUSSELS)
    return _("%(day)s, %(hours)s") % {
        "day": format_day(start.date()),
        "hours": format_time_range(start, end),
    }


def no_longer_told(registration, *kinds, but="", user=None):
    """Settle what nobody heard yet and is true no more; returns these messages, oldest first.

    Not the message with the key `but`. What a mail server refused is not sent again either.
    """
    settled = []
    for message in (
        Message.objects.filter(
            about=f"registration:{registration.pk}",
            kind__in=[f"registration_{kind}" for kind in kinds],
            state__in=(Message.State.WAITING, Message.State.FAILED),
        )
        .exclude(key=but)
        .order_by("created_at", "pk")
    ):
        with suppress(follow_up.AlreadySettled):
            follow_up.settle(message, note=_("No longer needed."), user=user)
            settled.append(message)
    return settled


def _last_heard(unheard):
    """The moment, in words, that the person still has in mind."""
    return next((found for message in unheard if (found := message.context.get("before"))), "")
