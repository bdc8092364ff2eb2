"""Tests of closing a location today and reopening it."""

from datetime import date, datetime, timedelta

import pytest
import time_machine
from wagtail.models import ModelLogEntry

from home.core.roles import Role
from locations.core.time_zone import BRUSSELS
from locations.opening_hours.errors import (
    AlreadyClosed,
    ClosureIsPlanned,
    HoursError,
    LastDayOutOfRange,
    NotClosed,
    ReasonMissing,
)
from locations.opening_hours.loading import load_calendars
from locations.opening_hours.models import ClosedDays, HoursVersion
from locations.opening_hours.operations import closure_today
from tests.factories import locations

pytestmark = pytest.mark.django_db
NOW = locations.MONDAY_MORNING
TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def location():
    location = locations.location("AAL", name="Digipunt Aalst", partnership=locations.partnership())
    locations.rule(location, 0)
    locations.rule(location, 1)
    return location


def is_open(location, at=NOW):
    return load_calendars([location])[location.pk].is_open(at)


def test_closure_applies_at_once_with_reason_and_user(location):
    user = locations.staff(Role.DESK, location)
    days = closure_today.close_today(location, reason="Ziekte", user=user)

    assert not is_open(location)
    assert (days.first_day, days.last_day, days.reason) == (TODAY, TODAY, "Ziekte")
    assert closure_today.unplanned_closures([days.pk])[days.pk].user == user
    assert HoursVersion.objects.order_by("-pk").first().user == user


@pytest.mark.parametrize(
    ("ahead", "refused"),
    [(-1, True), (0, False), (1, False), (31, False), (32, True)],
    ids=["yesterday", "today", "tomorrow", "the longest", "too long"],
)
def test_last_day_is_refused_unless_within_a_month(location, ahead, refused):
    until = TODAY + timedelta(days=ahead)
    if refused:
        with pytest.raises(LastDayOutOfRange):
            closure_today.close_today(location, reason="Ziekte", until=until)
        assert not ClosedDays.objects.exists()
    else:
        assert closure_today.close_today(location, reason="Ziekte", until=until).last_day == until


@pytest.mark.parametrize("reason", ["", "   "])
def test_closure_is_refused_without_reason(location, reason):
    with pytest.raises(ReasonMissing):
        closure_today.close_today(location, reason=reason)


@pytest.mark.parametrize("reason", ["85.07.30-033.28", "x" * 121])
def test_closure_is_refused_when_reason_is_invalid(location, reason):
    with pytest.raises(HoursError):
        closure_today.close_today(location, reason=reason)
    assert not ClosedDays.objects.exists()


@pytest.mark.parametrize("owner", ["location", "partnership"])
def test_closure_is_refused_when_location_is_closed_already(location, owner):
    row = location if owner == "location" else location.partnership
    ClosedDays.objects.create(first_day=TODAY, last_day=TODAY, reason="Feest", **{owner: row})

    with pytest.raises(AlreadyClosed, match="Feest"):
        closure_today.close_today(location, reason="Ziekte")
    assert ClosedDays.objects.count() == 1


def test_closure_is_allowed_when_only_a_service_is_closed(location):
    ClosedDays.objects.create(
        location=location, service=locations.service(), first_day=TODAY, last_day=TODAY
    )
    assert closure_today.close_today(location, reason="Ziekte")


def test_closure_is_deleted_when_reopened_on_first_day(location):
    user = locations.staff(Role.DESK, location)
    closure_today.reopen(closure_today.close_today(location, reason="Ziekte"), user=user)

    assert is_open(location)
    assert not ClosedDays.objects.exists()
    assert ModelLogEntry.objects.filter(action=closure_today.REOPEN, user=user).count() == 1


def test_closure_ends_yesterday_when_reopened_later(location):
    days = closure_today.close_today(location, reason="Ziekte", until=TODAY + timedelta(days=3))
    tomorrow = NOW + timedelta(days=1)
    closure_today.reopen(days, now=tomorrow)

    days.refresh_from_db()
    assert (days.first_day, days.last_day) == (TODAY, TODAY)
    assert is_open(location, tomorrow)


def test_planned_closure_cannot_be_reopened(location):
    days = ClosedDays.objects.create(location=location, first_day=TODAY, last_day=TODAY)
    with pytest.raises(ClosureIsPlanned):
        closure_today.reopen(days)
    assert ClosedDays.objects.exists()


def test_reopening_is_refused_when_closure_is_over(location):
    days = closure_today.close_today(location, reason="Ziekte")
    with pytest.raises(NotClosed):
        closure_today.reopen(days, now=NOW + timedelta(days=1))
    closure_today.reopen(days)
    days.pk = 1
    with pytest.raises(NotClosed):
        closure_today.reopen(days)


# The screen.


@pytest.fixture
def desk(client, location):
    user = locations.staff(Role.DESK, location)
    client.force_login(user)
    return user


