"""Tests of the removal of names and hashes from old registrations."""

from datetime import UTC, datetime, timedelta

import pytest

from home.messages.models import Message
from locations.core import retention as terms
from locations.workshops.models import Registration
from locations.workshops.operations import registrations, retention
from tests.factories import registrations as make
from tests.factories.registrations import NOW, State, register

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)
YEAR_LATER = datetime(2027, 12, 10, 14, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "count"),
    [(YEAR_LATER, 0), (YEAR_LATER + SECOND, 3)],
    ids=["a year after the end", "a second later"],
)
def test_registration_is_erased_a_year_after_the_end(now, count):
    _run, people = make.full_run(2, 1)
    assert retention.erase_expired_registrations(now) == count
    registration = Registration.objects.get(pk=people[0].pk)
    assert (
        (registration.name == "")
        == (registration.email == "")
        == (registration.erased_at is not None)
        == bool(count)
    )
    assert registration.person == people[0].person
    assert Message.objects.exists() == (count == 0)
    assert retention.erase_expired_registrations(now) == 0


def test_retention_term_is_a_setting():
    make.change_settings(keep_names_months=1)
    make.full_run()
    expired = datetime(2027, 1, 10, 14, 0, tzinfo=UTC)
    assert retention.erase_expired_registrations(expired) == 0
    assert retention.erase_expired_registrations(expired + SECOND) == 3


def test_erasure_keeps_what_is_counted():
    registration = register(make.run_in_aalst(), remark="Ik kom met mijn zus", postcode="9300")
    registrations.cancel_registration(registration, reason="Zus is ziek", now=NOW)
    retention.erase_expired_registrations(YEAR_LATER + SECOND)
    registration.refresh_from_db()
    assert (registration.remark, registration.ended_reason) == ("", "")
    assert (registration.postcode, registration.state) == ("9300", State.CANCELLED)


def test_link_of_an_erased_registration_is_not_found(client):
    registration = register(make.run_in_aalst())
    retention.erase_expired_registrations(YEAR_LATER + SECOND)
    assert client.get(f"/workshops/plaats/{registration.secret}/").status_code == 404


def test_erasure_goes_on_until_the_last_batch(monkeypatch):
    monkeypatch.setattr(terms, "BATCH", 2)
    make.full_run(2, 3)
    assert retention.erase_expired_registrations(YEAR_LATER + SECOND) == 5


@pytest.mark.parametrize(
    ("now", "kept"),
    [
        (datetime(2030, 12, 31, 22, 59, tzinfo=UTC), True),
        (datetime(2030, 12, 31, 23, 0, tzinfo=UTC), False),
    ],
    ids=["in the fourth year", "after it, in local time"],
)
def test_hash_is_cleared_after_four_calendar_years(now, kept):
    make.full_run(1, 0)
    retention.erase_expired_registrations(YEAR_LATER + SECOND)
    assert retention.clear_registration_hashes(now - timedelta(days=365)) == 0
    assert retention.clear_registration_hashes(now) == (not kept)
    assert bool(Registration.objects.get().person) == kept
    assert retention.clear_registration_hashes(now) == 0


def test_hash_is_kept_while_there_is_a_name():
    make.full_run(1, 0)
    assert retention.clear_registration_hashes(datetime(2040, 1, 1, tzinfo=UTC)) == 0
    assert Registration.objects.get().person
