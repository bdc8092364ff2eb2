"""The table of states: a move that is not in it can not happen."""

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
def test_a_move_that_is_not_in_the_table_is_refused(source, target):
    device = Device(number="DP-00001", state=source)
    with pytest.raises(IllegalTransition):
        devices.apply_transition(device, target)
    assert device.state == source


@pytest.mark.parametrize("state", State, ids=lambda state: state.value)
def test_every_state_has_its_moves_as_buttons(state):
    assert [move.target for move in transitions_from(state)] == TRANSITIONS[state]


def test_every_state_but_the_first_can_be_reached():
    reached = {State.RECEIVED}
    frontier = [State.RECEIVED]
    while frontier:
        for target in TRANSITIONS[frontier.pop()]:
            if target not in reached:
                reached.add(target)
                frontier.append(target)
    assert reached == set(State)


def test_only_what_is_lost_or_stolen_comes_back():
    assert [state for state in EXIT_STATES if TRANSITIONS[state]] == [State.LOST, State.STOLEN]


def test_what_can_not_be_undone_asks_a_reason():
    for move in [*TRANSITIONS_BY_TARGET.values(), *TRANSITION_VARIANTS.values()]:
        if move.target in EXIT_STATES:
            assert move.is_irreversible


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_step_that_can_not_be_undone_does_not_happen_without_a_reason(reason):
    device = Device(number="DP-00001", state=State.TRIAGE)
    with pytest.raises(LendingError, match="."):
        devices.apply_transition(device, State.RECYCLED, reason=reason)
    assert device.state == State.TRIAGE


@pytest.mark.django_db
@pytest.mark.parametrize("state", [State.ON_LOAN, State.SET_ASIDE])
def test_what_goes_over_the_desk_is_no_plain_move(state):
    device = make.available(make.place())
    with pytest.raises(IllegalTransition):
        devices.transition_to(device, state)


@pytest.mark.django_db
def test_a_lent_device_comes_back_over_the_desk_only():
    place = make.place()
    make.policy(place)
    device = make.available(place)
    make.lent(device, make.borrower(place))
    with pytest.raises(IllegalTransition):
        devices.transition_to(device, State.RETURNED)


@pytest.mark.django_db
def test_a_device_that_breaks_while_it_is_set_aside_is_kept_for_nobody():
    place = make.place()
    device = make.available(place)
    reservations.set_aside(device, borrower=make.borrower(place))
    devices.transition_to(device, State.DEFECT)
    assert not device.reservations.open().exists()
