"""Tests of the public check of an attest."""

import pytest
from django.core.cache import caches

from tests.factories import lending as make
from tests.factories.staff import donation

pytestmark = pytest.mark.django_db

URL = "/attest/"


@pytest.fixture(autouse=True)
def english(settings):
    settings.LANGUAGE_CODE = "en"
    caches["shared"].clear()


@pytest.fixture
def attest(english):
    return make.issued_attest(name="Zeldzame Naam")


def text(response):
    return response.content.decode()


def post_check(client, number, code):
    return text(client.post(URL, {"number": number, "code": code}))


def test_page_shows_what_was_erased_and_how(client, attest):
    page = post_check(client, attest.number, attest.code)
    assert "This attest is real" in page
    for fact in ("Hard disk", "Overwriting", "Clear", attest.data["donation"]):
        assert fact in page


def test_page_shows_no_personal_data_and_no_serial_number(client, attest):
    page = post_check(client, attest.number, attest.code)
    for secret in ("Zeldzame", "0470", attest.data["media"][0]["serial"]):
        assert secret not in page


def test_number_and_code_are_accepted_in_any_notation(client, attest):
    short = attest.number.replace("-000", " ").replace("W-", "w ")
    for number in (attest.number.lower(), short, f" {attest.number} "):
        for code in (attest.code.lower(), attest.code.replace("-", ""), f" {attest.code} "):
            assert "This attest is real" in post_check(client, number, code)


def test_page_is_the_same_for_wrong_code_and_unknown_number(client, attest):
    def answer(number, code):
        page = post_check(client, number, code)
        assert "We do not know this number with this code" in page
        return page[page.index("<h2") :].split("</section>")[0].split("csrf")[0]

    wrong, unknown = answer(attest.number, "AAAA-AAAA-AAAA"), answer("W-2031-9999", attest.code)
    assert wrong[:400] == unknown[:400]


def test_code_of_other_attest_is_refused(client, attest):
    other = make.issued_attest(attest.donation.collection_point)
    assert "We do not know this number" in post_check(client, attest.number, other.code)


def test_get_request_checks_nothing(client, attest):
    page = text(client.get(URL, {"number": attest.number, "code": attest.code}))
    assert "This attest is real" not in page


def test_missing_fields_are_errors(client):
    page = post_check(client, "", "")
    assert "Type the number of the attest." in page
    assert "Type the code on the attest." in page


@pytest.mark.parametrize("typed", ["\x00", "W-" * 30, "😀", "' OR 1=1 --", "W-2026-0001\n"])
def test_any_text_is_accepted_as_input(client, typed):
    assert client.post(URL, {"number": typed, "code": typed}).status_code == 200


def test_check_is_throttled(client, attest, monkeypatch):
    monkeypatch.setattr("lending.donations.views.attest_check.MAX_TRIES", 2)
    post_check(client, attest.number, "x")
    post_check(client, attest.number, "x")
    response = client.post(URL, {"number": attest.number, "code": attest.code})
    assert response.status_code == 429
    assert "Too many codes were tried from here." in text(response)


def test_address_in_capitals_redirects(client):
    assert client.get("/ATTEST/").url == URL


def test_donation_number_is_not_an_attest(client):
    offer = donation(make.collection_point())
    assert "We do not know this number" in post_check(client, offer.number, "AAAA-AAAA-AAAA")
