"""Tests of the form with which a donor registers devices."""

import pytest
from django.core.cache import caches

from home.messages.models import Message
from lending.donations.models import Donation, DonationLine, Donor
from tests.factories import lending as make
from tests.factories.staff import device_type

pytestmark = pytest.mark.django_db

URL = "/schenken/aanmelden/"
NUMBER = "85.07.30-033.28"


@pytest.fixture(autouse=True)
def point(settings):
    settings.LANGUAGE_CODE = "en"
    caches["shared"].clear()
    make.postcode()
    for code, name in [("laptop", "Laptop"), ("tablet", "Tablet")]:
        device_type(code, name)
    return make.collection_point()


@pytest.fixture
def send(client):
    def send(*lines, follow=False, **changes):
        return client.post(URL, make.registration_data(*lines, **changes), follow=follow)

    return send


def text(response):
    return response.content.decode()


def test_page_has_one_line_and_nothing_ticked(client):
    page = text(client.get(URL))
    assert 'name="line-0-type"' in page
    assert 'name="line-1-type"' not in page
    for name in ("is_owner", "gives_up_ownership", "privacy_read", "wants_attest"):
        assert f'name="{name}"' in page
    assert "error-summary" not in page
    checked = [
        part.split(">")[0] for part in page.split("<input ") if " checked" in part.split(">")[0]
    ]
    assert all('name="kind"' in tag for tag in checked)


def test_registration_gives_donation_and_message(send, point):
    response = send(make.line_data(quantity="2"), make.line_data(1, type="tablet", age="unknown"))
    donation = Donation.objects.get()
    assert response.status_code == 302
    assert response.url == f"/schenken/volgen/{donation.secret}/"
    assert donation.number.startswith("S-20")
    assert donation.collection_point == point
    assert donation.wants_attest
    assert [(line.type.code, line.age) for line in donation.lines.all()] == [
        ("laptop", "5-7"),
        ("laptop", "5-7"),
        ("tablet", ""),
    ]
    assert donation.donor.phone == "0470 00 00 34"
    assert Message.objects.get().channel == "phone"


def test_phone_is_optional_with_email(send):
    assert send(phone="", email="wim@mail.example").status_code == 302
    assert Message.objects.get().channel == "mail"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"phone": "", "email": ""}, "Fill in your telephone number or your e-mail address."),
        ({"phone": "12345"}, "This is not a telephone number."),
        ({"phone": "bel mij"}, "This is not a telephone number."),
        ({"phone": "", "email": "wim@"}, "This is not an e-mail address."),
        ({"name": ""}, "Fill in your name."),
        ({"postcode": ""}, "Fill in your postcode."),
        ({"postcode": "0000"}, "We do not recognise this postcode."),
        ({"postcode": "93000"}, "A postcode has 4 digits"),
        ({"postcode": "Aals"}, "We do not recognise this postcode."),
        ({"is_owner": None}, "Tick that the devices are yours."),
        ({"gives_up_ownership": None}, "Tick that you give the devices away."),
        ({"privacy_read": None}, "Read what we do with your data, and tick it."),
        ({"kind": "company"}, "Fill in the name of the company."),
        ({"kind": "company", "organisation": "Demo"}, "Fill in the enterprise number."),
        (
            {"kind": "company", "organisation": "Demo", "enterprise_number": "0200.123.471"},
            "This number is not correct. Check the last 2 digits.",
        ),
        (
            {"kind": "company", "organisation": "Demo", "enterprise_number": "12"},
            "An enterprise number has 10 digits and starts with 0 or 1.",
        ),
        ({"collection_point": "999999"}, "This is no longer a collection point."),
    ],
)
def test_invalid_donor_is_reported_and_not_stored(send, changes, sentence):
    page = text(send(**changes))
    assert sentence in page
    assert "What you filled in already is kept." in page
    assert 'value="ThinkPad T480"' in page
    assert not Donor.objects.exists()
    assert not Donation.objects.exists()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"type": ""}, "Device 1: choose what it is."),
        ({"age": ""}, "Device 1: choose how old it is."),
        ({"works": ""}, "Device 1: choose whether it still works."),
        ({"charger": ""}, "Device 1: choose whether the charger is with it."),
        ({"quantity": "0"}, "Device 1: say how many there are: 1 or more."),
        ({"quantity": "101"}, "Device 1: more than 100? Give us a list instead."),
        ({"quantity": "veel"}, "Device 1: write a number, for example 2."),
    ],
)
def test_error_of_line_names_its_position(send, changes, sentence):
    page = text(send(make.line_data(**changes)))
    assert sentence in page
    field = next(iter(changes))
    assert f'href="#id_line-0-{field}"' in page
    assert not Donation.objects.exists()


@pytest.mark.parametrize(
    "written",
    ["0470 00 00 34", "0470/00.00.34", "+32 470 00 00 34", "0032470000034", "0470-000-034"],
)
def test_phone_is_accepted_in_any_notation(send, written):
    send(phone=written)
    assert Donor.objects.get().phone == "0470 00 00 34"


def test_foreign_phone_keeps_its_country(send):
    send(phone="+31 6 12345678")
    assert Donor.objects.get().phone == "+31 6 12345678"


@pytest.mark.parametrize("written", ["0200.123.470", "0200123470", "BE 0200 123 470", "200123470"])
def test_enterprise_number_is_accepted_in_any_notation(send, written):
    send(kind="company", organisation="Demo Logistics bv", enterprise_number=written)
    donor = Donor.objects.get()
    assert (donor.kind, donor.organisation) == ("company", "Demo Logistics bv")
    assert donor.enterprise_number == "0200.123.470"


