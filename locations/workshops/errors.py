"""Why something with a workshop can not be done, as a sentence for who reads it."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from locations.core.formatting import format_day, format_time
from locations.core.time_zone import BRUSSELS


class WorkshopError(Exception):
    """A sentence for the person at the screen."""


class RegistrationClosed(WorkshopError):
    """Nobody can register for this run, whoever it is."""


class NotYetOpen(RegistrationClosed):
    def __init__(self, run):
        opens = run.registration_opens_at.astimezone(BRUSSELS)
        super().__init__(
            _("You can register from %(day)s, %(time)s o'clock on. Come back then, or call us.")
            % {"day": format_day(opens.date()), "time": format_time(opens)}
        )


class NoLongerOpen(RegistrationClosed):
    def __init__(self):
        super().__init__(
            _("It is too late to register for this date. Choose another one, or call us.")
        )


class HasBegun(RegistrationClosed):
    def __init__(self):
        super().__init__(_("This workshop has begun, so nothing changes here any more. Call us."))


class RunCancelled(RegistrationClosed):
    def __init__(self, run):
        super().__init__(
            _("This workshop does not take place: %(reason)s. Choose another date.")
            % {"reason": run.cancelled_reason.rstrip(" .")}
        )


class JustDropIn(RegistrationClosed):
    def __init__(self):
        super().__init__(_("You do not have to register for this workshop. Just drop in."))


class RunFull(WorkshopError):
    """Who moves somebody has to say whether the waiting list is good too."""

    def __init__(self, run):
        super().__init__(
            _("“%(workshop)s” is full then. Choose the waiting list, or leave it as it was.")
            % {"workshop": run.page.title}
        )


class AlreadyRegistered(WorkshopError):
    def __init__(self, name):
        super().__init__(
            _(
                "%(name)s is on the list of this workshop already, with the same telephone number "
                "or e-mail address. Once is enough."
            )
            % {"name": name}
        )


class NobodyToReach(WorkshopError):
    def __init__(self):
        super().__init__(_("Give a name, and a telephone number or an e-mail address."))


class ConsentMissing(WorkshopError):
    def __init__(self):
        super().__init__(
            _("Ask first whether you may register this person, and tick that the answer is yes.")
        )


class NotOffered(WorkshopError):
    def __init__(self):
        super().__init__(_("No place is being offered here now. Look at what it says now."))


class OfferExpired(WorkshopError):
    def __init__(self):
        super().__init__(
            _("The time to answer is over, so the place goes to the next in line. Call us.")
        )


class AlreadyEnded(WorkshopError):
    def __init__(self):
        super().__init__(_("This registration had ended before. Nothing changed."))


class SameRun(WorkshopError):
    def __init__(self):
        super().__init__(_("That is the date that this person has already. Choose another one."))


class BelowSeated(WorkshopError):
    def __init__(self, seated):
        super().__init__(
            ngettext(
                "%(count)s person has a place already, so there can not be fewer places. "
                "Move somebody to another date first.",
                "%(count)s people have a place already, so there can not be fewer places. "
                "Move somebody to another date first.",
                seated,
            )
            % {"count": seated}
        )


class NoPlaces(WorkshopError):
    def __init__(self):
        super().__init__(_("A workshop has at least one place."))


class ChangedMeanwhile(WorkshopError):
    def __init__(self):
        super().__init__(
            _("Somebody changed this at the same moment. Look again, and do it once more.")
        )
