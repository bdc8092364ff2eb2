"""Transitions of a device that are operations on its loan or reservation."""

from functools import partial

from lending.core.states import State
from lending.devices.operations.transitions import register_transition
from lending.loans.operations.loans import check_in, report_lost_or_stolen
from lending.loans.operations.reservations import release

for source in (State.ON_LOAN, State.LOST, State.STOLEN):
    register_transition(source, State.RETURNED, check_in)
for target in (State.LOST, State.STOLEN):
    register_transition(State.ON_LOAN, target, partial(report_lost_or_stolen, state=target))
register_transition(State.SET_ASIDE, State.AVAILABLE, release)