def test_reason_button_closes_location(client, location, desk):
    response = client.post(f"/beheer/vandaag/{location.pk}/sluiten/", {"reason": "illness"})

    assert response.url == "/beheer/vandaag/"
    days = ClosedDays.objects.get()
    assert (days.location, days.first_day, days.last_day) == (location, TODAY, TODAY)
    assert days.reason


@pytest.mark.parametrize(
    ("data", "until", "words"),
    [
        ({"reason": "", "text": "We verhuizen"}, TODAY, "We verhuizen"),
        ({"reason": "", "text": "Ziek", "until": "2026-11-24"}, date(2026, 11, 24), "Ziek"),
        ({"reason": "", "text": "Ziek", "until": "morgen"}, TODAY, "Ziek"),
    ],
)
def test_typed_reason_and_last_day_are_saved(client, location, desk, data, until, words):
    client.post(f"/beheer/vandaag/{location.pk}/sluiten/", {**data, "back": "dashboard"})

    days = ClosedDays.objects.get()
    assert (days.last_day, days.reason) == (until, words)


def test_typed_text_is_added_to_reason_of_button(client, location, desk):
    client.post(
        f"/beheer/vandaag/{location.pk}/sluiten/", {"reason": "illness", "text": "Bel ons gerust"}
    )
    assert ClosedDays.objects.get().reason.endswith(". Bel ons gerust")


def test_reopen_button_reopens_location(client, location, desk):
    days = closure_today.close_today(location, reason="Ziekte")
    page = client.get("/beheer/vandaag/").content.decode()
    assert f"/beheer/vandaag/dagen/{days.pk}/open/" in page

    client.post(f"/beheer/vandaag/dagen/{days.pk}/open/")
    assert not ClosedDays.objects.exists()


@pytest.mark.parametrize(
    "address", ["/beheer/vandaag/{}/sluiten/", "/beheer/vandaag/dagen/{}/open/"]
)
def test_get_request_changes_nothing(client, location, desk, address):
    days = closure_today.close_today(location, reason="Ziekte")
    key = location.pk if "sluiten" in address else days.pk

    assert client.get(address.format(key)).status_code == 405
    assert ClosedDays.objects.count() == 1


@pytest.mark.parametrize(
    ("role", "may"),
    [
        (Role.DESK, True),
        (Role.HELPER, True),
        (Role.COORDINATOR, True),
        (Role.ADMINISTRATOR, True),
        (Role.EDITOR, False),
        (Role.REFURBISHER, False),
        (Role.LOGISTICS, False),
        (Role.REFERRER, False),
    ],
)
def test_closing_requires_permission(client, location, role, may):
    client.force_login(locations.staff(role, location))
    client.post(f"/beheer/vandaag/{location.pk}/sluiten/", {"reason": "illness"})

    assert ClosedDays.objects.exists() is may
    assert ("door__close" in client.get("/beheer/").content.decode()) is False
    ClosedDays.objects.all().delete()
    assert ("door__close" in client.get("/beheer/").content.decode()) is may


def test_closing_another_location_is_not_found(client, desk):
    other = locations.location("HAL", name="Digiplek Halle")
    days = closure_today.close_today(other, reason="Ziekte")

    assert "Digiplek Halle" not in client.get("/beheer/vandaag/").content.decode()
    assert client.post(f"/beheer/vandaag/{other.pk}/sluiten/", {"text": "x"}).status_code == 404
    assert client.post(f"/beheer/vandaag/dagen/{days.pk}/open/").status_code == 404
    assert ClosedDays.objects.get() == days


def test_hidden_location_cannot_be_closed(client):
    hidden = locations.location("ATH", name="Atelier", kind="workshop")
    client.force_login(locations.staff(Role.ADMINISTRATOR))

    assert "Atelier" not in client.get("/beheer/vandaag/").content.decode()
    assert client.post(f"/beheer/vandaag/{hidden.pk}/sluiten/", {"text": "x"}).status_code == 404


def test_today_screen_query_count_is_independent_of_number_of_locations(
    client, location, django_assert_max_num_queries
):
    client.force_login(locations.staff(Role.ADMINISTRATOR))
    closure_today.close_today(location, reason="Ziekte")
    client.get("/beheer/vandaag/")

    for _ in range(2):
        with django_assert_max_num_queries(18):
            client.get("/beheer/vandaag/")
        for _ in range(12):
            other = locations.location(partnership=location.partnership)
            locations.rule(other, 0)
            closure_today.close_today(other, reason="Ziekte")


def test_today_changes_at_midnight_in_brussels(location):
    late = datetime(2026, 11, 23, 23, 59, tzinfo=BRUSSELS)
    days = closure_today.close_today(location, reason="Ziekte", now=late)
    assert days.first_day == TODAY
    with pytest.raises(NotClosed):
        closure_today.reopen(days, now=late + timedelta(minutes=1))
