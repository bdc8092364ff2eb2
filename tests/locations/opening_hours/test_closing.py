"""Closed today, by whoever stands at the door; and open after all."""

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
def place():
    place = locations.location("AAL", name="Digipunt Aalst", partnership=locations.partnership())
    locations.rule(place, 0)
    locations.rule(place, 1)
    return place


def is_open(place, at=NOW):
    return load_calendars([place])[place.pk].is_open(at)


def test_a_door_is_shut_at_once_with_its_reason_and_who_did_it(place):
    user = locations.staff(Role.DESK, place)
    days = closure_today.close_today(place, reason="Ziekte", user=user)

    assert not is_open(place)
    assert (days.first_day, days.last_day, days.reason) == (TODAY, TODAY, "Ziekte")
    assert closure_today.unplanned_closures([days.pk])[days.pk].user == user
    assert HoursVersion.objects.order_by("-pk").first().user == user


@pytest.mark.parametrize(
    ("ahead", "refused"),
    [(-1, True), (0, False), (1, False), (31, False), (32, True)],
    ids=["yesterday", "today", "tomorrow", "the longest", "too long"],
)
def test_the_last_day_is_today_or_at_most_a_month_ahead(place, ahead, refused):
    until = TODAY + timedelta(days=ahead)
    if refused:
        with pytest.raises(LastDayOutOfRange):
            closure_today.close_today(place, reason="Ziekte", until=until)
        assert not ClosedDays.objects.exists()
    else:
        assert closure_today.close_today(place, reason="Ziekte", until=until).last_day == until


@pytest.mark.parametrize("reason", ["", "   "])
def test_a_door_is_not_shut_without_a_reason(place, reason):
    with pytest.raises(ReasonMissing):
        closure_today.close_today(place, reason=reason)


@pytest.mark.parametrize("reason", ["85.07.30-033.28", "x" * 121])
def test_a_reason_that_may_not_be_kept_is_refused_in_a_sentence(place, reason):
    with pytest.raises(HoursError):
        closure_today.close_today(place, reason=reason)
    assert not ClosedDays.objects.exists()


@pytest.mark.parametrize("owner", ["location", "partnership"])
def test_a_door_that_is_shut_already_is_not_shut_twice(place, owner):
    row = place if owner == "location" else place.partnership
    ClosedDays.objects.create(first_day=TODAY, last_day=TODAY, reason="Feest", **{owner: row})

    with pytest.raises(AlreadyClosed, match="Feest"):
        closure_today.close_today(place, reason="Ziekte")
    assert ClosedDays.objects.count() == 1


def test_closed_days_of_one_service_do_not_stop_it(place):
    ClosedDays.objects.create(
        location=place, service=locations.service(), first_day=TODAY, last_day=TODAY
    )
    assert closure_today.close_today(place, reason="Ziekte")


def test_the_same_day_it_can_be_undone(place):
    user = locations.staff(Role.DESK, place)
    closure_today.reopen(closure_today.close_today(place, reason="Ziekte"), user=user)

    assert is_open(place)
    assert not ClosedDays.objects.exists()
    assert ModelLogEntry.objects.filter(action=closure_today.REOPEN, user=user).count() == 1


def test_the_day_after_the_day_before_stays_closed(place):
    days = closure_today.close_today(place, reason="Ziekte", until=TODAY + timedelta(days=3))
    tomorrow = NOW + timedelta(days=1)
    closure_today.reopen(days, now=tomorrow)

    days.refresh_from_db()
    assert (days.first_day, days.last_day) == (TODAY, TODAY)
    assert is_open(place, tomorrow)


def test_what_was_planned_is_not_undone_at_the_door(place):
    days = ClosedDays.objects.create(location=place, first_day=TODAY, last_day=TODAY)
    with pytest.raises(ClosureIsPlanned):
        closure_today.reopen(days)
    assert ClosedDays.objects.exists()


def test_what_is_over_or_undone_can_not_be_undone_again(place):
    days = closure_today.close_today(place, reason="Ziekte")
    with pytest.raises(NotClosed):
        closure_today.reopen(days, now=NOW + timedelta(days=1))
    closure_today.reopen(days)
    days.pk = 1
    with pytest.raises(NotClosed):
        closure_today.reopen(days)


# The screen.


@pytest.fixture
def desk(client, place):
    user = locations.staff(Role.DESK, place)
    client.force_login(user)
    return user


