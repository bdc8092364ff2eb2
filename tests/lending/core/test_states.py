"""Tests of the states of a device and the transitions between them."""

from itertools import product

import pytest

from lending.core.errors import LendingError
from lending.core.states import (
    EXIT_STATES,
    TRANSITION_VARIANTS,
    TRANSITIONS,
    TRANSITIONS_BY_TARGET,
    State,
    transitions_from,
)
from lending.devices.errors import IllegalTransition
from lending.devices.models import Device
from lending.devices.operations import devices
from lending.loans.operations import reservations
from tests.factories import staff as make


@pytest.mark.parametrize(
    ("source", "target"),
    [pair for pair in product(State, State) if pair[1] not in TRANSITIONS[pair[0]]],
    ids=lambda state: state.value,
)
def test_transition_is_refused_when_it_is_not_in_the_table(source, target):
    device = Device(number="DP-00001", state=source)
    with pytest.raises(IllegalTransition):
        devices.apply_transition(device, target)
    assert device.state == source


@pytest.mark.parametrize("state", State, ids=lambda state: state.value)
def test_every_transition_has_a_button(state):
    assert [move.target for move in transitions_from(state)] == TRANSITIONS[state]


def test_every_state_can_be_reached():
    reached = {State.RECEIVED}
    frontier = [State.RECEIVED]
    while frontier:
        for target in TRANSITIONS[frontier.pop()]:
            if target not in reached:
                reached.add(target)
                frontier.append(target)
    assert reached == set(State)


def test_only_lost_and_stolen_devices_can_return():
    assert [state for state in EXIT_STATES if TRANSITIONS[state]] == [State.LOST, State.STOLEN]


def test_transition_to_exit_state_is_irreversible():
    for move in [*TRANSITIONS_BY_TARGET.values(), *TRANSITION_VARIANTS.values()]:
        if move.target in EXIT_STATES:
            assert move.is_irreversible


@pytest.mark.parametrize("reason", ["", "  "])
def test_irreversible_transition_is_refused_without_reason(reason):
    device = Device(number="DP-00001", state=State.TRIAGE)
    with pytest.raises(LendingError, match="."):
        devices.apply_transition(device, State.RECYCLED, reason=reason)
    assert device.state == State.TRIAGE


@pytest.mark.django_db
@pytest.mark.parametrize("state", [State.ON_LOAN, State.SET_ASIDE])
def test_transition_of_the_desk_is_refused(state):
    device = make.available(make.place())
    with pytest.raises(IllegalTransition):
        devices.transition_to(device, state)


@pytest.mark.django_db
def test_lent_device_is_not_returned_by_plain_transition():
    location = make.place()
    make.policy(location)
    device = make.available(location)
    make.lent(device, make.borrower(location))
    with pytest.raises(IllegalTransition):
        devices.transition_to(device, State.RETURNED)


@pytest.mark.django_db
def test_defect_ends_reservation():
    location = make.place()
    device = make.available(location)
    reservations.reserve(device, borrower=make.borrower(location))
    devices.transition_to(device, State.DEFECT)
    assert not device.reservations.open().exists()
