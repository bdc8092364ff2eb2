"""Tests of the list of runs and its permissions."""

from datetime import date

import pytest

from home.core.roles import Role
from locations.core.models import DigibankSettings, Topic
from tests.factories import locations
from tests.factories.registrations import register
from tests.factories.run_forms import post_edit

pytestmark = pytest.mark.django_db


def listed(client, **asked):
    response = client.get("/beheer/workshops-op-datum/", asked)
    return [run.pk for run in response.context["object_list"]]


def test_list_shows_upcoming_runs_by_default(client, coordinator, page, location):
    page.topic = Topic.objects.create(name="Itsme", slug="itsme-2")
    page.save()
    old = locations.run(page, location, date(2026, 11, 1))
    off = locations.run(
        page, location, date(2026, 12, 1), status="cancelled", cancelled_reason="ziek"
    )
    on = locations.run(page, location)

    assert listed(client) == [off.pk, on.pk]
    assert listed(client, when="over") == [old.pk]
    assert listed(client, when="all", status="planned") == [old.pk, on.pk]
    assert listed(client, topic=page.topic.pk) == [off.pk, on.pk]
    other = Topic.objects.create(name="Mail", slug="mail-2")
    assert listed(client, topic=other.pk) == []


def test_list_shows_seat_counts_with_a_constant_number_of_queries(
    client, coordinator, page, location, django_assert_max_num_queries
):
    run = locations.run(page, location, capacity=1)
    register(run, 1), register(run, 2)

    def cost():
        with django_assert_max_num_queries(26) as counted:
            response = client.get("/beheer/workshops-op-datum/")
        return len(counted), response.context["object_list"]

    cost()
    before, rows = cost()
    assert [(row.taken, row.waiting) for row in rows] == [(1, 1)]
    for number in range(12):
        register(locations.run(page, location, date(2026, 12, 11)), number)
    assert cost()[0] == before


@pytest.mark.parametrize(
    ("role", "plans"),
    [(Role.EDITOR, True), (Role.COORDINATOR, True), (Role.DESK, False), (Role.HELPER, False)],
)
def test_planning_is_allowed_by_role(client, run, role, plans):
    client.force_login(locations.staff(role, run.location))

    post_edit(client, run, capacity=20)
    client.post(f"/beheer/workshops-op-datum/cancel/{run.pk}/", {"reason": "ziek"})

    run.refresh_from_db()
    assert (run.capacity == 20, run.is_cancelled) == (plans, plans)


@pytest.mark.parametrize("role", Role)
def test_settings_are_changed_by_coordinators_only(client, location, role):
    client.force_login(locations.staff(role, location))
    response = client.get(
        f"/beheer/settings/locations/digibanksettings/{DigibankSettings.load().pk}/"
    )

    assert (response.status_code == 200) is (role in (Role.COORDINATOR, Role.ADMINISTRATOR))
