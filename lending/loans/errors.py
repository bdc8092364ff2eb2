"""Refusals about loans, borrowers and reservations."""

from django.utils.translation import gettext as _

from lending.core.errors import LendingError


class HandoverIncomplete(LendingError):
    """Points of the hand-over are still open."""

    def __init__(self, labels):
        super().__init__(
            _("Not lent yet. Still open: %(points)s.")
            % {"points": ", ".join(str(label) for label in labels)}
        )


class DeviceNotAvailable(LendingError):
    """The device cannot be lent in its state, for example because somebody else was first."""

    def __init__(self, device):
        super().__init__(
            _("%(device)s is “%(state)s” now, so it cannot be lent. Take another device.")
            % {"device": device.number, "state": device.get_state_display()}
        )


class ReservedForSomeoneElse(LendingError):
    """The device is reserved for another borrower."""

    def __init__(self, device):
        super().__init__(
            _("%(device)s is set aside for someone else. Take another device, or release it first.")
            % {"device": device.number}
        )


class BorrowerHasOverdueLoan(LendingError):
    """The borrower has to return an overdue device first."""

    def __init__(self, loan):
        super().__init__(
            _("%(borrower)s still has %(device)s, which is overdue. Take it back first.")
            % {"borrower": loan.borrower.name, "device": loan.device.number}
        )


class LocationHasNoPolicy(LendingError):
    """The location has no loan policy in use."""

    def __init__(self, location):
        super().__init__(
            _("%(place)s has no loan policy yet, so we cannot work out when it is due.")
            % {"place": location.name}
        )


class PolicyOfAnotherLocation(LendingError):
    """The chosen policy cannot be used at the location of the device."""

    def __init__(self):
        super().__init__(_("That loan policy belongs to another lending point. Choose again."))


class NoLendingDay(LendingError):
    """The location has no lending day on or after the due date."""

    def __init__(self, location):
        super().__init__(
            _("%(place)s has no opening hours on or after the due date. Add opening hours first.")
            % {"place": location.name}
        )


class DeviceNotOnLoan(LendingError):
    """The device has no open loan."""

    def __init__(self, device):
        super().__init__(
            _("%(device)s is not on loan; it is “%(state)s”.")
            % {"device": device.number, "state": device.get_state_display()}
        )


class NoRenewalsLeft(LendingError):
    """The policy allows no further renewal."""

    def __init__(self, loan):
        super().__init__(
            _("%(device)s cannot be renewed again. Agree on a day to bring it back.")
            % {"device": loan.device.number}
        )
