"""Errors about help requests and visits, each with a sentence for the person at the screen."""

from django.utils.translation import gettext as _

from locations.core.formatting import format_list
from locations.opening_hours.engine.hours_text import format_opening, format_opening_hours


class HelpdeskError(Exception):
    """Base class of the errors about help requests and visits."""


class TransitionNotAllowed(HelpdeskError):
    """The state of the help request does not allow the transition."""

    def __init__(self, help_request, transition):
        super().__init__(
            _("%(number)s is “%(state)s” now, so “%(move)s” cannot be done. Look again.")
            % {
                "number": help_request.number,
                "state": help_request.get_state_display(),
                "move": transition.label,
            }
        )


class AlreadyTaken(HelpdeskError):
    """Somebody else took the help request a moment earlier."""

    def __init__(self, help_request):
        assignee = help_request.assignee.get_full_name() or help_request.assignee.get_username()
        super().__init__(
            _("%(who)s was a moment earlier and follows %(number)s up.")
            % {"who": assignee, "number": help_request.number}
        )


class NotAssignable(HelpdeskError):
    """The user does not follow up the help requests of the location."""

    def __init__(self, location):
        super().__init__(
            _("That person does not answer questions for %(place)s.") % {"place": location}
        )


class EmptyNote(HelpdeskError):
    """The note has no text."""

    def __init__(self):
        super().__init__(_("Write what your colleagues have to know."))


class AppointmentTimeRefused(HelpdeskError):
    """The appointment is in the past, or more than a year ahead."""

    def __init__(self):
        super().__init__(_("An appointment is later than now, and within a year."))


class OutsideOpeningHours(HelpdeskError):
    """The location is closed at the time of the appointment."""

    def __init__(self, location, openings, next_opening, today):
        """Take the openings on the day of the appointment, and the next one after it."""
        if openings:
            hours = format_list(format_opening_hours(opening) for opening in openings)
            text = _("%(place)s is open then from %(hours)s. Choose an hour within it.")
            super().__init__(text % {"place": location, "hours": hours})
        elif next_opening:
            text = _("%(place)s is not open on that day. The next time is %(when)s.")
            when = format_opening(next_opening, today)
            super().__init__(text % {"place": location, "when": when})
        else:
            text = _("%(place)s has no opening hours yet. Add these first.")
            super().__init__(text % {"place": location})


class SameLocation(HelpdeskError):
    """The help request already belongs to the location."""

    def __init__(self, location):
        super().__init__(_("%(place)s has it already. Choose another place.") % {"place": location})


class NotADigipunt(HelpdeskError):
    """The location does not answer help requests."""

    def __init__(self, location):
        super().__init__(
            _("Nobody answers questions in %(place)s. Choose a digipunt.") % {"place": location}
        )


class ReferralConsentMissing(HelpdeskError):
    """The person did not agree to be registered for a workshop."""

    def __init__(self):
        super().__init__(
            _("Ask first whether we may register this person, and tick that the answer is yes.")
        )


class ReferralContactMissing(HelpdeskError):
    """The help request has no name, or neither a telephone number nor an e-mail address."""

    def __init__(self, help_request):
        super().__init__(
            _(
                "%(number)s has no name with a telephone number or e-mail. "
                "Register the person by hand."
            )
            % {"number": help_request.number}
        )


class OpenQuestionMissing(HelpdeskError):
    """A visit has the outcome "open", but no question."""

    def __init__(self):
        super().__init__(_("Write down the question that is still open."))


class NotLastVisitToday(HelpdeskError):
    """The visit is not the last one that the user recorded today."""

    def __init__(self):
        super().__init__(_("Only your own last visit of today can be taken back."))


class AlreadyFollowedUp(HelpdeskError):
    """A colleague already works on the question that the visit left open."""

    def __init__(self, help_request):
        super().__init__(
            _("A colleague works on %(number)s already, so this visit stays.")
            % {"number": help_request.number}
        )
