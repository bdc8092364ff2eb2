"""Tests of the notices that an event leads to."""

import pytest

from locations.workshops.notices import Notice, RegistrationEvent, Replaced, decide_notices

Event = RegistrationEvent
OLD, NEW = "Tuesday 1 December", "Thursday 3 December"


def decide(event, *, by_mail=True, by_phone=True, when=NEW, before="", replaced=()):
    return decide_notices(
        event, by_mail=by_mail, by_phone=by_phone, when=when, before=before, replaced=replaced
    )


@pytest.mark.parametrize("event", Event)
@pytest.mark.parametrize(
    ("by_mail", "by_phone"), [(True, False), (False, True), (True, True), (False, False)]
)
def test_event_is_announced_through_the_channels_of_the_person(event, by_mail, by_phone):
    only_mail = event in {Event.CONFIRMED, Event.WAITING, Event.CANCELLED}
    is_announced = by_mail or (by_phone and not only_mail)
    notices = decide(event, by_mail=by_mail, by_phone=by_phone)
    assert notices == ([Notice(event)] if is_announced else [])


@pytest.mark.parametrize(
    ("event", "before", "replaced", "notices"),
    [
        (Event.RUN_MOVED, OLD, [], [(Event.RUN_MOVED, OLD)]),
        (Event.RUN_MOVED, NEW, [], [(Event.RUN_MOVED, "")]),
        (Event.RUN_MOVED, NEW, [(Event.RUN_MOVED, OLD)], [(Event.RUN_MOVED, OLD)]),
        (Event.RUN_MOVED, OLD, [(Event.RUN_MOVED, NEW)], [(Event.RUN_MOVED, "")]),
        (Event.RUN_MOVED, OLD, [(Event.REMINDER, "")], [(Event.RUN_MOVED, OLD)]),
        (
            Event.RUN_MOVED,
            OLD,
            [(Event.OFFERED, "")],
            [(Event.OFFERED, OLD), (Event.RUN_MOVED, OLD)],
        ),
        (Event.MOVED, OLD, [(Event.OFFERED, "")], [(Event.MOVED, OLD)]),
        (Event.RUN_CANCELLED, "", [], [(Event.RUN_CANCELLED, "")]),
        (Event.RUN_CANCELLED, NEW, [(Event.RUN_MOVED, OLD)], [(Event.RUN_CANCELLED, OLD)]),
        (Event.RUN_REINSTATED, "", [], [(Event.RUN_REINSTATED, "")]),
        (Event.RUN_REINSTATED, "", [(Event.RUN_CANCELLED, "")], []),
        (Event.RUN_REINSTATED, "", [(Event.RUN_CANCELLED, OLD)], [(Event.RUN_MOVED, OLD)]),
        (Event.RUN_REINSTATED, OLD, [(Event.RUN_CANCELLED, "")], [(Event.RUN_MOVED, OLD)]),
    ],
    ids=[
        "moved",
        "moved, same start",
        "moved twice, first not delivered",
        "moved back, not delivered",
        "moved, reminder not delivered",
        "moved, offer not delivered",
        "moved to another run, offer not delivered",
        "cancelled",
        "cancelled, move not delivered",
        "reinstated",
        "reinstated, cancellation not delivered",
        "reinstated, move and cancellation not delivered",
        "reinstated with an earlier move, cancellation not delivered",
    ],
)
def test_change_is_announced_against_what_the_person_knows(event, before, replaced, notices):
    replaced = [Replaced(*message) for message in replaced]
    decided = decide(event, before=before, replaced=replaced)
    assert [(notice.event, notice.before) for notice in decided] == notices
    assert [notice.is_repeated for notice in decided] == [
        notice.event == Event.OFFERED for notice in decided
    ]
