"""Errors about workshops, with text for the person who sees them."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from locations.core.formatting import format_day, format_time
from locations.core.time_zone import BRUSSELS


class WorkshopError(Exception):
    """An operation on a workshop was refused; the text explains why."""


class RegistrationClosed(WorkshopError):
    """Nobody can register for this run now."""


class NotOpenYet(RegistrationClosed):
    """Registration has not opened yet."""

    def __init__(self, run):
        opens = run.registration_opens_at.astimezone(BRUSSELS)
        super().__init__(
            _("Registration opens on %(day)s at %(time)s. Come back then, or call us.")
            % {"day": format_day(opens.date()), "time": format_time(opens)}
        )


class RegistrationOver(RegistrationClosed):
    """Registration has closed."""

    def __init__(self):
        super().__init__(
            _("Registration for this date has closed. Choose another one, or call us.")
        )


class RunStarted(RegistrationClosed):
    """The run has started, so that seats no longer change hands."""

    def __init__(self):
        super().__init__(_("This workshop has begun, so nothing changes here any more. Call us."))


class RunCancelled(RegistrationClosed):
    """The run does not take place."""

    def __init__(self, run):
        super().__init__(
            _("This workshop does not take place: %(reason)s. Choose another date.")
            % {"reason": run.cancelled_reason.rstrip(" .")}
        )


class DropInOnly(RegistrationClosed):
    """The run takes no registrations."""

    def __init__(self):
        super().__init__(_("This workshop needs no registration. Just drop in."))


class RunFull(WorkshopError):
    """There is no free seat, and the waiting list was not chosen."""

    def __init__(self, run):
        super().__init__(
            _("“%(workshop)s” is full on that date. Choose the waiting list, or leave it as it is.")
            % {"workshop": run.page.title}
        )


class AlreadyRegistered(WorkshopError):
    """The person has an active registration for the run."""

    def __init__(self, name):
        super().__init__(
            _(
                "%(name)s is already registered for this workshop with the same "
                "phone number or e-mail address. Once is enough."
            )
            % {"name": name}
        )


class ContactMissing(WorkshopError):
    """The name or every way to reach the person is missing."""

    def __init__(self):
        super().__init__(_("Enter a name, and a phone number or an e-mail address."))


class ConsentMissing(WorkshopError):
    """An organisation registered a person without consent."""

    def __init__(self):
        super().__init__(
            _("Ask this person for permission first, and tick that the answer is yes.")
        )


class NotOffered(WorkshopError):
    """The registration has no offer to answer."""

    def __init__(self):
        super().__init__(_("No seat is being offered at the moment. Look at the page again."))


class OfferExpired(WorkshopError):
    """The offer was not answered in time."""

    def __init__(self):
        super().__init__(
            _("The time to answer is over, so the seat goes to the next person in line. Call us.")
        )


class AlreadyEnded(WorkshopError):
    """The registration has ended."""

    def __init__(self):
        super().__init__(_("This registration had already ended. Nothing was changed."))


class SameRun(WorkshopError):
    """The person is in this run already."""

    def __init__(self):
        super().__init__(_("This person is already registered for that date. Choose another one."))


class CapacityBelowSeats(WorkshopError):
    """More people have a seat than the new capacity."""

    def __init__(self, seated):
        super().__init__(
            ngettext(
                "%(count)s person already has a seat, so there cannot be fewer "
                "seats. Move somebody to another date first.",
                "%(count)s people already have a seat, so there cannot be fewer "
                "seats. Move somebody to another date first.",
                seated,
            )
            % {"count": seated}
        )


class CapacityTooLow(WorkshopError):
    """The capacity is less than one."""

    def __init__(self):
        super().__init__(_("A workshop has at least one seat."))


class ChangedMeanwhile(WorkshopError):
    """Another change came first."""

    def __init__(self):
        super().__init__(
            _("Somebody else made a change at the same moment. Check the page and try again.")
        )
