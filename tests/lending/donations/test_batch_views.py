"""Tests of the registration of a list of devices."""

import re

import pytest
from django.core.cache import caches
from django.core.files.uploadedfile import SimpleUploadedFile

from lending.donations.models import Donation, DonationLine, Donor
from tests.factories import lending as make
from tests.factories.staff import device_type

pytestmark = pytest.mark.django_db

URL = "/schenken/aanmelden/lijst/"
HEADINGS = "type;merk;model;serienummer;bouwjaar;lader;staat"
NUMBER = "85.07.30-033.28"


@pytest.fixture(autouse=True)
def point(settings):
    settings.LANGUAGE_CODE = "en"
    caches["shared"].clear()
    make.postcode()
    for code, name in [("laptop", "Laptop"), ("tablet", "Tablet")]:
        device_type(code, name)
    return make.collection_point()


def list_of(count, *wrong):
    lines = [f"laptop;Dell;Latitude 5490;DEMO-{n:05d};2018;ja;werkt" for n in range(count)]
    return "\n".join([HEADINGS, *lines, *wrong]).encode()


def text(response):
    return response.content.decode()


@pytest.fixture
def upload(client):
    def upload(content, name="lijst.csv"):
        return client.post(URL, {"list": SimpleUploadedFile(name, content)})

    return upload


def signed_sheet(response):
    return re.search(r'name="sheet" value="([^"]+)"', text(response))[1]


def donor_data(**changes):
    facts = {"kind": "company", "organisation": "Demo Logistics bv"}
    facts |= {"enterprise_number": "0200.123.470", "register": "1"}
    return make.donor_data(**facts | changes)


def test_valid_list_is_shown_and_not_stored_yet(upload):
    page = text(upload(list_of(24)))
    assert "All 24 lines are right" in page
    assert "24 × Laptop" in page
    assert "We pick up 10 devices or more." in page
    assert "Register 24 devices" in page
    assert not Donation.objects.exists()
    assert not Donor.objects.exists()


def test_small_list_is_not_picked_up(upload):
    assert "You can bring them to a collection point." in text(upload(list_of(6)))


def test_shown_list_is_registered(client, upload):
    sheet = signed_sheet(upload(list_of(24)))
    response = client.post(URL, donor_data(sheet=sheet))
    donation = Donation.objects.get()
    assert response.url == f"/schenken/volgen/{donation.secret}/"
    assert donation.donor.enterprise_number == "0200.123.470"
    assert donation.lines.count() == 24
    line = donation.lines.first()
    assert (line.brand, line.model_name, line.serial) == ("Dell", "Latitude 5490", "DEMO-00000")
    assert (line.age, line.works, line.charger) == ("7+", "yes", True)


def test_invalid_lines_come_first_with_their_errors(upload):
    page = text(upload(list_of(22, ";Dell;X", "laptop;HP;;DEMO-00003")))
    assert "2 of the 24 lines are not right yet" in page
    assert "Line 24, type: Choose what it is." in page
    assert "Line 25, serial number: This serial number is also on line 5." in page
    assert page.index("Line 24") < page.index("22 lines are right")
    assert not Donation.objects.exists()


def test_invalid_list_cannot_be_registered(client, upload):
    sheet = signed_sheet(upload(list_of(2, ";Dell;X")))
    page = text(client.post(URL, donor_data(sheet=sheet)))
    assert "1 of the 3 lines is not right yet" in page
    assert not Donation.objects.exists()


def test_invalid_line_can_be_corrected_on_the_page(client, upload):
    sheet = signed_sheet(upload(list_of(22, ";Dell;X", "laptop;HP;;DEMO-00003")))
    half = client.post(URL, {"sheet": sheet, "cell-24-type": "tablet"})
    assert "1 of the 24 lines is not right yet" in text(half)
    whole = client.post(URL, {"sheet": signed_sheet(half), "cell-25-serial": "DEMO-99999"})
    assert "All 24 lines are right" in text(whole)
    client.post(URL, donor_data(sheet=signed_sheet(whole)))
    assert set(DonationLine.objects.values_list("type__code", flat=True)) == {"laptop", "tablet"}


def test_page_does_not_repeat_national_register_number(client, upload):
    response = upload(list_of(2, f"laptop;Dell;van {NUMBER};S1"))
    assert "This looks like a national register number." in text(response)
    assert "033.28" not in text(response)
    assert 'value="van …"' in text(response)
    again = client.post(URL, {"sheet": signed_sheet(response), "cell-4-model": NUMBER})
    assert "033.28" not in text(again)
    assert not Donation.objects.exists()


