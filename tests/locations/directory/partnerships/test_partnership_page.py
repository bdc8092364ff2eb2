"""Tests of the page of a partnership: content, coverage and query counts."""

import json
from datetime import date

import pytest
from bs4 import BeautifulSoup
from wagtail.models import PageViewRestriction

from locations.directory.coverage import all_municipalities, compute_coverage
from locations.places.models import Municipality, Partner, PartnerRole, Partnership
from tests.factories import home as homes
from tests.factories import locations
from tests.factories.partnerships import (
    PARTNERSHIPS_URL,
    bus,
    digipunt,
    partnership_of,
    read_answer,
    read_partnership_page,
)

pytestmark = pytest.mark.django_db
MOST = 12


def test_page_shows_contacts_municipalities_and_digipunten(client, rupel, boom, niel):
    Partnership.objects.filter(pk=rupel.pk).update(
        introduction="Wij helpen langs de Rupel.",
        email="rupel@digipunt.example",
        website="https://www.rupel.example/wie",
    )
    main = read_partnership_page(client, rupel)

    assert main.h1.text == "Digibanken Rupel"
    assert main.find("a", href="tel:+3220000000")
    assert main.find("a", href="mailto:rupel@digipunt.example")
    assert main.find("a", href="https://www.rupel.example/wie").text == "rupel.example"
    assert "Wij helpen langs de Rupel." in main.text
    assert [item.b.text for item in main.find(class_="coverage").find_all("li")] == [
        "Boom",
        "Niel",
        "Schelle",
    ]
    cards = main.find(id="punten").find_all("li", class_="place--now")
    assert [card.h3.a.text for card in cards] == ["Digipunt Boom", "Digipunt Niel"]
    assert all(card.find(class_="punt--now") for card in cards)


def test_gap_names_the_nearest_digipunt(client, rupel, boom, niel):
    notices = read_partnership_page(client, rupel).find_all(class_="notice")

    assert len(notices) == 1
    assert "Schelle" in notices[0].h3.text
    assert "Digipunt Niel" in notices[0].text


def test_no_gap_is_shown_when_every_municipality_has_a_digipunt(client, index, rupel, boom, niel):
    digipunt(index, None, "2627", 51.129, 4.3356, name="Van een ander")

    assert not read_partnership_page(client, rupel).find(class_="notice")


def test_next_stop_is_shown_with_its_municipality(client, index, rupel, boom, niel):
    bus(index, rupel, date(2026, 12, 2))
    items = read_partnership_page(client, rupel).find(class_="coverage").find_all("li")

    assert ["2 december" in item.text for item in items] == [False, False, True]


@pytest.mark.parametrize(
    ("fields", "day", "counts"),
    [
        ({}, date(2027, 2, 20), True),
        ({}, date(2027, 2, 22), False),
        ({"address": "", "lat": None, "lon": None}, date(2026, 12, 2), True),
        ({"address": "", "place": "Aan de kerk"}, date(2026, 12, 2), True),
        ({"address": "Boomsesteenweg 1174"}, date(2026, 12, 2), True),
        ({"address": "Boomsesteenweg 1174 bus 2"}, date(2026, 12, 2), True),
        ({"address": "Dorp 1, 2850 Boom"}, date(2026, 12, 2), False),
        ({"address": "", "place": "Kerk", "lat": 51.5, "lon": 5.5}, date(2026, 12, 2), False),
    ],
    ids=[
        "day 89",
        "day 91",
        "by name",
        "by where it is",
        "house number",
        "box",
        "postcode wins",
        "too far away",
    ],
)
def test_stop_counts_for_its_municipality(client, index, rupel, fields, day, counts):
    bus(index, rupel, day, **fields)
    items = read_partnership_page(client, rupel).find(class_="coverage").find_all("li")

    assert bool(items[-1].small.br) is counts


@pytest.mark.parametrize("kind", ["workshop", "warehouse"])
def test_workshop_and_warehouse_are_not_shown(client, index, rupel, boom, kind):
    locations.location(name="Achterkamer", kind=kind, partnership=rupel, postcode="2627")

    assert "Achterkamer" not in read_partnership_page(client, rupel).text
    assert "Achterkamer" not in read_answer(client, "2627").text


def test_location_without_public_page_is_not_shown(client, index, rupel, boom, niel):
    locations.location(name="Nog niet klaar", partnership=rupel, postcode="2627", lat=51.1, lon=4.3)
    PageViewRestriction.objects.create(page=niel.page, restriction_type="login")

    for text in (read_partnership_page(client, rupel).text, read_answer(client, "2845").text):
        assert "Nog niet klaar" not in text
        assert "Digipunt Niel" not in text


