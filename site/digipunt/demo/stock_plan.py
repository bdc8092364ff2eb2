"""The devices of the demo: models, locations and states."""

from dataclasses import dataclass

from lending.core.states import State

# keys of models, location, state, count
SMALL = [
    ("v15 p2", "HAL", "available", 4),
    ("v15 p2", "HAL", "on_loan", 5),
    ("v15", "HAL", "overdue", 1),
    ("p2", "HAL", "set_aside", 1),
    ("v15", "HAL", "returned", 1),
    ("t480", "AAL", "available", 1),
    ("l5490 g5 l390", "AAL", "on_loan", 3),
    ("t480", "AAL", "overdue", 1),
    ("l5400", "AAL", "set_aside", 1),
    ("l5490 pb450", "BOO", "available", 2),
    ("g5 l390 t480", "BOO", "on_loan", 3),
    ("pb450", "SNK", "available", 1),
    ("l5400 t480 g5", "ATA", "repair", 3),
    ("l5490 l390", "ATA", "ready", 2),
    ("t480", "ATA", "erasure_failed", 1),
    ("e7470 t460", "ATA", "repair", 2),
    ("g3 e7470", "SNK", "available", 2),
    ("t460", "SNK", "on_loan", 1),
    ("g3", "ROT", "available", 1),
    ("e7470", "ATA", "recycled", 1),
    ("g3", "HAL", "defect", 1),
    ("300e 11g8", "AAL", "available", 2),
    ("a314 300e", "AAL", "on_loan", 2),
    ("11g8", "AAL", "set_aside", 1),
    ("a314 300e", "ROT", "available", 2),
    ("a314", "HAL", "in_transit", 1),
    ("a8 ipad7", "HAL", "available", 2),
    ("a8", "HAL", "on_loan", 1),
    ("ipad7 a8", "BOO", "available", 2),
    ("a8", "BOO", "returned", 1),
    ("a14", "HAL", "available", 1),
    ("g22", "AAL", "available", 1),
    ("a14", "AAL", "stolen", 1),
    ("g22", "HAL", "returned", 1),
    ("g22", "AAL", "gifted", 1),
    ("3060", "SNK", "available", 1),
    ("400g5", "ATA", "repair", 1),
    ("3060", "ATA", "ready", 1),
    ("m7350", "HAL", "on_loan", 1),
    ("m7350", "HAL", "in_transit", 1),
    ("m7350", "HAL", "defect", 1),
]


@dataclass
class Plan:
    """A device to be created."""

    key: str
    code: str
    state: State
    overdue: bool = False
    loans: int = 0


def small():
    """Return the 63 devices of the demo, at least one in every state."""
    for keys, code, state, count in SMALL:
        keys = keys.split()
        overdue = state == "overdue"
        for index in range(count):
            yield Plan(
                keys[index % len(keys)], code, State("on_loan" if overdue else state), overdue
            )


def large(count, loans, keys, codes):
    """Return a large stock for benchmarks, with the same distribution of states."""
    spread = (
        [State.AVAILABLE] * 9 + [State.ON_LOAN] * 8 + [State.READY, State.REPAIR, State.RETURNED]
    )
    for index in range(count):
        state = spread[index % len(spread)]
        past = loans // count + (index < loans % count)
        yield Plan(
            keys[index % len(keys)],
            codes[(index // len(spread)) % len(codes)],
            state,
            overdue=index % 80 == 9,
            loans=past,
        )
