"""Models of devices."""

from lending.devices.models.device import Device, DeviceEvent
from lending.devices.models.device_model import DeviceModel, DeviceType
from lending.devices.models.erasure import Erasure, ErasureLog, Inspection
from lending.devices.models.storage_medium import StorageMedium

__all__ = [
    "Device",
    "DeviceEvent",
    "DeviceModel",
    "DeviceType",
    "Erasure",
    "ErasureLog",
    "Inspection",
    "StorageMedium",
]
