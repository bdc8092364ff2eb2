"""Refusals about devices, storage media and erasures."""

from django.utils.translation import gettext as _

from lending.core.errors import LendingError


class IllegalTransition(LendingError):
    """The state of the device does not allow this transition."""

    def __init__(self, device, target):
        super().__init__(
            _("%(device)s is “%(state)s” and cannot become “%(target)s”.")
            % {
                "device": device.number,
                "state": device.get_state_display(),
                "target": target.label,
            }
        )


class DeviceNotSanitized(LendingError):
    """A fitted medium may still hold data."""

    def __init__(self, device):
        super().__init__(
            _("%(device)s still holds someone's data. Erase it first.") % {"device": device.number}
        )


class NoStorageMedium(LendingError):
    """The device holds data, but none of its media is on record."""

    def __init__(self, device):
        super().__init__(
            _("%(device)s has no storage medium on record. Add it first, then erase it.")
            % {"device": device.number}
        )


class NotGraded(LendingError):
    """The device was not inspected yet."""

    def __init__(self, device):
        super().__init__(
            _("%(device)s has no grade yet. Inspect it first.") % {"device": device.number}
        )


class ReasonRequired(LendingError):
    """An irreversible transition has no reason."""

    def __init__(self):
        super().__init__(_("Give a reason. This step cannot be undone."))


class NotALendingPoint(LendingError):
    """A device can only be made available at a lending point."""

    def __init__(self, location):
        super().__init__(
            _("%(place)s does not lend devices. Choose a lending point.") % {"place": location.name}
        )


class SerialNumberInUse(LendingError):
    """Another device contains a medium with this serial number."""

    def __init__(self, serial, device):
        super().__init__(
            _("The medium with serial number %(serial)s is in %(device)s. Check the number.")
            % {"serial": serial, "device": device.number}
        )


class MediaChangeNotAllowed(LendingError):
    """The device is in a state in which its media must stay as they are."""

    def __init__(self, device):
        super().__init__(
            _("%(device)s is “%(state)s”. Report a defect or send it to repair first.")
            % {"device": device.number, "state": device.get_state_display()}
        )


class ErasureBeforeIntake(LendingError):
    """The erasure ended before the device came in."""

    def __init__(self, device):
        super().__init__(
            _("This erasure ended before %(device)s came in. Erase it again.")
            % {"device": device.number}
        )


class ErasureInFuture(LendingError):
    """The erasure ends in the future."""

    def __init__(self):
        super().__init__(_("This erasure is dated in the future. Check the clock."))


class DuplicateErasure(LendingError):
    """The medium has an erasure with the same end."""

    def __init__(self, medium):
        super().__init__(
            _("This erasure of %(medium)s is already on record.") % {"medium": medium.serial}
        )


class ErasureNotVerified(LendingError):
    """A passed erasure has no verification."""

    def __init__(self):
        super().__init__(
            _("An erasure only counts if it was verified. Say how, or record it as failed.")
        )


class MediumRemoved(LendingError):
    """The medium is no longer in its device."""

    def __init__(self, medium):
        super().__init__(
            _("The medium %(medium)s is no longer in the device.") % {"medium": medium.serial}
        )


class NotErasable(LendingError):
    """The state of the device does not allow an erasure."""

    def __init__(self, device):
        super().__init__(
            _("%(device)s is “%(state)s”. Send it to erasure first.")
            % {"device": device.number, "state": device.get_state_display()}
        )
