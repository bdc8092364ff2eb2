"""The planning of the bus in the admin: the list, one stop, and many at once."""

from datetime import timedelta

import pytest
from django.urls import reverse

from home.core.roles import Role
from locations.opening_hours.models import ClosedDays, HoursVersion, Stop
from tests.factories import locations
from tests.factories.stops import at, stop

pytestmark = pytest.mark.django_db


def listed(client, query=""):
    return client.get(f"/beheer/haltes/{query}").context["object_list"]


@pytest.mark.parametrize(
    ("query", "places"),
    [
        ("", ["Werchter", "Baal"]),
        ("?when=over", ["Oud"]),
        ("?when=all", ["Oud", "Werchter", "Baal"]),
        ("?goes=yes", ["Werchter"]),
        ("?goes=no", ["Baal"]),
        ("?first_day=2026-12-02", ["Werchter", "Baal"]),
        ("?first_day=2026-12-03", ["Baal"]),
        ("?last_day=2026-12-09", ["Oud", "Werchter", "Baal"]),
        ("?last_day=2026-12-08", ["Oud", "Werchter"]),
        ("?first_day=2026-11-18&last_day=2026-11-18", ["Oud"]),
        ("?host=buurth", ["Baal"]),
        ("?q=baal", ["Baal"]),
    ],
)
def test_the_listing_shows_what_is_still_to_come_unless_asked(client, bus, planner, query, places):
    stop(bus, at(2026, 11, 18, 9), "Oud")
    stop(bus)
    stop(bus, at(2026, 12, 9, 9), "Baal", cancelled_reason="Panne", host="Buurthuis")
    assert [one.place for one in listed(client, query)] == places


def test_the_listing_says_that_a_stop_falls_on_a_closed_day(client, bus, planner):
    stop(bus)
    day = at(2026, 12, 2).date()
    ClosedDays.objects.create(location=bus, first_day=day, last_day=day, reason="Teamdag")
    (one,) = listed(client)
    assert "Teamdag" in one.state


def test_the_listing_costs_the_same_with_twenty_more(
    client, bus, planner, django_assert_max_num_queries
):
    def count():
        with django_assert_max_num_queries(40) as counted:
            client.get("/beheer/haltes/")
        return len(counted)

    stop(bus)
    before = [count(), count()][1]
    for day in range(3, 23):
        stop(bus, at(2026, 12, day, 9))
    assert count() == before


def new_stop(bus, **fields):
    return {
        "location": bus.pk,
        "place": "Baal",
        "starts_at": "2026-12-09 09:30",
        "ends_at": "2026-12-09 11:30",
    } | fields


@pytest.mark.parametrize(
    ("starts", "ends", "free"),
    [
        ("2026-12-09 08:00", "2026-12-09 09:30", True),
        ("2026-12-09 08:00", "2026-12-09 09:31", False),
        ("2026-12-09 10:00", "2026-12-09 11:00", False),
        ("2026-12-09 11:29", "2026-12-09 13:00", False),
        ("2026-12-09 11:30", "2026-12-09 13:00", True),
    ],
    ids=["just before", "meets the start", "within", "meets the end", "just after"],
)
def test_the_bus_is_in_one_place_at_a_time(client, bus, planner, starts, ends, free):
    stop(bus, at(2026, 12, 9, 9, 30))
    response = client.post("/beheer/haltes/new/", new_stop(bus, starts_at=starts, ends_at=ends))
    assert bus.stops.filter(place="Baal").exists() is free
    if not free:
        (said,) = response.context["form"].errors["starts_at"]
        assert "Werchter" in said


def test_a_stop_ends_on_the_day_on_which_it_begins(client, bus, planner):
    late = new_stop(bus, starts_at="2026-12-09 22:00", ends_at="2026-12-10 01:00")
    response = client.post("/beheer/haltes/new/", late)
    assert "ends_at" in response.context["form"].errors
    assert not bus.stops.exists()


def test_a_stop_on_a_closed_day_is_saved_with_a_word_about_it(client, bus, planner):
    day = at(2026, 12, 9).date()
    ClosedDays.objects.create(location=bus, first_day=day, last_day=day, reason="Teamdag")
    response = client.post("/beheer/haltes/new/", new_stop(bus), follow=True)
    assert bus.stops.count() == 1
    assert any("Teamdag" in str(said) for said in response.context["messages"])


def test_a_stop_that_is_changed_does_not_stand_in_its_own_way(client, bus, planner):
    one = stop(bus, at(2026, 12, 9, 9, 30))
    client.post(f"/beheer/haltes/edit/{one.pk}/", new_stop(bus, ends_at="2026-12-09 12:30"))
    one.refresh_from_db()
    assert (one.place, one.ends_at) == ("Baal", at(2026, 12, 9, 12, 30))


def test_a_cancelled_stop_leaves_the_bus_free(client, bus, planner):
    stop(bus, at(2026, 12, 9, 9, 30), cancelled_reason="Panne")
    client.post("/beheer/haltes/new/", new_stop(bus))
    assert bus.stops.filter(place="Baal").exists()


def test_a_mobile_digipunt_can_have_two_teams_on_the_road(client, together, planner):
    mobile = locations.location("MOB", kind="mobile", partnership=together)
    stop(mobile, at(2026, 12, 9, 9, 30))
    client.post("/beheer/haltes/new/", new_stop(mobile))
    assert mobile.stops.filter(place="Baal").exists()


