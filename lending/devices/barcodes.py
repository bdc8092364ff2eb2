"""Inventory numbers of devices, such as DP-00071."""

import re

from lending.core.barcodes import register_barcode
from lending.devices.models import Device

INVENTORY_NUMBER = r"DP-?0*([0-9]{1,7})|([0-9]{1,7})"


def canonical_number(match):
    """Return the number as it is printed on the label."""
    return f"DP-{int(match[1] or match[2]):05d}"


def is_inventory_number(code):
    """Return whether a normalised code can be the number of a device."""
    return bool(re.fullmatch(INVENTORY_NUMBER, code))


def find_device(code, *, user):
    """Return the device with this number, or None."""
    return Device.objects.visible_to(user).with_model().filter(number=code).first()


register_barcode(INVENTORY_NUMBER, canonical_number, find_device)
