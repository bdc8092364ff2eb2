"""Anyone may check an attest, and learns nothing about a person."""

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
    return make.attested(name="Zeldzame Naam")


def text(response):
    return response.content.decode()


def ask(client, number, code):
    return text(client.post(URL, {"number": number, "code": code}))


def test_a_real_attest_says_what_was_erased_and_how(client, attest):
    page = ask(client, attest.number, attest.code)
    assert "This attest is real" in page
    for fact in ("Hard disk", "Overwriting", "Clear", attest.data["donation"]):
        assert fact in page


def test_no_person_no_serial_number_and_no_code_is_shown(client, attest):
    page = ask(client, attest.number, attest.code)
    for secret in ("Zeldzame", "0470", attest.data["media"][0]["serial"]):
        assert secret not in page


def test_the_number_and_the_code_may_be_written_in_any_way(client, attest):
    short = attest.number.replace("-000", " ").replace("W-", "w ")
    for number in (attest.number.lower(), short, f" {attest.number} "):
        for code in (attest.code.lower(), attest.code.replace("-", ""), f" {attest.code} "):
            assert "This attest is real" in ask(client, number, code)


def test_a_wrong_code_and_an_unknown_number_get_the_same_answer(client, attest):
    def answer(number, code):
        page = ask(client, number, code)
        assert "We do not know this number with this code" in page
        return page[page.index("<h2") :].split("</section>")[0].split("csrf")[0]

    wrong, unknown = answer(attest.number, "AAAA-AAAA-AAAA"), answer("W-2031-9999", attest.code)
    assert wrong[:400] == unknown[:400]


def test_a_code_of_another_attest_is_wrong(client, attest):
    other = make.attested(attest.donation.collection_point)
    assert "We do not know this number" in ask(client, attest.number, other.code)


def test_looking_by_get_checks_nothing(client, attest):
    page = text(client.get(URL, {"number": attest.number, "code": attest.code}))
    assert "This attest is real" not in page


def test_what_is_missing_is_asked(client):
    page = ask(client, "", "")
    assert "Type the number of the attest." in page
    assert "Type the code on the attest." in page


@pytest.mark.parametrize("typed", ["\x00", "W-" * 30, "😀", "' OR 1=1 --", "W-2026-0001\n"])
def test_nonsense_is_answered(client, typed):
    assert client.post(URL, {"number": typed, "code": typed}).status_code == 200


def test_after_twenty_tries_it_waits(client, attest, monkeypatch):
    monkeypatch.setattr("lending.donations.views.attest_check.MAX_TRIES", 2)
    ask(client, attest.number, "x")
    ask(client, attest.number, "x")
    response = client.post(URL, {"number": attest.number, "code": attest.code})
    assert response.status_code == 429
    assert "Many codes were tried from here." in text(response)


def test_the_address_in_capitals_of_the_qr_code_leads_here(client):
    assert client.get("/ATTEST/").url == URL


def test_a_donation_without_attest_can_not_be_checked(client):
    given = donation(make.collection_point())
    assert "We do not know this number" in ask(client, given.number, "AAAA-AAAA-AAAA")
