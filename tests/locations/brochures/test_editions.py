"""Tests of editions: permissions, numbering, and printing the same content again."""

import copy

import pytest
from django.core.cache import cache
from django.urls import reverse

from home.core.roles import Role
from locations.brochures.documents import FORMATS
from locations.brochures.models import BrochureEdition
from locations.opening_hours.models import OpeningRule
from locations.places.models import Location, Partnership
from tests.factories import brochures, locations

pytestmark = pytest.mark.django_db


@pytest.fixture
def nele(rupel):
    """Editor of the partnership."""
    return locations.staff(Role.EDITOR, rupel)


def make_edition(client, brochure):
    return client.post(reverse("brochures:make", args=[brochure.pk]), follow=True)


def get_pdf(client, edition, paper="a5"):
    return client.get(reverse("brochures:paper", args=[edition.pk, paper]))


@pytest.mark.parametrize("role", [Role.EDITOR, Role.COORDINATOR])
def test_editor_and_coordinator_make_and_print_an_edition(client, brochure, rupel, role):
    user = locations.staff(role, rupel)
    client.force_login(user)
    response = make_edition(client, brochure)
    edition = brochure.editions.get()

    assert response.status_code == 200
    assert (edition.number, edition.made_by) == (1, user)
    for paper in FORMATS:
        assert get_pdf(client, edition, paper).content.startswith(b"%PDF")


@pytest.mark.parametrize("role", [Role.HELPER, Role.DESK, Role.REFERRER, Role.LOGISTICS])
def test_other_roles_cannot_make_or_read_editions(client, brochure, boom, role):
    edition = brochures.edition(brochure)
    client.force_login(locations.staff(role, boom))
    make_edition(client, brochure)
    assert get_pdf(client, edition).status_code == 302
    assert client.get(reverse("brochures:index")).status_code == 302
    assert BrochureEdition.objects.count() == 1


def test_editions_of_another_partnership_are_not_found(client, brochure):
    edition = brochures.edition(brochure)
    other = locations.partnership("Ander")
    locations.location(partnership=other)
    client.force_login(locations.staff(Role.COORDINATOR, other))

    assert make_edition(client, brochure).status_code == 404
    assert get_pdf(client, edition).status_code == 404
    assert brochure.title not in client.get(reverse("brochures:index")).content.decode()
    assert BrochureEdition.objects.count() == 1


def test_edition_is_not_made_by_get(client, brochure, nele):
    client.force_login(nele)
    assert client.get(reverse("brochures:make", args=[brochure.pk])).status_code == 405
    assert not BrochureEdition.objects.exists()


@pytest.mark.parametrize("paper", FORMATS)
def test_edition_has_the_same_bytes_after_later_changes(client, brochure, boom, rupel, nele, paper):
    client.force_login(nele)
    make_edition(client, brochure)
    edition = brochure.editions.get()
    pdf, content = get_pdf(client, edition, paper).content, copy.deepcopy(edition.data)

    OpeningRule.objects.all().delete()
    Location.objects.filter(pk=boom.pk).update(name="Anders", phone="09")
    Partnership.objects.filter(pk=rupel.pk).update(phone="09 999 99 99")
    brochure.title = "Een andere titel"
    brochure.save()
    cache.clear()

    edition.refresh_from_db()
    assert edition.data == content
    assert get_pdf(client, edition, paper).content == pdf


def test_next_edition_has_next_number_and_present_content(client, brochure, boom, nele):
    client.force_login(nele)
    make_edition(client, brochure)
    Location.objects.filter(pk=boom.pk).update(name="Anders")
    make_edition(client, brochure)
    second, first = brochure.editions.all()

    assert (first.number, second.number) == (1, 2)
    assert first.data["places"][0]["name"] == "Digipunt Boom"
    assert second.data["places"][0]["name"] == "Anders"


def test_edition_of_a_draft_is_not_public(client, brochure, nele):
    brochure.live = False
    brochure.save()
    client.force_login(nele)
    make_edition(client, brochure)
    edition = brochure.editions.get()
    url = reverse("brochures:paper", args=[edition.pk, "a4"])
    assert client.get(url).status_code == 200
    client.logout()
    assert client.get(url).status_code == 302


@pytest.mark.parametrize("paper", ["a3", "x"])
def test_unknown_format_is_not_found(client, brochure, nele, paper):
    edition = brochures.edition(brochure)
    client.force_login(nele)
    assert get_pdf(client, edition, paper).status_code == 404


def test_query_count_of_list_is_constant(client, brochure, nele, django_assert_max_num_queries):
    client.force_login(nele)
    counts = []
    for round_ in range(2):
        for _ in range(1 + 4 * round_):
            brochures.edition(brochure, user=nele)
        client.get(reverse("brochures:index"))
        with django_assert_max_num_queries(20) as counted:
            assert client.get(reverse("brochures:index")).status_code == 200
        counts.append(len(counted))
    assert counts[0] == counts[1]
