"""Transitions that a user chooses, some of which belong to another subject."""

from lending.core.states import State
from lending.devices.operations.devices import transition_to

_operations = {}


def register_transition(source, target, operation):
    """Have `operation(device, user=, reason=)` make the transition from `source` to `target`."""
    _operations[source, target] = operation


def perform_transition(device, target, *, user=None, reason=""):
    """Move a device to another state, through the operation that is registered for this pair."""
    target = State(target)
    if operation := _operations.get((State(device.state), target)):
        return operation(device, user=user, reason=reason)
    return transition_to(device, target, user=user, reason=reason)
