"""Errors of operations on closures and stops; each message is shown to the user."""

from django.utils.translation import gettext as _

from locations.opening_hours.stop_text import format_stop_time


class HoursError(Exception):
    """An operation that was refused, with a sentence for the user."""


class ReasonMissing(HoursError):
    """No reason was given for something that visitors will notice."""

    def __init__(self):
        super().__init__(_("Give a reason: visitors will read it."))


class LastDayOutOfRange(HoursError):
    """A closure made today would end in the past, or too far in the future."""

    def __init__(self, max_days):
        super().__init__(
            _("The last day is today or later, and at most %(days)s days from now.")
            % {"days": max_days}
        )


class AlreadyClosed(HoursError):
    """The whole location has a closure today."""

    def __init__(self, closed_days):
        reason = closed_days.reason or _("without a reason")
        super().__init__(_("This place is already closed today: %(reason)s.") % {"reason": reason})


class NotClosed(HoursError):
    """The closure has ended or was removed."""

    def __init__(self):
        super().__init__(_("This place is no longer closed. Look at the list again."))


class ClosureIsPlanned(HoursError):
    """The closure was planned in advance, so it cannot be ended here."""

    def __init__(self):
        super().__init__(
            _("These days were planned. Ask the person who plans closed days to change them.")
        )


class InvalidRepetition(HoursError):
    """A copy of stops asks for fewer than one week or one time."""

    def __init__(self):
        super().__init__(_("Give how many weeks later, and how many times: 1 or more."))


class RepetitionTooFar(HoursError):
    """A copy of stops asks for too many times or weeks."""

    def __init__(self, max_times, max_weeks):
        text = _("Plan at most %(times)s times and %(weeks)s weeks ahead.")
        super().__init__(text % {"times": max_times, "weeks": max_weeks})


class TooManyStops(HoursError):
    """A copy would create more stops than are allowed at once."""

    def __init__(self, count, maximum):
        text = _("That would be %(count)s stops. Plan at most %(most)s in one go.")
        super().__init__(text % {"count": count, "most": maximum})


class StopConflict(HoursError):
    """The bus has another stop at the same time."""

    def __init__(self, other):
        text = _("At that time the bus is in %(place)s: %(when)s.")
        super().__init__(text % {"place": other.place, "when": format_stop_time(other)})
