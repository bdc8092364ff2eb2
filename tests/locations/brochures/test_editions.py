"""Editions: a brochure that was printed can be printed again, exactly as it was."""

import copy

import pytest
from django.core.cache import cache
from django.urls import reverse

from home.core.roles import Role
from locations.brochures.documents import PAPERS
from locations.brochures.models import BrochureEdition
from locations.opening_hours.models import OpeningRule
from locations.places.models import Location, Partnership
from tests.factories import brochures, locations

pytestmark = pytest.mark.django_db


@pytest.fixture
def nele(langs_de_rupel):
    """The communication officer of the partnership."""
    return locations.staff(Role.EDITOR, langs_de_rupel)


def make(client, brochure):
    return client.post(reverse("brochures:make", args=[brochure.pk]), follow=True)


def printed(client, edition, paper="a5"):
    return client.get(reverse("brochures:paper", args=[edition.pk, paper]))


@pytest.mark.parametrize("role", [Role.EDITOR, Role.COORDINATOR])
def test_who_communicates_keeps_an_edition_and_prints_it(client, brochure, langs_de_rupel, role):
    user = locations.staff(role, langs_de_rupel)
    client.force_login(user)
    response = make(client, brochure)
    edition = brochure.editions.get()

    assert response.status_code == 200
    assert (edition.number, edition.made_by) == (1, user)
    for paper in PAPERS:
        assert printed(client, edition, paper).content.startswith(b"%PDF")


@pytest.mark.parametrize("role", [Role.HELPER, Role.DESK, Role.REFERRER, Role.LOGISTICS])
def test_others_make_none_and_read_none(client, brochure, boom_met_pagina, role):
    edition = brochures.edition(brochure)
    client.force_login(locations.staff(role, boom_met_pagina))
    make(client, brochure)
    assert printed(client, edition).status_code == 302
    assert client.get(reverse("brochures:index")).status_code == 302
    assert BrochureEdition.objects.count() == 1


def test_those_of_another_partnership_are_not_there(client, brochure):
    edition = brochures.edition(brochure)
    other = locations.partnership("Ander")
    locations.location(partnership=other)
    client.force_login(locations.staff(Role.COORDINATOR, other))

    assert make(client, brochure).status_code == 404
    assert printed(client, edition).status_code == 404
    assert brochure.title not in client.get(reverse("brochures:index")).content.decode()
    assert BrochureEdition.objects.count() == 1


def test_a_look_makes_nothing(client, brochure, nele):
    client.force_login(nele)
    assert client.get(reverse("brochures:make", args=[brochure.pk])).status_code == 405
    assert not BrochureEdition.objects.exists()


@pytest.mark.parametrize("paper", PAPERS)
def test_an_edition_is_printed_as_it_was_whatever_changed_since(
    client, brochure, boom_met_pagina, langs_de_rupel, nele, paper
):
    client.force_login(nele)
    make(client, brochure)
    edition = brochure.editions.get()
    before, data = printed(client, edition, paper).content, copy.deepcopy(edition.data)

    OpeningRule.objects.all().delete()
    Location.objects.filter(pk=boom_met_pagina.pk).update(name="Anders", phone="09")
    Partnership.objects.filter(pk=langs_de_rupel.pk).update(phone="09 999 99 99")
    brochure.title = "Een andere titel"
    brochure.save()
    cache.clear()

    edition.refresh_from_db()
    assert edition.data == data
    assert printed(client, edition, paper).content == before


def test_the_next_edition_has_the_next_number_and_the_data_of_its_own_day(
    client, brochure, boom_met_pagina, nele
):
    client.force_login(nele)
    make(client, brochure)
    Location.objects.filter(pk=boom_met_pagina.pk).update(name="Anders")
    make(client, brochure)
    second, first = brochure.editions.all()

    assert (first.number, second.number) == (1, 2)
    assert first.data["places"][0]["name"] == "Digipunt Boom"
    assert second.data["places"][0]["name"] == "Anders"


def test_an_edition_of_a_draft_can_be_kept_and_is_not_public(client, brochure, nele):
    brochure.live = False
    brochure.save()
    client.force_login(nele)
    make(client, brochure)
    edition = brochure.editions.get()
    address = reverse("brochures:paper", args=[edition.pk, "a4"])
    assert client.get(address).status_code == 200
    client.logout()
    assert client.get(address).status_code == 302


@pytest.mark.parametrize("paper", ["a3", "x"])
def test_other_papers_are_not_there(client, brochure, nele, paper):
    edition = brochures.edition(brochure)
    client.force_login(nele)
    assert printed(client, edition, paper).status_code == 404


def test_the_list_costs_the_same_with_more_editions(
    client, brochure, nele, django_assert_max_num_queries
):
    client.force_login(nele)
    counts = []
    for turn in range(2):
        for _ in range(1 + 4 * turn):
            brochures.edition(brochure, user=nele)
        client.get(reverse("brochures:index"))
        with django_assert_max_num_queries(20) as counted:
            assert client.get(reverse("brochures:index")).status_code == 200
        counts.append(len(counted))
    assert counts[0] == counts[1]
