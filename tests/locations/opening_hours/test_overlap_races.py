"""Tests of overlapping days and stops that are saved at the same moment."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, IntegrityError
from django.test import Client

from home.core.roles import Role
from locations.opening_hours.models import AdjustedDays
from tests.concurrency import run_concurrently
from tests.factories import locations
from tests.factories.location_forms import inline_formset_data

pytestmark = pytest.mark.django_db(transaction=True)
THREADS = 8
DAY = date(2027, 7, 5)
INLINE_FEATURES = "Deze dagen overlappen met andere uren die er al staan: 05/07/2027 – 09/07/2027."


@pytest.mark.parametrize("together", [False, True], ids=["place", "partnership"])
def test_concurrent_overlapping_ranges_save_one(together):
    owner = (
        {"partnership": locations.partnership()} if together else {"location": locations.location()}
    )

    def another(number):
        first = DAY + timedelta(days=number)
        AdjustedDays.objects.bulk_create(
            [AdjustedDays(first_day=first, last_day=DAY + timedelta(days=20), **owner)]
        )

    answers = run_concurrently(
        *[lambda number=number: another(number) for number in range(THREADS)]
    )

    assert AdjustedDays.objects.count() == 1
    assert sum(answer is None for answer in answers) == 1, answers
    assert all(isinstance(answer, DatabaseError | None) for answer in answers), answers
    assert any(isinstance(answer, IntegrityError) for answer in answers), answers


def test_concurrent_editor_sees_overlap_as_form_error():
    location = locations.location("AAL", partnership=locations.partnership())
    staff = locations.staff(Role.ADMINISTRATOR)
    data = {
        "location": location.pk,
        "first_day": "2027-07-05",
        "last_day": "2027-07-09",
        "reason": "",
        **inline_formset_data("hours", [{"weekday": "0", "opens": "09:00", "closes": "12:00"}]),
    }

    def save(client):
        return client.post("/beheer/andere-uren/new/", data)

    clients = [Client() for _turn in range(THREADS)]
    for client in clients:
        client.force_login(staff)
    answers = run_concurrently(*[lambda client=client: save(client) for client in clients])

    assert sorted(answer.status_code for answer in answers) == [200] * (THREADS - 1) + [302]
    said = [one.context["form"].errors for one in answers if one.status_code == 200]
    assert said == [{"first_day": [INLINE_FEATURES]}] * (THREADS - 1)
    assert AdjustedDays.objects.get().hours.count() == 1


def test_concurrent_planner_sees_stop_conflict_as_form_error():
    bus = locations.location("BUS", kind="bus", partnership=locations.partnership())
    planner = locations.staff(Role.ADMINISTRATOR)
    clients = [Client() for _turn in range(THREADS)]
    for client in clients:
        client.force_login(planner)

    def plan(client, number):
        stop = {
            "location": bus.pk,
            "place": f"Dorp {number}",
            "starts_at": f"2027-07-05 09:{number:02d}",
            "ends_at": "2027-07-05 11:30",
        }
        return client.post("/beheer/haltes/new/", stop)

    calls = [lambda pair=(one, turn): plan(*pair) for turn, one in enumerate(clients)]
    answers = run_concurrently(*calls)

    assert bus.stops.count() == 1
    assert sorted(answer.status_code for answer in answers) == [200] * (THREADS - 1) + [302]
    said = [list(one.context["form"].errors) for one in answers if one.status_code == 200]
    assert said == [["starts_at"]] * (THREADS - 1)
