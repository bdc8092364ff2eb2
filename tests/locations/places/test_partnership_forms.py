"""Tests of the forms of partnerships and partners in the admin."""

import pytest
from bs4 import BeautifulSoup

from home.core.roles import Role
from locations.core.models import Topic
from locations.places import operations
from locations.places.models import Municipality, Partner, PartnerRole, Partnership
from tests.factories import home as homes
from tests.factories import locations
from tests.factories.admin_addresses import form_data

pytestmark = pytest.mark.django_db


@pytest.fixture
def rupel():
    operations.load_postcodes()
    row = locations.partnership("Digibanken Rupel")
    row.municipalities.set(Municipality.objects.filter(name__in=["Zaventem", "Niel"]))
    return row


@pytest.fixture
def administrator(client, rupel):
    client.force_login(locations.staff(Role.ADMINISTRATOR))


@pytest.fixture
def partner(rupel):
    row = Partner.objects.create(name="Steunfonds")
    row.partnerships.add(rupel)
    PartnerRole.objects.create(partner=row, role="sponsor")
    return row


def edit_url(row):
    kind = "samenwerkingen" if isinstance(row, Partnership) else "partners"
    return f"/beheer/{kind}/edit/{row.pk}/"


def save(client, row, **changed):
    """Post the edit form of this row as a browser would, with these fields changed."""
    data = form_data(client.get(edit_url(row)))
    for name in ("municipalities", "partnerships"):
        if name in data or name in changed:
            data[name] = [related.pk for related in getattr(row, name).all()]
    return client.post(edit_url(row), data | changed)


def read_errors(response):
    errors = BeautifulSoup(response.content, "html.parser").find_all(class_="error-message")
    return [error.get_text(" ", strip=True) for error in errors]


def test_all_public_fields_of_partnership_can_be_edited(client, administrator, rupel):
    fields = {
        "name": "Digibank Rupel",
        "since": "2024",
        "introduction": "Wij helpen langs de Rupel.",
        "phone": "03 000 00 00",
        "email": "rupel@digipunt.example",
        "website": "https://rupel.example/",
    }
    boom = Municipality.objects.get(name="Boom")
    response = save(client, rupel, municipalities=[boom.pk], **fields)

    assert response.status_code == 302
    stored = Partnership.objects.filter(pk=rupel.pk).values(*fields).get()
    assert {name: str(value) for name, value in stored.items()} == fields
    assert list(rupel.municipalities.all()) == [boom]


def test_all_public_fields_of_partner_can_be_edited(client, administrator, partner):
    logo = homes.image("Logo", size=(480, 200))
    response = save(
        client,
        partner,
        **{"website": "https://x.example/", "logo": logo.pk, "roles-0-contribution": "betaalt mee"},
    )

    assert response.status_code == 302
    partner.refresh_from_db()
    assert (partner.website, partner.logo) == ("https://x.example/", logo)
    assert partner.roles.get().contribution == "betaalt mee"


@pytest.mark.parametrize(
    ("year", "is_refused"),
    [("1989", True), ("1990", False), ("2100", False), ("2101", True), ("24", True), ("", False)],
)
def test_implausible_year_is_refused_with_a_sentence(
    client, administrator, rupel, year, is_refused
):
    response = save(client, rupel, since=year)

    assert (response.status_code == 200) is is_refused
    if is_refused:
        assert len(read_errors(response)) == 1
        assert read_errors(response)[0].endswith(".")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("name", ""),
        ("slug", "met spatie"),
        ("email", "geen adres"),
        ("website", "geen adres"),
        ("introduction", "Mijn nummer is 85.07.30-033.28."),
    ],
)
def test_invalid_field_has_one_error(client, administrator, rupel, name, value):
    response = save(client, rupel, **{name: value})

    assert response.status_code == 200
    assert len(read_errors(response)) == 1


def test_duplicate_name_is_refused(client, administrator, rupel):
    locations.partnership("Digiplek")

    assert len(read_errors(save(client, rupel, name="Digiplek"))) == 1


def test_duplicate_role_is_refused(client, administrator, partner):
    response = save(
        client,
        partner,
        **{
            "roles-TOTAL_FORMS": "2",
            "roles-1-role": "sponsor",
            "roles-1-contribution": "",
            "roles-1-ORDER": "2",
            "roles-1-id": "",
        },
    )

    assert response.status_code == 200
    assert partner.roles.count() == 1
    assert "duplicate" not in response.content.decode()


def test_checked_municipalities_come_first(client, administrator, rupel):
    form = BeautifulSoup(client.get(edit_url(rupel)).content, "html.parser")
    boxes = form.find_all("input", attrs={"name": "municipalities"})

    assert [box.has_attr("checked") for box in boxes[:3]] == [True, True, False]
    assert [box.parent.get_text(strip=True) for box in boxes[:2]] == ["Niel", "Zaventem"]
    assert len(boxes) == Municipality.objects.count()


def test_listing_shows_booleans_as_yes_or_no(client, administrator):
    Topic.objects.create(name="Betalen", slug="betalen")
    Topic.objects.create(name="Fax", slug="fax", is_offered=False)
    rows = BeautifulSoup(client.get("/beheer/themas/").content, "html.parser").select("tbody tr")
    cells = {row.select_one("a").text.strip(): row.select("td")[-1].text.strip() for row in rows}
    assert cells["Betalen"] == "ja"
    assert cells["Fax"] == "nee"
