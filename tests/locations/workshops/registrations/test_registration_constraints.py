"""Tests of constraints and triggers that also refuse raw updates."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from locations.workshops.errors import AlreadyRegistered, ChangedMeanwhile
from locations.workshops.models import Registration, WorkshopRun
from locations.workshops.operations import registrations, waiting_list
from tests.factories import registrations as make
from tests.factories.registrations import NOW, State, register

pytestmark = pytest.mark.django_db


@pytest.fixture
def full():
    """Return a run with two seats taken, two people waiting and one cancelled."""
    run, people = make.full_run(2, 2)
    gone = register(run, 9)
    registrations.cancel_registration(gone, now=NOW)
    gone.refresh_from_db()
    return run, [*people, gone]


def update(registration, **fields):
    return lambda: Registration.objects.filter(pk=registration.pk).update(**fields)


BROKEN = {
    "two people on one seat": lambda run, p: update(p[0], seat=2),
    "a seat above the capacity": lambda run, p: update(p[0], seat=3),
    "a seat below one": lambda run, p: update(p[0], seat=0),
    "two people at one position": lambda run, p: update(p[3], position=1),
    "before another in line": lambda run, p: update(p[3], position=0),
    "registered without a seat": lambda run, p: update(p[0], seat=None),
    "a seat for who cancelled": lambda run, p: update(p[4], seat=1),
    "waiting without a turn": lambda run, p: update(p[2], position=None),
    "a turn for who is registered": lambda run, p: update(p[0], position=9),
    "a turn and a seat": lambda run, p: update(p[2], seat=3),
    "offered without an end": lambda run, p: update(p[0], state=State.OFFERED),
    "registered with an end to answer": lambda run, p: update(p[0], offered_until=NOW),
    "cancelled at no moment": lambda run, p: update(p[4], ended_at=None),
    "registered and ended": lambda run, p: update(p[0], ended_at=NOW),
    "nobody to reach": lambda run, p: update(p[0], phone="", email=""),
    "referred without a yes": lambda run, p: update(p[0], source="referrer"),
    "one person twice": lambda run, p: update(p[0], person=p[1].person),
    "fewer seats than people": lambda run, p: (
        lambda: WorkshopRun.objects.filter(pk=run.pk).update(capacity=1)
    ),
    "no seats at all": lambda run, p: (
        lambda: WorkshopRun.objects.filter(pk=run.pk).update(capacity=0)
    ),
    "the second in line goes first": lambda run, p: (
        lambda: (
            update(p[0], state=State.CANCELLED, seat=None, ended_at=NOW)(),
            update(p[3], state=State.REGISTERED, position=None, seat=1)(),
        )
    ),
    "back from cancelled past the line": lambda run, p: (
        lambda: (
            update(p[0], state=State.CANCELLED, seat=None, ended_at=NOW)(),
            update(p[4], state=State.REGISTERED, seat=1, ended_at=None)(),
        )
    ),
    "a newcomer past the line": lambda run, p: (
        lambda: (
            update(p[0], state=State.CANCELLED, seat=None, ended_at=NOW)(),
            Registration.objects.create(run=run, name="X", phone="1", state="registered", seat=1),
        )
    ),
    "a newcomer in front of the line": lambda run, p: (
        lambda: Registration.objects.create(
            run=run, name="X", phone="1", state="waiting", position=0
        )
    ),
    "a newcomer above the capacity": lambda run, p: (
        lambda: Registration.objects.create(
            run=make.another_run(run, capacity=1), name="X", phone="1", state="registered", seat=2
        )
    ),
    "the same secret": lambda run, p: update(p[0], secret=p[1].secret),
}


@pytest.mark.parametrize("deed", BROKEN.values(), ids=BROKEN)
def test_database_refuses_invalid_update(full, deed):
    run, people = full
    before = make.seats(run)
    raw = deed(run, people)
    with pytest.raises(IntegrityError), transaction.atomic():
        raw()
    assert make.seats(run) == before


ALLOWED = {
    "one cancels, the first in line gets the seat": lambda run, p: (
        update(p[0], state=State.CANCELLED, seat=None, ended_at=NOW)(),
        update(p[2], state=State.OFFERED, position=None, seat=1, offered_until=NOW)(),
    ),
    "the last in line leaves": lambda run, p: update(
        p[3], state=State.CANCELLED, position=None, ended_at=NOW
    )(),
    "a newcomer at the end of the line": lambda run, p: Registration.objects.create(
        run=run, name="X", phone="1", state="waiting", position=9
    ),
    "one more seat": lambda run, p: WorkshopRun.objects.filter(pk=run.pk).update(capacity=3),
    "a name removed": lambda run, p: update(p[4], erased_at=NOW, email="", name="")(),
    "the same person after cancelling": lambda run, p: update(p[4], person=p[0].person)(),
}


@pytest.mark.parametrize("deed", ALLOWED.values(), ids=ALLOWED)
def test_database_accepts_valid_update(full, deed):
    before = all_rows()
    deed(*full)
    assert all_rows() != before


def all_rows():
    return [list(model.objects.order_by("pk").values()) for model in (Registration, WorkshopRun)]


def test_database_refuses_a_move_past_the_waiting_list(full):
    run, people = full
    other = make.another_run(run, capacity=3)
    moving = register(other, 20)
    WorkshopRun.objects.filter(pk=run.pk).update(capacity=3)
    with pytest.raises(IntegrityError), transaction.atomic():
        Registration.objects.filter(pk=moving.pk).update(run=run, seat=3)


def test_refusal_of_the_database_is_explained(full, monkeypatch):
    """A seat that was free a moment ago is taken by code that does not lock."""
    run, people = full
    WorkshopRun.objects.filter(pk=run.pk).update(capacity=3)
    monkeypatch.setattr(waiting_list, "taken_seats", lambda run: [2])
    with pytest.raises(ChangedMeanwhile, match="same moment"):
        waiting_list.offer_free_seats(run, NOW)
    assert make.reload_states(*people[:3]) == ["registered", "registered", "waiting"]


def test_duplicate_person_past_the_lock_is_explained(full, monkeypatch):
    run, people = full
    monkeypatch.setattr(registrations, "is_registered", lambda *args, **kwargs: False)
    with pytest.raises(AlreadyRegistered):
        register(run, 1)


def test_registration_moved_in_the_meantime_is_not_changed(full):
    run, people = full
    stale = Registration.objects.select_related("run").get(pk=people[0].pk)
    other = make.another_run(run, capacity=2)
    registrations.move_registration(people[0], other, user=None, now=NOW)
    with pytest.raises(ChangedMeanwhile):
        registrations.cancel_registration(stale, now=NOW + timedelta(seconds=1))
    assert make.reload_states(people[0]) == [State.REGISTERED]
