"""Refusals about devices, storage media and erasures."""

from django.utils.translation import gettext as _

from lending.core.errors import LendingError


class IllegalTransition(LendingError):
    def __init__(self, device, target):
        super().__init__(
            _("%(device)s is “%(state)s” and can not go to “%(target)s”.")
            % {
                "device": device.number,
                "state": device.get_state_display(),
                "target": target.label,
            }
        )


class DeviceNotSanitized(LendingError):
    def __init__(self, device):
        super().__init__(
            _("%(device)s still holds someone's data. Erase it first.") % {"device": device.number}
        )


class NoStorageMedium(LendingError):
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


class ReasonRequired(LendingError):
    def __init__(self):
        super().__init__(_("Give a reason. This step can not be undone."))


class NotALendingPoint(LendingError):
    def __init__(self, location):
        super().__init__(
            _("%(place)s does not lend devices. Choose a lending point.") % {"place": location.name}
        )


class SerialNumberInUse(LendingError):
    def __init__(self, serial, device):
        super().__init__(
            _("The medium with serial number %(serial)s is in %(device)s. Check the number.")
            % {"serial": serial, "device": device.number}
        )


class MediaChangeNotAllowed(LendingError):
    def __init__(self, device):
        super().__init__(
            _("%(device)s is “%(state)s”. Report a defect or send it to repair first.")
            % {"device": device.number, "state": device.get_state_display()}
        )


class ErasureBeforeIntake(LendingError):
    def __init__(self, device):
        super().__init__(
            _("This erasure ended before %(device)s came in. Erase it again.")
            % {"device": device.number}
        )


class ErasureInFuture(LendingError):
    def __init__(self):
        super().__init__(_("This erasure is dated in the future. Check the clock."))


class DuplicateErasure(LendingError):
    def __init__(self, medium):
        super().__init__(
            _("This erasure of %(medium)s was recorded before.") % {"medium": medium.serial}
        )


class ErasureNotVerified(LendingError):
    def __init__(self):
        super().__init__(
            _("An erasure only counts when it was verified. Say how, or record it as failed.")
        )


class MediumRemoved(LendingError):
    def __init__(self, medium):
        super().__init__(
            _("The medium %(medium)s was taken out of the device.") % {"medium": medium.serial}
        )


class NotErasable(LendingError):
    def __init__(self, device):
        super().__init__(
            _("%(device)s is “%(state)s”. Send it to erasure first.")
            % {"device": device.number, "state": device.get_state_display()}
        )
