"""Workshops on a date in a list: filters, numbers, costs, and who may do what."""

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


def test_the_list_holds_what_comes_unless_one_asks_for_more(client, coordinator, page, place):
    page.topic = Topic.objects.create(name="Itsme", slug="itsme-2")
    page.save()
    old = locations.run(page, place, date(2026, 11, 1))
    off = locations.run(page, place, date(2026, 12, 1), status="cancelled", cancelled_reason="ziek")
    on = locations.run(page, place)

    assert listed(client) == [off.pk, on.pk]
    assert listed(client, when="over") == [old.pk]
    assert listed(client, when="all", status="planned") == [old.pk, on.pk]
    assert listed(client, topic=page.topic.pk) == [off.pk, on.pk]
    other = Topic.objects.create(name="Mail", slug="mail-2")
    assert listed(client, topic=other.pk) == []


def test_the_list_says_who_sits_and_waits_and_costs_the_same_for_more(
    client, coordinator, page, place, django_assert_max_num_queries
):
    run = locations.run(page, place, capacity=1)
    register(run, 1), register(run, 2)

    def cost():
        with django_assert_max_num_queries(26) as counted:
            response = client.get("/beheer/workshops-op-datum/")
        return len(counted), response.context["object_list"]

    cost()
    before, rows = cost()
    assert [(row.taken, row.waiting) for row in rows] == [(1, 1)]
    for number in range(12):
        register(locations.run(page, place, date(2026, 12, 11)), number)
    assert cost()[0] == before


@pytest.mark.parametrize(
    ("role", "plans"),
    [(Role.EDITOR, True), (Role.COORDINATOR, True), (Role.DESK, False), (Role.HELPER, False)],
)
def test_who_plans_workshops(client, run, role, plans):
    client.force_login(locations.staff(role, run.location))

    post_edit(client, run, capacity=20)
    client.post(f"/beheer/workshops-op-datum/cancel/{run.pk}/", {"reason": "ziek"})

    run.refresh_from_db()
    assert (run.capacity == 20, run.is_cancelled) == (plans, plans)


@pytest.mark.parametrize("role", Role)
def test_only_who_runs_the_house_changes_how_we_work(client, place, role):
    client.force_login(locations.staff(role, place))
    response = client.get(
        f"/beheer/settings/locations/digibanksettings/{DigibankSettings.load().pk}/"
    )

    assert (response.status_code == 200) is (role in (Role.COORDINATOR, Role.ADMINISTRATOR))
