"""Who one meets at a place: only who agreed, and the partners with what they do."""

from datetime import date

import pytest

from home.core.roles import Role
from locations.places.models import Partner, PartnerRole, TeamMember
from tests.factories import home as pages
from tests.factories import locations

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    return locations.location("AAL", kind="fixed", partnership=locations.partnership())


@pytest.fixture
def page(place):
    return locations.location_page(locations.location_index(pages.home_page()), place)


def member(place, name, **fields):
    return TeamMember.objects.create(location=place, name=name, **fields)


def partner(name, partnership, role="training", **fields):
    contribution = fields.pop("contribution", "")
    found = Partner.objects.create(name=name, **fields)
    found.partnerships.add(partnership)
    PartnerRole.objects.create(partner=found, role=role, contribution=contribution)
    return found


def shown(client, page):
    return client.get(page.url).content.decode()


@pytest.mark.parametrize(
    ("consent_on", "is_shown"),
    [(None, False), (date(2026, 11, 1), True)],
    ids=["never asked", "agreed"],
)
def test_only_who_agreed_is_on_the_page(client, place, page, consent_on, is_shown):
    member(place, "Tomasina", task="digihelper", consent_on=consent_on)
    assert ("Tomasina" in shown(client, page)) is is_shown


def test_taking_back_the_consent_takes_the_name_away(client, place, page):
    person = member(place, "Tomasina", consent_on=date(2026, 11, 1))
    assert "Tomasina" in shown(client, page)
    person.consent_on = None
    person.save()
    assert "Tomasina" not in shown(client, page)


def test_a_photo_is_shown_with_the_name_beside_it(client, place, page):
    photo = pages.image("Portret", size=(400, 400))
    member(place, "Tomasina", consent_on=date(2026, 11, 1), image=photo)
    assert photo.get_rendition("fill-160x160|format-webp").url in shown(client, page)


def test_partners_of_the_partnership_say_what_they_do(client, place, page):
    partner("Centrum Leren", place.partnership, contribution="geeft het leertraject")
    partner("Ver Weg", locations.partnership("Elders"))
    html = shown(client, page)
    assert "Centrum Leren" in html
    assert "Geeft het leertraject" in html
    assert "Ver Weg" not in html


def test_a_place_without_partnership_names_no_partner(client, page, place):
    partner("Centrum Leren", place.partnership)
    place.partnership = None
    place.save()
    assert "Centrum Leren" not in shown(client, page)


def test_the_host_is_named(client, place, page):
    place.host = partner("Buurthuis De Brug", locations.partnership("Elders"), role="host")
    place.save()
    assert "Buurthuis De Brug" in shown(client, page)


def test_a_larger_team_and_more_partners_cost_the_same(
    client, place, page, django_assert_max_num_queries
):
    def more(number):
        photo = pages.image(f"Foto {number}", size=(200, 200))
        member(place, f"Iemand {number}", consent_on=date(2026, 11, 1), image=photo)
        partner(f"Partner {number}", place.partnership, logo=photo)

    def cost():
        client.get(page.url)
        with django_assert_max_num_queries(15) as counted:
            client.get(page.url)
        return len(counted)

    more(1)
    before = cost()
    for number in range(2, 12):
        more(number)
    assert cost() == before


def test_staff_may_choose_a_host_only_among_partners_that_they_know(client, place):
    partner("Dichtbij", place.partnership, role="host")
    partner("Onbekende Gastheer", locations.partnership("Elders"), role="host")
    client.force_login(locations.staff(Role.COORDINATOR, place.partnership))
    response = client.get(f"/beheer/plaatsen/edit/{place.pk}/")
    html = response.content.decode()
    assert response.status_code == 200
    assert "Dichtbij" in html
    assert "Onbekende Gastheer" not in html
    assert 'name="team-TOTAL_FORMS"' in html
