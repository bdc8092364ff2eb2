"""Why something with a help request or a visit can not be done, as a sentence for who reads it."""

from django.utils.translation import gettext as _

from locations.core.formatting import format_list
from locations.opening_hours.engine.hours_text import format_opening, format_opening_hours


class HelpError(Exception):
    """A sentence for the person at the screen."""


class IllegalMove(HelpError):
    def __init__(self, request, move):
        super().__init__(
            _("%(number)s is “%(state)s” now, so “%(move)s” can not be done. Look again.")
            % {
                "number": request.number,
                "state": request.get_state_display(),
                "move": move.label,
            }
        )


class TakenAlready(HelpError):
    def __init__(self, request):
        who = request.assignee.get_full_name() or request.assignee.get_username()
        super().__init__(
            _("%(who)s was a moment earlier and follows %(number)s up.")
            % {"who": who, "number": request.number}
        )


class NotAColleague(HelpError):
    def __init__(self, place):
        super().__init__(
            _("That person does not answer questions for %(place)s.") % {"place": place}
        )


class NoteMissing(HelpError):
    def __init__(self):
        super().__init__(_("Write what your colleagues have to know."))


class NotInTheFuture(HelpError):
    def __init__(self):
        super().__init__(_("An appointment is later than now, and within a year."))


class OutsideHours(HelpError):
    """Somebody would stand before a closed door."""

    def __init__(self, place, of_day, coming, today):
        if of_day:
            hours = format_list(format_opening_hours(one) for one in of_day)
            text = _("%(place)s is open then from %(hours)s. Choose an hour within it.")
            super().__init__(text % {"place": place, "hours": hours})
        elif coming:
            text = _("%(place)s is not open on that day. The next time is %(when)s.")
            super().__init__(text % {"place": place, "when": format_opening(coming, today)})
        else:
            text = _("%(place)s has no opening hours yet. Add these first.")
            super().__init__(text % {"place": place})


class SamePlace(HelpError):
    def __init__(self, place):
        super().__init__(_("%(place)s has it already. Choose another place.") % {"place": place})


class NoDigipunt(HelpError):
    def __init__(self, place):
        super().__init__(
            _("Nobody answers questions in %(place)s. Choose a digipunt.") % {"place": place}
        )


class ConsentNeeded(HelpError):
    def __init__(self):
        super().__init__(
            _("Ask first whether we may register this person, and tick that the answer is yes.")
        )


class NobodyToReach(HelpError):
    def __init__(self, request):
        super().__init__(
            _(
                "%(number)s has no name with a telephone number or e-mail. "
                "Register the person by hand."
            )
            % {"number": request.number}
        )


class QuestionMissing(HelpError):
    def __init__(self):
        super().__init__(_("Write down the question that is still open."))


class NotYourLast(HelpError):
    def __init__(self):
        super().__init__(_("Only your own last visit of today can be taken back."))


class FollowedUpAlready(HelpError):
    def __init__(self, request):
        super().__init__(
            _("A colleague works on %(number)s already, so this visit stays.")
            % {"number": request.number}
        )
