"""Tests of the team and the partners on location pages."""

from datetime import date

import pytest

from home.core.roles import Role
from locations.places.models import Partner, PartnerRole, TeamMember
from tests.factories import home as pages
from tests.factories import locations

pytestmark = pytest.mark.django_db


@pytest.fixture
def location():
    return locations.location("AAL", kind="fixed", partnership=locations.partnership())


@pytest.fixture
def page(location):
    return locations.location_page(locations.location_index(pages.home_page()), location)


def add_member(location, name, **fields):
    return TeamMember.objects.create(location=location, name=name, **fields)


def add_partner(name, partnership, role="training", **fields):
    contribution = fields.pop("contribution", "")
    row = Partner.objects.create(name=name, **fields)
    row.partnerships.add(partnership)
    PartnerRole.objects.create(partner=row, role=role, contribution=contribution)
    return row


def read_page(client, page):
    return client.get(page.url).content.decode()


@pytest.mark.parametrize(
    ("consent_on", "is_shown"),
    [(None, False), (date(2026, 11, 1), True)],
    ids=["no consent", "consent"],
)
def test_team_member_is_shown_only_with_consent(client, location, page, consent_on, is_shown):
    add_member(location, "Tomasina", task="digihelper", consent_on=consent_on)
    assert ("Tomasina" in read_page(client, page)) is is_shown


def test_name_disappears_when_consent_is_withdrawn(client, location, page):
    person = add_member(location, "Tomasina", consent_on=date(2026, 11, 1))
    assert "Tomasina" in read_page(client, page)
    person.consent_on = None
    person.save()
    assert "Tomasina" not in read_page(client, page)


def test_team_photo_is_shown(client, location, page):
    photo = pages.image("Portret", size=(400, 400))
    add_member(location, "Tomasina", consent_on=date(2026, 11, 1), image=photo)
    assert photo.get_rendition("fill-160x160|format-webp").url in read_page(client, page)


def test_partners_are_shown_with_their_contribution(client, location, page):
    add_partner("Centrum Leren", location.partnership, contribution="geeft het leertraject")
    add_partner("Ver Weg", locations.partnership("Elders"))
    html = read_page(client, page)
    assert "Centrum Leren" in html
    assert "Geeft het leertraject" in html
    assert "Ver Weg" not in html


def test_location_without_partnership_shows_no_partners(client, page, location):
    add_partner("Centrum Leren", location.partnership)
    location.partnership = None
    location.save()
    assert "Centrum Leren" not in read_page(client, page)


def test_host_is_shown(client, location, page):
    location.host = add_partner("Buurthuis De Brug", locations.partnership("Elders"), role="host")
    location.save()
    assert "Buurthuis De Brug" in read_page(client, page)


def test_page_queries_do_not_grow_with_team_and_partners(
    client, location, page, django_assert_max_num_queries
):
    def more(number):
        photo = pages.image(f"Foto {number}", size=(200, 200))
        add_member(location, f"Iemand {number}", consent_on=date(2026, 11, 1), image=photo)
        add_partner(f"Partner {number}", location.partnership, logo=photo)

    def cost():
        client.get(page.url)
        with django_assert_max_num_queries(15) as queries:
            client.get(page.url)
        return len(queries)

    more(1)
    before = cost()
    for number in range(2, 12):
        more(number)
    assert cost() == before


def test_host_choices_are_visible_partners(client, location):
    add_partner("Dichtbij", location.partnership, role="host")
    add_partner("Onbekende Gastheer", locations.partnership("Elders"), role="host")
    client.force_login(locations.staff(Role.COORDINATOR, location.partnership))
    response = client.get(f"/beheer/plaatsen/edit/{location.pk}/")
    html = response.content.decode()
    assert response.status_code == 200
    assert "Dichtbij" in html
    assert "Onbekende Gastheer" not in html
    assert 'name="team-TOTAL_FORMS"' in html