def test_enterprise_number_is_optional_for_organisation(send):
    assert send(kind="organisation", organisation="Feitelijke vereniging").status_code == 302


def test_person_has_no_enterprise_number(send):
    send(organisation="Oud", enterprise_number="0200.123.471")
    donor = Donor.objects.get()
    assert (donor.organisation, donor.enterprise_number) == ("", "")


def test_collection_point_is_the_chosen_or_nearest_one(send):
    make.postcode("2850", "Boom", make.BOOM)
    boom = make.collection_point("BOO", "Inzamelpunt Boom", make.BOOM)
    make.collection_point("HID", "Magazijn", make.BOOM, kind="warehouse")
    send(postcode="2850")
    assert Donation.objects.first().collection_point == boom
    send(postcode="9300", collection_point=str(boom.pk))
    assert Donation.objects.first().collection_point == boom


def test_form_shows_whom_to_call_without_collection_points(send, point):
    point.is_collection_point = False
    point.save()
    assert "At the moment we cannot take devices anywhere." in text(send())


def test_form_posted_twice_is_one_donation(client):
    data = make.registration_data()
    first, second = client.post(URL, data), client.post(URL, data)
    assert first.url == second.url
    assert Donation.objects.count() == Message.objects.count() == 1


def test_added_line_keeps_input_without_validation(client):
    data = make.registration_data(
        make.line_data(brand="Mërk"), name="Wim", phone="x", wants_attest="on"
    )
    page = text(client.post(URL, data | {"add": "1", "is_owner": ""}))
    assert 'name="line-1-type"' in page
    assert 'name="line-TOTAL_FORMS" value="2"' in page
    assert 'value="Mërk"' in page
    assert 'value="x"' in page
    assert "field__error" not in page
    assert "Yes, just bring it." in page
    assert not Donor.objects.exists()


def test_line_can_be_removed(client):
    data = make.registration_data(*(make.line_data(n, brand=f"Merk{n}") for n in range(3)))
    page = text(client.post(URL, data | {"remove": "1"}))
    assert 'value="Merk0"' in page
    assert 'value="Merk1"' not in page
    assert 'name="line-1-brand" value="Merk2"' in page


def test_empty_line_is_left_out(send):
    empty = make.line_data(1, type="", age="", brand="", model_name="", works="", charger="")
    send(make.line_data(), empty)
    assert DonationLine.objects.count() == 1


@pytest.mark.parametrize("count", ["", "-1", "x", "100000000", "0"])
def test_invalid_line_count_is_corrected(client, count):
    data = make.registration_data() | {"line-TOTAL_FORMS": count}
    assert client.post(URL, data).status_code in (200, 302)


@pytest.mark.parametrize(
    "changes", [{"type": "crt"}, {"type": "printer"}, {"works": "no", "charger": "no"}]
)
def test_unusable_device_is_refused_and_not_stored(send, changes):
    page = text(send(make.line_data(**changes)))
    assert "We cannot use this." in page
    assert "recycling park" in page
    assert not Donor.objects.exists()
    assert not Message.objects.exists()


def test_usable_devices_are_registered_after_warning(send):
    lines = [make.line_data(), make.line_data(1, works="no", charger="no")]
    page = text(send(*lines))
    assert "We cannot use one of the devices" in page
    assert 'name="line-1-told" value="1"' in page
    assert not Donation.objects.exists()
    assert send(*lines, **{"line-1-told": "1"}).status_code == 302
    assert DonationLine.objects.count() == 1


def test_broken_device_with_charger_is_accepted(send):
    assert send(make.line_data(works="no")).status_code == 302


@pytest.mark.parametrize("field", ["name", "organisation", "message", "email", "phone", "postcode"])
def test_national_register_number_is_removed_from_donor(send, field):
    page = text(send(**{field: f"Wim {NUMBER} Claes"}))
    assert "This looks like a national register number." in page
    assert "033.28" not in page
    assert 'value="ThinkPad T480"' in page
    assert not Donor.objects.exists()


def test_national_register_number_is_removed_from_line(send):
    page = text(send(make.line_data(model_name=f"van {NUMBER}")))
    assert "Device 1: this looks like a national register number." in page
    assert 'value="van …"' in page


def test_national_register_number_is_removed_when_line_is_added(client):
    page = text(client.post(URL, make.registration_data(name=NUMBER) | {"add": "1"}))
    assert "033.28" not in page
    assert "we removed it" in page


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"website": "http://spam.example"}, "Something filled in a hidden field."),
        ({"opened": ""}, "This page was open for a long time."),
        ({"opened": "1:forged"}, "This page was open for a long time."),
    ],
)
def test_form_that_looks_automated_must_be_posted_again(client, changes, sentence):
    data = make.registration_data(**changes)
    page = text(client.post(URL, data))
    assert sentence in page
    assert "Wim Claes" in page
    assert not Donation.objects.exists()
    assert 'name="website" ' in page
    assert "spam.example" not in page


@pytest.mark.parametrize(
    ("seconds", "goes_on"),
    [(0, False), (3, True), (24 * 3600, True), (6 * 24 * 3600, True), (8 * 24 * 3600, False)],
    ids=["at once", "quick", "yesterday", "six days", "eight days"],
)
def test_form_is_accepted_for_a_week(send, seconds, goes_on):
    response = send(opened=make.form_timestamp(seconds))
    assert (response.status_code == 302) is goes_on
    if not goes_on:
        assert "Wim Claes" in text(response)


def test_registrations_are_throttled(send, monkeypatch):
    monkeypatch.setattr("lending.donations.views.offer.MAX_PER_HOUR", 2)
    assert [send().status_code for _ in range(3)] == [302, 302, 200]
    assert Donation.objects.count() == 2
