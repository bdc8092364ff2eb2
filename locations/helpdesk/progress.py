"""Progress of a help request, as the secret page shows it."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from locations.core.formatting import format_day
from locations.core.time_zone import BRUSSELS
from locations.helpdesk.descriptions import describe_appointment, describe_outcome
from locations.helpdesk.models import HelpRequest

State = HelpRequest.State


@dataclass(frozen=True)
class ProgressStep:
    """A step of the progress; `look` is a CSS class and `sign` the name of a sign."""

    title: str
    look: str
    sign: str
    at: datetime | None = None
    text: str = ""


@dataclass(frozen=True)
class HelpRequestProgress:
    """A headline, a sentence below it, and the steps that are done and those to come."""

    headline: str
    lead: str
    steps: tuple[ProgressStep, ...]

    @classmethod
    def of(cls, help_request):
        """Return the progress of a help request."""
        headline, lead = _headline_and_lead(help_request)
        received = ProgressStep(
            _("We have your question"), "is-done", "now", help_request.created_at
        )
        return cls(headline, lead, (received, *_later_steps(help_request)))


def _later_steps(help_request):
    state = help_request.state
    if state == State.DONE:
        text = describe_outcome(help_request)
        return [ProgressStep(_("Finished"), "is-done", "now", help_request.closed_at, text)]
    if state == State.WITHDRAWN:
        title = _("You do not need it any more")
        return [ProgressStep(title, "is-stop", "stop", help_request.closed_at)]
    reading = _step(_("A digihelper reads it"), done=state != State.NEW, now=state == State.NEW)
    if state == State.APPOINTMENT:
        text = describe_appointment(help_request)
        return [reading, ProgressStep(_("Your appointment"), "is-now", "later", text=text)]
    return [reading, _step(_("We call or mail you"), done=False, now=state == State.IN_PROGRESS)]


def _step(title, *, done, now):
    if done:
        return ProgressStep(title, "is-done", "now")
    if now:
        return ProgressStep(title, "is-now", "later")
    return ProgressStep(title, "is-next", "not")


def _headline_and_lead(help_request):
    received_on = timezone.localtime(help_request.created_at, BRUSSELS).date()
    day = format_day(help_request.due_on, received_on)
    if help_request.state == State.APPOINTMENT:
        return _("You have an appointment"), ""
    if help_request.state == State.DONE:
        return _("Your question is followed up"), describe_outcome(help_request)
    if help_request.state == State.WITHDRAWN:
        return _("Your question is withdrawn"), _("We do nothing more with it.")
    if help_request.kind == HelpRequest.Kind.HOME_VISIT:
        lead = _("We call or mail you first, to choose a day. By %(day)s at the latest.")
        return _("We come to you"), lead % {"day": day}
    return _("We have your question"), _("You get an answer by %(day)s.") % {"day": day}
