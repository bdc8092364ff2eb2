"""The table of states: a move that is not in it can not happen."""

from itertools import product

import pytest

from lending.errors import IllegalMove, LendingError
from lending.models import Device
from lending.operations import devices
from lending.states import BY_ANOTHER_ROAD, EXITS, MOVES, TRANSITIONS, State, next_moves


@pytest.mark.parametrize(
    ("source", "target"),
    [pair for pair in product(State, State) if pair[1] not in TRANSITIONS[pair[0]]],
    ids=lambda state: state.value,
)
def test_a_move_that_is_not_in_the_table_is_refused(source, target):
    device = Device(number="DP-00001", state=source)
    with pytest.raises(IllegalMove):
        devices.shift(device, target)
    assert device.state == source


@pytest.mark.parametrize("state", State, ids=lambda state: state.value)
def test_every_state_has_its_moves_as_buttons(state):
    assert [move.target for move in next_moves(state)] == TRANSITIONS[state]


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
    assert [state for state in EXITS if TRANSITIONS[state]] == [State.LOST, State.STOLEN]


def test_what_can_not_be_undone_asks_a_reason():
    for move in [*MOVES.values(), *BY_ANOTHER_ROAD.values()]:
        if move.target in EXITS:
            assert move.irreversible


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_step_that_can_not_be_undone_does_not_happen_without_a_reason(reason):
    device = Device(number="DP-00001", state=State.TRIAGE)
    with pytest.raises(LendingError, match="."):
        devices.shift(device, State.RECYCLED, reason=reason)
    assert device.state == State.TRIAGE
