"""Someone who is not known yet: added at the desk, while the device waits."""

import pytest
from django.urls import reverse

from home.core.roles import Role
from lending.loans.models import Borrower
from tests.factories import staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def aalst():
    location = staff.place()
    staff.policy(location)
    return location


@pytest.fixture
def desk(client, aalst):
    client.force_login(staff.someone("tom", Role.DESK, aalst))
    return client


@pytest.fixture
def laptop(aalst):
    return staff.available(aalst)


def press(client, do, **data):
    return client.post(reverse("desk:index"), {"do": do, **data}, follow=True)


def new_person(aalst, **data):
    typed = {"name": "Fatima El Amrani", "phone": "0470 00 00 56", "location": aalst.pk} | data
    return {f"new-{name}": value for name, value in typed.items()}


def test_device_stays_on_the_desk_while_a_borrower_is_added(desk, aalst, laptop):
    response = press(desk, "add_borrower", device=laptop.number, **new_person(aalst))
    fatima = Borrower.objects.get()
    assert fatima.card == "L-00001"
    assert response.context["handing_over"]


def test_email_address_is_enough_for_a_borrower(desk, aalst):
    press(desk, "add_borrower", **new_person(aalst, phone="", email="f@example.org"))
    assert Borrower.objects.get().email == "f@example.org"


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"phone": ""}, "phone"),
        ({"name": ""}, "name"),
        ({"name": "Fatima 85.07.30-033.28"}, "name"),
        ({"phone": "850730 03328"}, "phone"),
        ({"postcode": "93"}, "postcode"),
    ],
    ids=["not reachable", "no name", "national number", "national number as phone", "postcode"],
)
def test_invalid_input_stays_on_the_screen_only(desk, aalst, laptop, typed, field):
    response = press(desk, "add_borrower", device=laptop.number, **new_person(aalst, **typed))
    form = response.context["form"]
    assert field in form.errors
    assert form["name"].value() == new_person(aalst, **typed)["new-name"]
    assert response.context["device"] == laptop
    assert not Borrower.objects.exists()
