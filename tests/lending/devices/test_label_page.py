"""The QR code on a device says whose it is, and tells nothing else to whoever scans it."""

import pytest

from tests.factories import lending as make
from tests.factories import staff

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english(settings):
    settings.LANGUAGE_CODE = "en"


def test_it_says_whose_it_is_and_whom_to_call(client, settings):
    page = client.get("/t/DP-00071/").content.decode()
    assert "This device belongs to Digipunt" in page
    assert "Say the number DP-00071." in page
    assert settings.HELP_PHONE in page


@pytest.mark.parametrize("number", ["DP-00071", "dp-71", "71"])
def test_the_number_may_be_written_in_any_way_also_in_capitals(client, number):
    for door in ("t", "T"):
        assert "DP-00071" in client.get(f"/{door}/{number}/").content.decode()


def test_a_device_that_is_lent_and_one_that_does_not_exist_look_the_same(client):
    place = make.collection_point()
    staff.policy(place)
    device = staff.available(place)
    staff.lent(device, staff.borrower(place, name="Zeldzame Naam"))
    known = client.get(f"/t/{device.number}/").content.decode()
    unknown = client.get("/t/DP-99999/").content.decode()
    assert known.replace(device.number, "DP-99999") == unknown
    assert "Zeldzame" not in known


@pytest.mark.parametrize("number", ["x", "L-00001", "<b>", "S-2026-0001", "é" * 300])
def test_anything_else_gets_the_same_page_without_a_number(client, number):
    response = client.get(f"/t/{number}/")
    assert response.status_code == 200
    assert "This device belongs to Digipunt" in response.content.decode()
    assert "Say the number" not in response.content.decode()


def test_no_question_is_asked_about_the_device(client, django_assert_num_queries):
    client.get("/t/DP-00071/")
    with django_assert_num_queries(0):
        client.get("/t/DP-00071/")