def test_the_end_comes_after_the_start(client, bus, planner):
    response = client.post("/beheer/haltes/new/", new_stop(bus, ends_at="2026-12-09 09:30"))
    assert "ends_at" in response.context["form"].errors


def test_a_stop_is_never_of_a_place_with_a_door(client, together, planner):
    fixed = locations.location("AAL", kind="fixed", partnership=together)
    response = client.post("/beheer/haltes/new/", new_stop(fixed))
    assert "location" in response.context["form"].errors


def test_a_stop_that_is_saved_is_in_the_history_of_the_hours(client, bus, planner):
    client.post("/beheer/haltes/new/", new_stop(bus))
    version = HoursVersion.objects.filter(location=bus).latest("pk")
    assert (version.user, version.data["stops"][0]["place"]) == (planner, "Baal")


def bulk(action, *chosen, listing="/beheer/haltes/"):
    url = reverse("wagtail_bulk_action", args=["locations", "stop", action])
    return f"{url}?{'&'.join(f'id={one}' for one in chosen)}&next={listing}"


def test_many_stops_are_cancelled_at_once(client, bus, planner):
    one, other = stop(bus), stop(bus, at(2026, 12, 9, 9))
    client.post(bulk("cancel", one.pk, other.pk), {"reason": "De bus is stuk"})
    assert set(bus.stops.values_list("cancelled_reason", flat=True)) == {"De bus is stuk"}


def test_without_a_reason_the_screen_asks_for_it(client, bus, planner):
    one = stop(bus)
    response = client.post(bulk("cancel", one.pk), {"reason": ""})
    assert "reason" in response.context["form"].errors
    assert not bus.stops.get().is_cancelled


def test_all_is_what_the_listing_showed(client, bus, planner):
    over, coming = stop(bus, at(2026, 11, 18, 9)), stop(bus)
    client.post(bulk("copy", "all"), {"weeks": 2, "times": 1})
    assert set(bus.stops.values_list("starts_at", flat=True)) == {
        over.starts_at,
        coming.starts_at,
        coming.starts_at + timedelta(weeks=2),
    }


def test_all_of_what_was_searched_for_leaves_the_others_alone(client, bus, planner):
    stop(bus)
    baal = stop(bus, at(2026, 12, 9, 9), "Baal")
    address = f"{bulk('cancel', 'all')}".partition("&next=")[0]
    client.post(f"{address}&next=%2Fbeheer%2Fhaltes%2F%3Fq%3Dbaal", {"reason": "Panne"})
    assert list(Stop.objects.exclude(cancelled_reason="")) == [baal]


def test_more_than_can_be_done_at_once_is_said(client, bus, planner, monkeypatch):
    monkeypatch.setattr("locations.opening_hours.admin.stop_bulk_actions.MAX_SELECTED", 1)
    stop(bus)
    stop(bus, at(2026, 12, 9, 9), "Baal")
    response = client.get(bulk("cancel", "all"))
    assert "meer dan 1" in " ".join(str(message) for message in response.context["messages"])


def test_what_was_left_alone_is_said_on_the_screen(client, bus, planner):
    one = stop(bus)
    stop(bus, one.starts_at + timedelta(weeks=2))
    response = client.post(bulk("copy", one.pk), {"weeks": 2, "times": 2}, follow=True)
    said = " ".join(str(message) for message in response.context["messages"])
    assert "Werchter, " in said
    assert bus.stops.count() == 3


def test_a_cancellation_is_taken_back_from_the_listing(client, bus, planner):
    one = stop(bus, cancelled_reason="Panne")
    client.post(bulk("reinstate", one.pk))
    assert not bus.stops.get().is_cancelled


@pytest.mark.parametrize("export", ["csv", "xlsx"])
def test_the_planning_is_exported(client, bus, planner, export):
    stop(bus, host="=Bib")
    response = client.get("/beheer/haltes/", {"export": export})
    content = response.getvalue()
    assert response.status_code == 200
    if export == "csv":
        assert "2026-12-02 09:30" in content.decode()
        assert "'=Bib" in content.decode()


@pytest.mark.parametrize("action", ["cancel", "reinstate", "copy"])
@pytest.mark.parametrize("role", [Role.HELPER, Role.DESK, Role.LOGISTICS])
def test_only_who_plans_the_bus_changes_many_stops(client, bus, role, action):
    one = stop(bus)
    client.force_login(locations.staff(role, bus))
    response = client.post(bulk(action, one.pk), {"reason": "x", "weeks": 2, "times": 1})
    assert response.status_code in (302, 403)
    assert list(bus.stops.values_list("cancelled_reason", flat=True)) == [""]


def test_stops_of_others_are_out_of_reach(client, bus, planner):
    other = locations.location(
        "BUS2", kind="bus", name="Andere", partnership=locations.partnership("Ander")
    )
    theirs = stop(other)
    client.post(bulk("cancel", theirs.pk), {"reason": "x"})
    client.post(bulk("copy", theirs.pk), {"weeks": 2, "times": 1})
    assert list(listed(client)) == []
    assert not other.stops.get().is_cancelled
