"""Tests of the admin of stops: listing, form and bulk actions."""

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
def test_stop_listing_shows_upcoming_stops_by_default(client, bus, planner, query, places):
    stop(bus, at(2026, 11, 18, 9), "Oud")
    stop(bus)
    stop(bus, at(2026, 12, 9, 9), "Baal", cancelled_reason="Panne", host="Buurthuis")
    assert [one.place for one in listed(client, query)] == places


def test_stop_listing_shows_closed_days(client, bus, planner):
    stop(bus)
    day = at(2026, 12, 2).date()
    ClosedDays.objects.create(location=bus, first_day=day, last_day=day, reason="Teamdag")
    (one,) = listed(client)
    assert "Teamdag" in one.state


def test_stop_listing_query_count_is_independent_of_number_of_stops(
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
def test_stop_is_refused_when_bus_has_another_stop(client, bus, planner, starts, ends, free):
    stop(bus, at(2026, 12, 9, 9, 30))
    response = client.post("/beheer/haltes/new/", new_stop(bus, starts_at=starts, ends_at=ends))
    assert bus.stops.filter(place="Baal").exists() is free
    if not free:
        (said,) = response.context["form"].errors["starts_at"]
        assert "Werchter" in said


def test_stop_is_refused_when_it_ends_on_another_day(client, bus, planner):
    late = new_stop(bus, starts_at="2026-12-09 22:00", ends_at="2026-12-10 01:00")
    response = client.post("/beheer/haltes/new/", late)
    assert "ends_at" in response.context["form"].errors
    assert not bus.stops.exists()


def test_stop_is_saved_with_a_warning_on_closed_day(client, bus, planner):
    day = at(2026, 12, 9).date()
    ClosedDays.objects.create(location=bus, first_day=day, last_day=day, reason="Teamdag")
    response = client.post("/beheer/haltes/new/", new_stop(bus), follow=True)
    assert bus.stops.count() == 1
    assert any("Teamdag" in str(said) for said in response.context["messages"])


def test_stop_does_not_conflict_with_itself(client, bus, planner):
    one = stop(bus, at(2026, 12, 9, 9, 30))
    client.post(f"/beheer/haltes/edit/{one.pk}/", new_stop(bus, ends_at="2026-12-09 12:30"))
    one.refresh_from_db()
    assert (one.place, one.ends_at) == ("Baal", at(2026, 12, 9, 12, 30))


def test_cancelled_stop_does_not_conflict(client, bus, planner):
    stop(bus, at(2026, 12, 9, 9, 30), cancelled_reason="Panne")
    client.post("/beheer/haltes/new/", new_stop(bus))
    assert bus.stops.filter(place="Baal").exists()


def test_stops_of_mobile_digipunt_can_overlap(client, together, planner):
    mobile = locations.location("MOB", kind="mobile", partnership=together)
    stop(mobile, at(2026, 12, 9, 9, 30))
    client.post("/beheer/haltes/new/", new_stop(mobile))
    assert mobile.stops.filter(place="Baal").exists()


def test_stop_is_refused_when_it_ends_before_it_starts(client, bus, planner):
    response = client.post("/beheer/haltes/new/", new_stop(bus, ends_at="2026-12-09 09:30"))
    assert "ends_at" in response.context["form"].errors


def test_stop_is_refused_for_fixed_location(client, together, planner):
    fixed = locations.location("AAL", kind="fixed", partnership=together)
    response = client.post("/beheer/haltes/new/", new_stop(fixed))
    assert "location" in response.context["form"].errors


def test_saved_stop_is_recorded_in_history(client, bus, planner):
    client.post("/beheer/haltes/new/", new_stop(bus))
    version = HoursVersion.objects.filter(location=bus).latest("pk")
    assert (version.user, version.data["stops"][0]["place"]) == (planner, "Baal")


def bulk(action, *chosen, listing="/beheer/haltes/"):
    url = reverse("wagtail_bulk_action", args=["locations", "stop", action])
    return f"{url}?{'&'.join(f'id={one}' for one in chosen)}&next={listing}"


def test_bulk_action_cancels_stops(client, bus, planner):
    one, other = stop(bus), stop(bus, at(2026, 12, 9, 9))
    client.post(bulk("cancel", one.pk, other.pk), {"reason": "De bus is stuk"})
    assert set(bus.stops.values_list("cancelled_reason", flat=True)) == {"De bus is stuk"}


def test_bulk_cancellation_requires_a_reason(client, bus, planner):
    one = stop(bus)
    response = client.post(bulk("cancel", one.pk), {"reason": ""})
    assert "reason" in response.context["form"].errors
    assert not bus.stops.get().is_cancelled


def test_bulk_action_on_all_uses_the_filters_of_the_listing(client, bus, planner):
    over, coming = stop(bus, at(2026, 11, 18, 9)), stop(bus)
    client.post(bulk("copy", "all"), {"weeks": 2, "times": 1})
    assert set(bus.stops.values_list("starts_at", flat=True)) == {
        over.starts_at,
        coming.starts_at,
        coming.starts_at + timedelta(weeks=2),
    }


def test_bulk_action_on_all_uses_the_search_of_the_listing(client, bus, planner):
    stop(bus)
    baal = stop(bus, at(2026, 12, 9, 9), "Baal")
    address = f"{bulk('cancel', 'all')}".partition("&next=")[0]
    client.post(f"{address}&next=%2Fbeheer%2Fhaltes%2F%3Fq%3Dbaal", {"reason": "Panne"})
    assert list(Stop.objects.exclude(cancelled_reason="")) == [baal]


def test_bulk_action_warns_when_too_many_stops_are_selected(client, bus, planner, monkeypatch):
    monkeypatch.setattr("locations.opening_hours.admin.stop_bulk_actions.MAX_SELECTED", 1)
    stop(bus)
    stop(bus, at(2026, 12, 9, 9), "Baal")
    response = client.get(bulk("cancel", "all"))
    assert "meer dan 1" in " ".join(str(message) for message in response.context["messages"])


def test_bulk_action_lists_skipped_stops(client, bus, planner):
    one = stop(bus)
    stop(bus, one.starts_at + timedelta(weeks=2))
    response = client.post(bulk("copy", one.pk), {"weeks": 2, "times": 2}, follow=True)
    said = " ".join(str(message) for message in response.context["messages"])
    assert "Werchter, " in said
    assert bus.stops.count() == 3


def test_bulk_action_reinstates_stops(client, bus, planner):
    one = stop(bus, cancelled_reason="Panne")
    client.post(bulk("reinstate", one.pk))
    assert not bus.stops.get().is_cancelled


@pytest.mark.parametrize("export", ["csv", "xlsx"])
def test_stops_can_be_exported(client, bus, planner, export):
    stop(bus, host="=Bib")
    response = client.get("/beheer/haltes/", {"export": export})
    content = response.getvalue()
    assert response.status_code == 200
    if export == "csv":
        assert "2026-12-02 09:30" in content.decode()
        assert "'=Bib" in content.decode()


@pytest.mark.parametrize("action", ["cancel", "reinstate", "copy"])
@pytest.mark.parametrize("role", [Role.HELPER, Role.DESK, Role.LOGISTICS])
def test_bulk_action_requires_permission(client, bus, role, action):
    one = stop(bus)
    client.force_login(locations.staff(role, bus))
    response = client.post(bulk(action, one.pk), {"reason": "x", "weeks": 2, "times": 1})
    assert response.status_code in (302, 403)
    assert list(bus.stops.values_list("cancelled_reason", flat=True)) == [""]


def test_stops_of_other_locations_are_not_found(client, bus, planner):
    other = locations.location(
        "BUS2", kind="bus", name="Andere", partnership=locations.partnership("Ander")
    )
    theirs = stop(other)
    client.post(bulk("cancel", theirs.pk), {"reason": "x"})
    client.post(bulk("copy", theirs.pk), {"weeks": 2, "times": 1})
    assert list(listed(client)) == []
    assert not other.stops.get().is_cancelled
