"""Refusals about donations and attests."""

from django.utils.translation import gettext as _

from lending.core.errors import LendingError


class AlreadyDecided(LendingError):
    """The offered device was accepted or refused before."""

    def __init__(self, line):
        super().__init__(
            _("This device has already been decided on: %(state)s.")
            % {"state": line.get_state_display()}
        )


class AttestNotReady(LendingError):
    """A device is undecided, or a medium is neither erased nor destroyed."""

    def __init__(self, donation):
        super().__init__(
            _("Not every medium of %(donation)s is erased or destroyed yet.")
            % {"donation": donation.number}
        )


class MissingDeclarations(LendingError):
    """The donor did not make every required declaration."""

    def __init__(self):
        super().__init__(
            _(
                "Tick that the devices are yours, that you give them away "
                "and that you read the notice."
            )
        )


class NoDevicesOffered(LendingError):
    """A donation needs at least one device."""

    def __init__(self):
        super().__init__(_("Add at least one device."))
