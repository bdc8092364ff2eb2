"""Signals about devices, sent within the transaction of the operation."""

from django.dispatch import Signal

device_transitioned = Signal()
"""A device has another state. Arguments: `device`, `source` (the state before), `user`."""

media_sanitized = Signal()
"""Media of a device were erased or destroyed; perhaps the last. Arguments: `device`, `user`."""
