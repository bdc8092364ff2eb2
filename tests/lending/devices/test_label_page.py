"""Tests of the public page of the QR code on a label."""

import pytest

from tests.factories import lending as make
from tests.factories import staff

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english(settings):
    settings.LANGUAGE_CODE = "en"


def test_page_names_owner_and_phone(client, settings):
    page = client.get("/t/DP-00071/").content.decode()
    assert "This device belongs to Digipunt" in page
    assert "Tell us the number DP-00071." in page
    assert settings.HELP_PHONE in page


@pytest.mark.parametrize("number", ["DP-00071", "dp-71", "71"])
def test_number_is_accepted_in_any_notation(client, number):
    for prefix in ("t", "T"):
        assert "DP-00071" in client.get(f"/{prefix}/{number}/").content.decode()


def test_page_is_the_same_for_lent_and_unknown_device(client):
    place = make.collection_point()
    staff.policy(place)
    device = staff.available(place)
    staff.lent(device, staff.borrower(place, name="Zeldzame Naam"))
    known_page = client.get(f"/t/{device.number}/").content.decode()
    unknown_page = client.get("/t/DP-99999/").content.decode()
    assert known_page.replace(device.number, "DP-99999") == unknown_page
    assert "Zeldzame" not in known_page


@pytest.mark.parametrize("number", ["x", "L-00001", "<b>", "S-2026-0001", "é" * 300])
def test_page_shows_no_number_when_it_is_invalid(client, number):
    response = client.get(f"/t/{number}/")
    assert response.status_code == 200
    assert "This device belongs to Digipunt" in response.content.decode()
    assert "Tell us the number" not in response.content.decode()


def test_page_queries_no_device(client, django_assert_num_queries):
    client.get("/t/DP-00071/")
    with django_assert_num_queries(0):
        client.get("/t/DP-00071/")