def test_partners_are_shown_with_contribution_and_logo(client, rupel):
    logo = homes.image("Logo", size=(480, 200))
    partner = Partner.objects.create(name="Steunfonds", logo=logo, website="https://x.example/")
    partner.partnerships.add(rupel)
    PartnerRole.objects.create(partner=partner, role="sponsor", contribution="betaalt mee")
    PartnerRole.objects.create(partner=partner, role="host")
    main = read_partnership_page(client, rupel)

    assert main.find("img")["src"] == logo.get_rendition("max-400x120|format-webp").url
    assert main.find("a", href="https://x.example/").text == "Steunfonds"
    assert "Betaalt mee" in main.text


def test_jsonld_of_partnership_is_escaped(client, rupel):
    Partnership.objects.filter(pk=rupel.pk).update(introduction="</script><b>x")
    html = client.get(f"{PARTNERSHIPS_URL}digibanken-rupel/").content.decode()
    script = BeautifulSoup(html, "html.parser").find("script", type="application/ld+json")
    data = json.loads(script.string)

    assert data["@type"] == "Organization"
    assert data["telephone"] == "02 000 00 00"
    assert data["description"] == "</script><b>x"
    assert [city["name"] for city in data["areaServed"]] == ["Boom", "Niel", "Schelle"]
    assert "foundingDate" not in data


def test_breadcrumb_contains_the_list_of_digipunten(client, rupel, boom):
    html = client.get(f"{PARTNERSHIPS_URL}digibanken-rupel/").content
    crumbs = BeautifulSoup(html, "html.parser").find("nav", class_="breadcrumb")

    assert [link["href"] for link in crumbs.find_all("a")] == [
        "/",
        "/digipunten/",
        PARTNERSHIPS_URL,
    ]


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_pages_refuse_other_methods_than_get(client, rupel, method):
    assert getattr(client, method)(PARTNERSHIPS_URL).status_code == 405
    assert getattr(client, method)(f"{PARTNERSHIPS_URL}digibanken-rupel/").status_code == 405


def test_unknown_partnership_is_not_found(client, index):
    assert client.get(f"{PARTNERSHIPS_URL}nergens/").status_code == 404


def fill(index, partnership, number):
    for _ in range(number):
        digipunt(index, partnership, "2850", 51.08, 4.36)
        digipunt(index, partnership, "2850", 51.08, 4.36, kind="collection")
        bus(index, partnership)
        partnership_of(f"Samen {Partnership.objects.count()}", "Boom", "Aalst")
        partner = Partner.objects.create(
            name=f"Partner {Partner.objects.count()}", logo=homes.image(size=(400, 100))
        )
        partner.partnerships.add(partnership)
        PartnerRole.objects.create(partner=partner, role="host")


@pytest.mark.parametrize(
    "address", ["", "?q=2850", "?q=3150", "?q=Halle", "?q=xyz", "digibanken-rupel/"]
)
def test_queries_do_not_grow_with_content(
    client, index, rupel, address, django_assert_max_num_queries
):
    fill(index, rupel, 2)
    counts = []
    for _ in range(2):
        client.get(PARTNERSHIPS_URL + address)
        with django_assert_max_num_queries(MOST) as queries:
            assert client.get(PARTNERSHIPS_URL + address).status_code == 200
        counts.append(len(queries))
        fill(index, rupel, 4)
    assert counts[0] == counts[1]


def test_nearest_is_in_own_municipality_even_if_another_is_nearer(index):
    municipalities = all_municipalities()
    own = locations.location(postcode="2850", lat=51.2, lon=4.3)
    other = locations.location(postcode="2845", lat=51.09, lon=4.36)
    key = Municipality.objects.get(name="Boom").pk
    coverage = compute_coverage([key], municipalities, [other, own])[key]

    assert coverage.nearest == own
    assert coverage.fixed == (own,)
    assert not coverage.has_gap


def test_municipality_without_postcodes_has_no_distance(index):
    bare = Municipality.objects.create(nis="99999", name="Nieuwstad", normalized_name="nieuwstad")
    place = locations.location(postcode="2850", lat=51.2, lon=4.3)
    coverage = compute_coverage([bare.pk], all_municipalities({bare.pk: bare.name}), [place])[
        bare.pk
    ]

    assert (coverage.has_gap, coverage.nearest, coverage.kilometres) == (True, None, None)


def test_sitemap_contains_every_partnership(client, rupel):
    partnership_of("Digiplek")
    text = client.get("/sitemap.xml").content.decode()

    for address in (
        PARTNERSHIPS_URL,
        f"{PARTNERSHIPS_URL}digibanken-rupel/",
        f"{PARTNERSHIPS_URL}digiplek/",
    ):
        assert f"{address}</loc>" in text