def test_the_button_of_a_reason_shuts_the_door(client, place, desk):
    response = client.post(f"/beheer/vandaag/{place.pk}/sluiten/", {"reason": "illness"})

    assert response.url == "/beheer/vandaag/"
    days = ClosedDays.objects.get()
    assert (days.location, days.first_day, days.last_day) == (place, TODAY, TODAY)
    assert days.reason


@pytest.mark.parametrize(
    ("data", "until", "words"),
    [
        ({"reason": "", "text": "We verhuizen"}, TODAY, "We verhuizen"),
        ({"reason": "", "text": "Ziek", "until": "2026-11-24"}, date(2026, 11, 24), "Ziek"),
        ({"reason": "", "text": "Ziek", "until": "morgen"}, TODAY, "Ziek"),
    ],
)
def test_own_words_and_a_last_day_come_along(client, place, desk, data, until, words):
    client.post(f"/beheer/vandaag/{place.pk}/sluiten/", {**data, "back": "dashboard"})

    days = ClosedDays.objects.get()
    assert (days.last_day, days.reason) == (until, words)


def test_own_words_follow_the_reason_of_the_button(client, place, desk):
    client.post(
        f"/beheer/vandaag/{place.pk}/sluiten/", {"reason": "illness", "text": "Bel ons gerust"}
    )
    assert ClosedDays.objects.get().reason.endswith(". Bel ons gerust")


def test_a_door_opens_again_from_the_screen(client, place, desk):
    days = closure_today.close_today(place, reason="Ziekte")
    page = client.get("/beheer/vandaag/").content.decode()
    assert f"/beheer/vandaag/dagen/{days.pk}/open/" in page

    client.post(f"/beheer/vandaag/dagen/{days.pk}/open/")
    assert not ClosedDays.objects.exists()


@pytest.mark.parametrize(
    "address", ["/beheer/vandaag/{}/sluiten/", "/beheer/vandaag/dagen/{}/open/"]
)
def test_looking_changes_nothing(client, place, desk, address):
    days = closure_today.close_today(place, reason="Ziekte")
    key = place.pk if "sluiten" in address else days.pk

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
def test_who_may_shut_a_door(client, place, role, may):
    client.force_login(locations.staff(role, place))
    client.post(f"/beheer/vandaag/{place.pk}/sluiten/", {"reason": "illness"})

    assert ClosedDays.objects.exists() is may
    assert ("door__close" in client.get("/beheer/").content.decode()) is False
    ClosedDays.objects.all().delete()
    assert ("door__close" in client.get("/beheer/").content.decode()) is may


def test_the_door_of_another_place_is_not_there(client, desk):
    other = locations.location("HAL", name="Digiplek Halle")
    days = closure_today.close_today(other, reason="Ziekte")

    assert "Digiplek Halle" not in client.get("/beheer/vandaag/").content.decode()
    assert client.post(f"/beheer/vandaag/{other.pk}/sluiten/", {"text": "x"}).status_code == 404
    assert client.post(f"/beheer/vandaag/dagen/{days.pk}/open/").status_code == 404
    assert ClosedDays.objects.get() == days


def test_a_workshop_has_no_door_for_visitors(client):
    hidden = locations.location("ATH", name="Atelier", kind="workshop")
    client.force_login(locations.staff(Role.ADMINISTRATOR))

    assert "Atelier" not in client.get("/beheer/vandaag/").content.decode()
    assert client.post(f"/beheer/vandaag/{hidden.pk}/sluiten/", {"text": "x"}).status_code == 404


def test_the_screen_asks_as_much_for_many_places_as_for_one(
    client, place, django_assert_max_num_queries
):
    client.force_login(locations.staff(Role.ADMINISTRATOR))
    closure_today.close_today(place, reason="Ziekte")
    client.get("/beheer/vandaag/")

    for _ in range(2):
        with django_assert_max_num_queries(18):
            client.get("/beheer/vandaag/")
        for _ in range(12):
            other = locations.location(partnership=place.partnership)
            locations.rule(other, 0)
            closure_today.close_today(other, reason="Ziekte")


def test_midnight_in_brussels_is_where_a_day_ends(place):
    late = datetime(2026, 11, 23, 23, 59, tzinfo=BRUSSELS)
    days = closure_today.close_today(place, reason="Ziekte", now=late)
    assert days.first_day == TODAY
    with pytest.raises(NotClosed):
        closure_today.reopen(days, now=late + timedelta(minutes=1))
