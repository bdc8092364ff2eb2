"""Refusals about loans, borrowers and reservations."""

from django.utils.translation import gettext as _

from lending.core.errors import LendingError


class OpenPoints(LendingError):
    def __init__(self, labels):
        super().__init__(
            _("Not lent yet. Still open: %(points)s.")
            % {"points": ", ".join(str(label) for label in labels)}
        )


class NotFree(LendingError):
    """Somebody else was first, or the device is not ready."""

    def __init__(self, device):
        super().__init__(
            _("%(device)s is “%(state)s” now, so it can not be lent. Take another device.")
            % {"device": device.number, "state": device.get_state_display()}
        )


class SetAsideForSomeoneElse(LendingError):
    def __init__(self, device):
        super().__init__(
            _("%(device)s is set aside for someone else. Take another device, or release it first.")
            % {"device": device.number}
        )


class HasOverdueLoan(LendingError):
    def __init__(self, loan):
        super().__init__(
            _("%(borrower)s still has %(device)s, which is overdue. Take it back first.")
            % {"borrower": loan.borrower.name, "device": loan.device.number}
        )


class NoPolicy(LendingError):
    def __init__(self, location):
        super().__init__(
            _("%(place)s has no loan policy yet, so we can not work out when it is due.")
            % {"place": location.name}
        )


class WrongPolicy(LendingError):
    def __init__(self):
        super().__init__(_("That loan policy belongs to another lending point. Choose again."))


class NeverOpen(LendingError):
    def __init__(self, location):
        super().__init__(
            _("%(place)s has no opening hours on or after the due date. Add opening hours first.")
            % {"place": location.name}
        )


class NotOnLoan(LendingError):
    def __init__(self, device):
        super().__init__(
            _("%(device)s is not on loan; it is “%(state)s”.")
            % {"device": device.number, "state": device.get_state_display()}
        )


class NoRenewalsLeft(LendingError):
    def __init__(self, loan):
        super().__init__(
            _("%(device)s can not be renewed again. Agree on a day to bring it back.")
            % {"device": loan.device.number}
        )