def test_list_is_kept_when_donor_form_is_invalid(client, upload):
    sheet = signed_sheet(upload(list_of(3)))
    again = client.post(URL, donor_data(sheet=sheet, enterprise_number="0200.123.471"))
    assert "This number is not correct. Check the last 2 digits." in text(again)
    assert client.post(URL, donor_data(sheet=signed_sheet(again))).status_code == 302


def test_list_posted_twice_is_one_donation(client, upload):
    data = donor_data(sheet=signed_sheet(upload(list_of(3))))
    assert client.post(URL, data).url == client.post(URL, data).url
    assert Donation.objects.count() == 1


@pytest.mark.parametrize("sheet", ["", "x", "a:b:c"])
def test_list_without_valid_signature_is_refused(client, sheet):
    page = text(client.post(URL, donor_data(sheet=sheet)))
    assert "This page was open for too long. Choose your list again." in page


def test_signed_list_expires_after_three_days(client, upload, time_machine):
    time_machine.move_to("2026-11-23 10:00")
    sheet = signed_sheet(upload(list_of(3)))
    time_machine.move_to("2026-11-26 09:00")
    assert "All 3 lines" in text(client.post(URL, {"sheet": sheet}))
    time_machine.move_to("2026-11-26 11:00")
    assert "was open for too long" in text(client.post(URL, {"sheet": sheet}))


def test_missing_file_is_an_error(client):
    assert "Choose the file with your list." in text(client.post(URL, {}))


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "This file is empty."),
        (b"PK\x03\x04xl/workbook.xml", "This is a spreadsheet (xlsx or ods)"),
        (HEADINGS.encode(), "This list has headings, but no device below them."),
        (b"\xff\xd8\xff\xe0", "This is a photo (jpg). Choose a CSV file."),
    ],
)
def test_other_file_is_refused_with_reason(upload, content, sentence):
    page = text(upload(content))
    assert sentence in page
    assert 'aria-invalid="true"' in page


def test_formulas_and_markup_are_escaped(upload):
    page = text(upload(list_of(1, "laptop;<script>alert(1)</script>;=1+1")))
    assert "<script>alert" not in page
    assert "This is a formula." in page


def test_unknown_columns_are_listed(upload):
    page = text(upload(b"type;gebruiker\nlaptop;Jan Peeters\n"))
    assert "We do not use these columns: gebruiker" in page
    assert "Peeters" not in page


def test_first_forty_invalid_lines_are_shown_and_the_others_counted(upload):
    page = text(upload(list_of(1, *[";Dell"] * 300)))
    assert page.count('class="is-wrong"') == 40
    assert "There are 260 more lines with an error." in page


def test_ten_thousand_lines_are_registered(client, upload):
    sheet = signed_sheet(upload(list_of(10_000)))
    assert client.post(URL, donor_data(sheet=sheet)).status_code == 302
    assert DonationLine.objects.count() == 10_000


def test_ten_thousand_and_one_lines_are_refused(upload):
    assert "This list has more than 10,000 devices." in text(upload(list_of(10_001)))


def test_list_is_refused_when_it_is_too_long_to_sign(upload, monkeypatch):
    monkeypatch.setattr("lending.donations.views.batch.MAX_SIGNED_LENGTH", 100)
    assert "There is too much text in this list." in text(upload(list_of(20)))


def test_uploads_are_throttled(upload, monkeypatch):
    monkeypatch.setattr("lending.donations.views.batch.LISTS_PER_HOUR", 1)
    upload(list_of(1))
    assert "Too many lists were sent from here" in text(upload(list_of(1)))


def test_query_count_is_the_same_for_long_list(
    client, upload, django_assert_num_queries, django_assert_max_num_queries
):
    upload(list_of(1))
    with django_assert_max_num_queries(4):
        response = upload(list_of(1000))
    sheet = signed_sheet(response)
    with django_assert_max_num_queries(18):
        client.post(URL, donor_data(sheet=sheet))


def test_example_list_is_valid(client, upload):
    example = client.get(f"{URL}voorbeeld.csv")
    assert "attachment" in example["Content-Disposition"]
    assert "All 2 lines are right" in text(upload(example.content))
