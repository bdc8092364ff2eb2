"""Refusals, as sentences for the person who reads them: what, why, and what then."""

from django.utils.translation import gettext as _


class LendingError(Exception):
    pass


class IllegalMove(LendingError):
    def __init__(self, device, target):
        super().__init__(
            _("%(device)s is “%(state)s” and can not go to “%(target)s”.")
            % {
                "device": device.number,
                "state": device.get_state_display(),
                "target": target.label,
            }
        )


class StillToBeErased(LendingError):
    def __init__(self, device):
        super().__init__(
            _("%(device)s still holds someone's data. Erase it first.") % {"device": device.number}
        )


class NoMedium(LendingError):
    def __init__(self, device):
        super().__init__(
            _("%(device)s has no storage medium on record. Add it first, then erase it.")
            % {"device": device.number}
        )


class NotGraded(LendingError):
    def __init__(self, device):
        super().__init__(
            _("%(device)s has no grade yet. Inspect it first.") % {"device": device.number}
        )


class ReasonNeeded(LendingError):
    def __init__(self):
        super().__init__(_("Give a reason. This step can not be undone."))


class NotALendingPoint(LendingError):
    def __init__(self, location):
        super().__init__(
            _("%(place)s does not lend devices. Choose a lending point.") % {"place": location.name}
        )


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


class AlreadyDecided(LendingError):
    def __init__(self, line):
        super().__init__(
            _("This device was decided on before: %(state)s.") % {"state": line.get_state_display()}
        )


class SerialInUse(LendingError):
    def __init__(self, serial, device):
        super().__init__(
            _("The medium with serial number %(serial)s is in %(device)s. Check the number.")
            % {"serial": serial, "device": device.number}
        )


class NotOnTheBench(LendingError):
    def __init__(self, device):
        super().__init__(
            _("%(device)s is “%(state)s”. Report a defect or send it to repair first.")
            % {"device": device.number, "state": device.get_state_display()}
        )


class ErasureTooOld(LendingError):
    def __init__(self, device):
        super().__init__(
            _("This erasure ended before %(device)s came in. Erase it again.")
            % {"device": device.number}
        )


class ErasureInTheFuture(LendingError):
    def __init__(self):
        super().__init__(_("This erasure is dated in the future. Check the clock."))


class ErasureTwice(LendingError):
    def __init__(self, medium):
        super().__init__(
            _("This erasure of %(medium)s was recorded before.") % {"medium": medium.serial}
        )


class NotVerified(LendingError):
    def __init__(self):
        super().__init__(
            _("An erasure only counts when it was verified. Say how, or record it as failed.")
        )


class MediumGone(LendingError):
    def __init__(self, medium):
        super().__init__(
            _("The medium %(medium)s was taken out of the device.") % {"medium": medium.serial}
        )


class NotErasing(LendingError):
    def __init__(self, device):
        super().__init__(
            _("%(device)s is “%(state)s”. Send it to erasure first.")
            % {"device": device.number, "state": device.get_state_display()}
        )


class AttestNotReady(LendingError):
    def __init__(self, donation):
        super().__init__(
            _("Not every medium of %(donation)s is erased or destroyed yet.")
            % {"donation": donation.number}
        )


class DeclarationsMissing(LendingError):
    def __init__(self):
        super().__init__(
            _(
                "Tick that the devices are yours, that you give them away "
                "and that you read the notice."
            )
        )


class NothingOffered(LendingError):
    def __init__(self):
        super().__init__(_("Name at least one device."))
