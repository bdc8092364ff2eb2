"""What is said to who registered: by mail, or by a call of somebody of the place."""

from contextlib import suppress

from django.urls import reverse
from django.utils.translation import gettext as _

from home.confirm import absolute
from home.models import Message
from home.operations import follow_up
from home.operations.messages import Recipient, say
from locations.opening_hours import BRUSSELS, words

# Who gave only a telephone number knows this from the page, or from who called.
BY_MAIL_ONLY = {"confirmed", "waiting", "cancelled"}
# What was not said yet about another day, or about a workshop that is off, is said no more.
OVERTAKES = {"moved", "run_moved", "run_cancelled"}  # of a moved run it is offered anew


def tell(registration, kind, *, once="", until=None, **context):
    """Say one thing to the person, in the caller's transaction, by the channel the person has.

    `kind`: confirmed, waiting, offered, offer_expired (until=, a moment), cancelled (reason=),
    moved (from_run=), run_cancelled, run_moved (was=, a moment), run_reinstated or reminder. The
    same is said once for `once`, else for this run with this start. Of somebody whose name was
    removed nothing is left to tell; then None.
    """
    if not (registration.email or registration.phone):
        return None
    if kind in BY_MAIL_ONLY and not registration.email:
        return None
    if kind in OVERTAKES:
        overtaken = no_longer_offered(registration)
        if kind == "run_moved" and "registration_offered" in overtaken:
            tell(registration, "offered")
    run = registration.run
    name = f"registration_{kind}"
    until = until or registration.offered_until
    once = once or ":".join(f"{at:%Y%m%d%H%M}" for at in (run.starts_at, until) if at)
    return say(
        name,
        to=Recipient(
            registration.name, registration.email, registration.phone, registration.language
        ),
        context=_facts(registration, run, until) | _more(run, **context),
        key=f"{name}:{registration.pk}:{run.pk}:{once}",
        about=f"registration:{registration.pk}",
        place=run.location.code,
    )


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
        "url": absolute(reverse("locations:my_place", args=[registration.secret])),
    }


def _more(run, *, from_run=None, was=None, reason=""):
    was = from_run.starts_at if from_run else was or run.moved_from
    return {
        "before": moment(was) if was and was != run.starts_at else "",
        "reason": reason or run.cancelled_reason,
    }


def moment(at):
    """Tuesday 1 December at 10 o'clock."""
    local = at.astimezone(BRUSSELS)
    return _("%(day)s at %(time)s o'clock") % {
        "day": words.day(local.date()),
        "time": words.clock(local),
    }


def lesson(session):
    """Tuesday 1 December, 10 to 12 o'clock."""
    start, end = session.starts_at.astimezone(BRUSSELS), session.ends_at.astimezone(BRUSSELS)
    return _("%(day)s, %(hours)s") % {
        "day": words.day(start.date()),
        "hours": words.span(start, end),
    }


def no_longer_offered(registration, *, user=None):
    """An offer that was answered or is over needs no call any more; the kinds of what was left."""
    waiting = Message.objects.filter(
        about=f"registration:{registration.pk}",
        kind__in=("registration_offered", "registration_reminder"),
        state=Message.State.WAITING,
    )
    left = {message.kind for message in waiting}
    for message in waiting:
        with suppress(follow_up.AlreadySettled):
            follow_up.settle(message, note=_("No longer needed."), user=user)
    return left
