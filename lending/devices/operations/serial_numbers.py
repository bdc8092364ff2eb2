"""Check of the serial numbers of storage media."""

from lending.devices.errors import SerialNumberInUse
from lending.devices.models import StorageMedium


def refuse_fitted_serials(serials):
    """Raise SerialNumberInUse if a medium with one of these numbers is in a device."""
    media = StorageMedium.objects.fitted().filter(serial__in=list(serials))
    if medium := media.select_related("device").first():
        raise SerialNumberInUse(medium.serial, medium.device)
