"""Sentences about a help request, for its page, its messages and its calendar file."""

from django.utils.translation import gettext as _

from locations.core.formatting import format_day, format_time
from locations.core.time_zone import BRUSSELS
from locations.helpdesk.models import HelpRequest

Outcome = HelpRequest.Outcome


def describe_appointment(help_request):
    """Return "Tuesday 1 December at 10 o'clock"."""
    at = help_request.appointment_at.astimezone(BRUSSELS)
    return _("%(day)s at %(time)s o'clock") % {
        "day": format_day(at.date()),
        "time": format_time(at),
    }


def describe_outcome(help_request):
    """Return the outcome as a sentence for the person who asked for help."""
    return {
        Outcome.HELPED: _("We helped you with your question."),
        Outcome.REFERRED: _("We registered you for a workshop."),
        Outcome.ELSEWHERE: _("We told you who can help you further."),
        Outcome.NOT_REACHED: _("We tried to reach you, and could not. Call us when it suits you."),
        Outcome.NOT_HELPED: _("We could not help you with this. We are sorry."),
    }[Outcome(help_request.outcome)]
