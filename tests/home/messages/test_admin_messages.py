"""The call list and the outbox in the admin: own locations only, and changes by POST only."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone

from home.messages.models import Message
from locations.places.models import Assignment, Location
from tests.factories.messages import DUE, message

pytestmark = pytest.mark.django_db
LISTS = ["calls:index", "messages:index", "messages:results", "calls:results"]


@pytest.fixture
def aalst():
    return Location.objects.create(code="AAL", name="Digipunt Aalst")


def staff(location, *codenames):
    user = get_user_model().objects.create_user(f"staff-{location and location.code}", password="x")
    for codename in ("access_admin", *codenames):
        user.user_permissions.add(Permission.objects.get(codename=codename))
    if location:
        Assignment.objects.create(user=user, location=location)
    return user


@pytest.fixture
def desk(client, aalst):
    """Log in an account that works in Aalst and has permission to call."""
    client.force_login(staff(aalst, "view_message", "change_message"))
    return client


@pytest.fixture
def administrator(client):
    client.force_login(get_user_model().objects.create_superuser("root", password="x"))
    return client


def call(key="call:1", **fields):
    return message(
        key, phone="0470 00 00 00", location_code=fields.pop("location_code", "AAL"), **fields
    )


def record(client, row, **data):
    return client.post(reverse("calls:record", args=[row.pk]), data, follow=True)


def test_call_list_shows_due_messages_without_email_address(desk):
    call(recipient_name="Lotte Demo")
    call("call:2", recipient_name="Later Demo", due_at=timezone.now() + timezone.timedelta(days=1))
    message(recipient_name="Mail Demo", location_code="AAL")
    page = desk.get(reverse("calls:index")).content.decode()
    assert "Lotte Demo" in page
    assert 'href="tel:+32470000000"' in page
    assert "Later Demo" not in page
    assert "Mail Demo" not in page


def test_outcome_of_a_call_is_stored(desk):
    row = call()
    record(desk, row, outcome="reached", note="Komt maandag")
    row.refresh_from_db()
    assert (row.state, row.outcome, row.outcome_note) == ("done", "reached", "Komt maandag")


def test_national_number_is_removed_from_a_refused_note(desk):
    row = call()
    page = record(desk, row, outcome="reached", note="Zei 85.07.30-033.28 aan de lijn")
    row.refresh_from_db()
    assert row.state == "waiting"
    assert "Zei … aan de lijn" in page.content.decode()
    assert "85.07.30" not in page.content.decode()


@pytest.mark.parametrize(
    "data", [{}, {"outcome": "other"}, {"outcome": "reached", "note": "x" * 501}]
)
def test_invalid_outcome_changes_nothing(desk, data):
    row = call()
    assert record(desk, row, **data).status_code == 200
    row.refresh_from_db()
    assert (row.state, row.attempts) == ("waiting", 0)


def test_failed_message_is_listed_first_and_can_be_retried(desk):
    message("test:1", location_code="AAL", subject="Eerste onderwerp")
    failed = message(
        "test:2",
        location_code="AAL",
        subject="Tweede onderwerp",
        state="failed",
        last_error="550 No",
    )
    page = desk.get(reverse("messages:index")).content.decode()
    assert page.index("Tweede onderwerp") < page.index("Eerste onderwerp")
    detail = desk.get(reverse("messages:message", args=[failed.pk])).content.decode()
    assert "550 No" in detail
    assert reverse("messages:retry", args=[failed.pk]) in detail
    desk.post(reverse("messages:retry", args=[failed.pk]))
    failed.refresh_from_db()
    assert failed.state == "waiting"


@pytest.mark.parametrize(
    ("query", "seen"),
    [("state=failed", {"Mislukt"}), ("channel=phone", {"Bel"}), ("q=Wim", {"Wacht"})],
)
def test_messages_can_be_filtered_and_searched(desk, query, seen):
    message("test:1", location_code="AAL", subject="Wacht", recipient_name="Wim Demo")
    message("test:2", location_code="AAL", subject="Mislukt", state="failed", last_error="550 No")
    call("test:3", subject="Bel")
    page = desk.get(reverse("messages:index") + "?" + query)
    assert {row.subject for row in page.context["object_list"]} == seen


@pytest.mark.parametrize("place", ["GEN", ""], ids=["another place", "no place"])
def test_messages_of_other_locations_are_not_found(desk, place):
    Location.objects.create(code="GEN", name="Digipunt Gent")
    row = call(location_code=place, recipient_name="Geheim Demo", state="failed", last_error="x")
    Message.objects.filter(pk=row.pk).update(state="waiting", next_attempt_at=DUE)
    for name in LISTS:
        assert "Geheim Demo" not in desk.get(reverse(name)).content.decode()
    assert "Geheim" not in desk.get(
        reverse("messages:index") + "?q=Geheim"
    ).content.decode().replace('value="Geheim"', "")
    assert desk.get(reverse("messages:message", args=[row.pk])).status_code == 404
    for name in ("calls:record", "messages:retry", "messages:settle"):
        assert desk.post(reverse(name, args=[row.pk]), {"outcome": "reached"}).status_code == 404
    row.refresh_from_db()
    assert (row.state, row.attempts) == ("waiting", 0)


def test_administrator_sees_messages_without_location(administrator):
    call(location_code="", recipient_name="Overal Demo")
    assert "Overal Demo" in administrator.get(reverse("calls:index")).content.decode()


@pytest.mark.parametrize("permissions", [(), ("view_message",)], ids=["none", "only look"])
def test_message_is_not_changed_without_permission(client, aalst, permissions):
    client.force_login(staff(aalst, *permissions))
    row, failed = call(), message("test:2", location_code="AAL", state="failed", last_error="x")
    assert client.get(reverse("messages:index")).status_code == (200 if permissions else 302)
    record(client, row, outcome="reached")
    client.post(reverse("messages:settle", args=[row.pk]))
    client.post(reverse("messages:retry", args=[failed.pk]))
    row.refresh_from_db()
    failed.refresh_from_db()
    assert (row.state, failed.state) == ("waiting", "failed")


@pytest.mark.parametrize("name", ["calls:record", "messages:retry", "messages:settle"])
def test_get_request_changes_nothing(desk, name):
    row = call()
    assert desk.get(reverse(name, args=[row.pk])).status_code == 405


@pytest.mark.parametrize("name", ["calls:index", "messages:index"])
def test_lists_take_the_same_queries_with_more_rows(desk, name, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    call()
    desk.get(reverse(name))
    with CaptureQueriesContext(
        connection,
    ) as few:
        desk.get(reverse(name))
    for number in range(20):
        call(f"more:{number}")
    with django_assert_num_queries(len(few)):
        desk.get(reverse(name))
    assert len(few) <= 25
