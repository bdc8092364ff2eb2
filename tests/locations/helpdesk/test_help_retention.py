"""Tests of the removal of names from closed help requests and of hashes from old visits."""

from datetime import UTC, datetime, timedelta

import pytest

from locations.helpdesk.models import HelpRequest, Visit
from locations.helpdesk.operations import retention
from tests.factories import locations as make
from tests.factories.locations import MONDAY_MORNING

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


def test_help_request_is_erased_a_year_after_it_was_closed():
    help_request = {
        "location": make.location("AAL"),
        "name": "Jozef",
        "phone": "0470 12 34 56",
        "due_on": MONDAY_MORNING,
    }
    done = HelpRequest.objects.create(
        number="H-2026-0001",
        question="Mijn gsm",
        state="done",
        outcome="helped",
        closed_at=MONDAY_MORNING,
        **help_request,
    )
    still_open = HelpRequest.objects.create(
        number="H-2026-0002", question="Mijn pc", **help_request
    )
    expired = datetime(2027, 11, 23, 9, 0, tzinfo=UTC)
    assert retention.erase_expired_help_requests(expired) == 0
    assert retention.erase_expired_help_requests(expired + SECOND) == 1
    done.refresh_from_db(), still_open.refresh_from_db()
    assert (done.name, done.question, still_open.name) == ("", "", "Jozef")


@pytest.mark.parametrize(
    ("now", "kept"),
    [
        (datetime(2030, 12, 31, 22, 59, tzinfo=UTC), True),
        (datetime(2030, 12, 31, 23, 0, tzinfo=UTC), False),
    ],
    ids=["in the fourth year", "after it, in local time"],
)
def test_visit_hash_is_cleared_after_four_calendar_years(now, kept):
    location = make.location("AAL")
    visits = [
        Visit.objects.create(location=location, visited_at=at, person="a" * 64)
        for at in (datetime(2026, 12, 31, 22, 59, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC))
    ]
    assert retention.clear_visit_hashes(now - timedelta(days=365)) == 0
    assert retention.clear_visit_hashes(now) == (not kept)
    hashed = [bool(Visit.objects.get(pk=visit.pk).person) for visit in visits]
    assert hashed == [kept, True]
    assert retention.clear_visit_hashes(now) == 0
