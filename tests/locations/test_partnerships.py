"""Which partnership is mine, and what one partnership says of itself."""

import json
from datetime import date, datetime, time, timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail.models import PageViewRestriction

from locations.coverage import all_towns, coverage
from locations.models import ClosedDays, Municipality, Partner, PartnerRole, Partnership, Stop
from locations.opening_hours import BRUSSELS
from locations.operations import postcodes
from tests.factories import home as homes
from tests.factories import locations as places

pytestmark = pytest.mark.django_db
MOST = 12
WHICH = "/digipunten/samenwerking/"


@pytest.fixture(autouse=True)
def _monday_morning():
    with time_machine.travel(places.MONDAY_MORNING, tick=False):
        yield


@pytest.fixture
def index():
    postcodes.load()
    return places.location_index(homes.home_page())


def together(name, *municipalities, **fields):
    made = places.partnership(name, **fields)
    made.municipalities.set(Municipality.objects.filter(name__in=municipalities))
    return made


@pytest.fixture
def rupel(index):
    return together("Digibanken Rupel", "Boom", "Niel", "Schelle", phone="02 000 00 00")


def digipunt(index, partnership, postcode, lat, lon, **fields):
    place = places.location(
        partnership=partnership, postcode=postcode, city="Ergens", lat=lat, lon=lon, **fields
    )
    places.rule(place, 0)
    places.location_page(index, place)
    return place


@pytest.fixture
def boom(index, rupel):
    return digipunt(index, rupel, "2850", 51.0860, 4.3635, name="Digipunt Boom")


@pytest.fixture
def niel(index, rupel):
    return digipunt(index, rupel, "2845", 51.1095, 4.3273, name="Digipunt Niel")


def bus(index, partnership, day=date(2026, 12, 2), **stop):
    place = places.location(name="Digibus", kind="bus", partnership=partnership)
    places.location_page(index, place)
    where = {"place": "Schelle", "address": "Plein, 2627 Schelle", "lat": 51.129, "lon": 4.3356}
    start = datetime.combine(day, time(9), tzinfo=BRUSSELS)
    Stop.objects.create(
        location=place, starts_at=start, ends_at=start + timedelta(hours=2), **where | stop
    )
    return place


def soup(client, address, **query):
    response = client.get(address, query)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser").main


def answer(client, typed):
    return soup(client, WHICH, q=typed).find(id="antwoord")


def page_of(client, partnership):
    return soup(client, reverse("locations:partnership", args=[partnership.slug]))


@pytest.mark.parametrize("typed", ["2850", "Boom", "2627", "schelle"])
def test_a_postcode_or_a_name_leads_to_its_partnership(client, rupel, boom, niel, typed):
    found = answer(client, typed)

    assert "Digibanken Rupel" in found.h2.text
    assert found.find("a", class_="button--go")["href"] == f"{WHICH}digibanken-rupel/"


@pytest.mark.parametrize(
    ("typed", "nearest"),
    [("2850", "Digipunt Boom"), ("2845", "Digipunt Niel"), ("2627", "Digipunt Niel")],
    ids=["own municipality", "own municipality too", "the next one"],
)
def test_the_nearest_digipunt_of_the_partnership_is_named(
    client, rupel, boom, niel, typed, nearest
):
    assert answer(client, typed).h3.a.text == nearest


def test_a_name_of_two_places_is_asked_back(client, rupel):
    found = answer(client, "Halle")

    assert [link.text for link in found.find_all("a", class_="chip--ask")] == [
        "Halle (1500)",
        "Halle (2980)",
    ]
    assert not found.find("a", class_="button--go")


def test_who_lives_where_no_partnership_is_finds_the_nearest_digipunten(client, index, boom, niel):
    for number in range(3):
        digipunt(index, None, "9000", 51.05, 3.7 - number / 10)

    found = answer(client, "3150")

    assert "3150 Haacht" in found.h2.text
    names = [heading.a.text for heading in found.find_all("h3")]
    assert names[:2] == ["Digipunt Boom", "Digipunt Niel"]
    assert len(names) == 3


@pytest.mark.parametrize(
    ("stop", "is_named"),
    [
        ({}, True),
        ({"cancelled_reason": "Panne"}, False),
        ({"lat": None, "lon": None}, False),
        ({"lat": 51.5, "lon": 5.5}, False),
    ],
    ids=["nearer than any digipunt", "cancelled", "nobody knows where", "further away"],
)
def test_a_bus_that_comes_nearer_is_named_first(client, index, rupel, boom, stop, is_named):
    bus(index, rupel, **{"place": "Werchter", "lat": 50.971, "lon": 4.693} | stop)

    assert ("Werchter" in answer(client, "3150").h3.text) is is_named


@pytest.mark.parametrize("kind", ["bus", "partnership"])
def test_a_bus_that_stays_at_home_is_not_promised(client, index, rupel, boom, kind):
    place = bus(index, rupel, place="Werchter", lat=50.971, lon=4.693)
    who = {"location": place} if kind == "bus" else {"partnership": rupel}
    ClosedDays.objects.create(first_day=date(2026, 12, 1), last_day=date(2026, 12, 3), **who)

    assert "Werchter" not in answer(client, "3150").text


@pytest.mark.parametrize("typed", ["9999", "xyzzy", "<script>", "☃", "\x00", "a" * 5000, "'--"])
def test_what_is_not_known_never_crashes_and_all_partnerships_stay(client, rupel, boom, typed):
    main = soup(client, WHICH, q=typed)

    assert main.table.th
    assert "Digibanken Rupel" in main.table.text
    assert not main.find("script")


def test_every_partnership_is_listed_with_its_municipalities_postcodes_and_number(
    client, rupel, boom, niel
):
    together("Zonder iets")
    rows = [[cell.text for cell in row.find_all(["th", "td"])] for row in _rows(client)]

    assert rows == [
        ["Digibanken Rupel", "Boom, Niel, Schelle", "2627, 2845, 2850", "2"],
        ["Zonder iets", "–", "–", "0"],
    ]


def _rows(client):
    return soup(client, WHICH).table.tbody.find_all("tr")


def test_a_municipality_of_two_partnerships_names_both(client, rupel, boom):
    together("Tweede samenwerking", "Boom")

    names = [heading.text for heading in answer(client, "2850").find_all("h2")]

    assert len(names) == 2
    assert "Digibanken Rupel" in names[0]
    assert "Tweede samenwerking" in names[1]


def test_without_any_partnership_or_place_there_is_still_a_way(client, index):
    assert soup(client, WHICH, q="2850").find(id="antwoord").p
    assert soup(client, WHICH).form


def test_the_page_names_contacts_municipalities_and_digipunten_with_their_doors(
    client, rupel, boom, niel
):
    Partnership.objects.filter(pk=rupel.pk).update(
        introduction="Wij helpen langs de Rupel.",
        email="rupel@digipunt.example",
        website="https://www.rupel.example/wie",
    )
    main = page_of(client, rupel)

    assert main.h1.text == "Digibanken Rupel"
    assert main.find("a", href="tel:+3220000000")
    assert main.find("a", href="mailto:rupel@digipunt.example")
    assert main.find("a", href="https://www.rupel.example/wie").text == "rupel.example"
    assert "Wij helpen langs de Rupel." in main.text
    assert [one.b.text for one in main.find(class_="coverage").find_all("li")] == [
        "Boom",
        "Niel",
        "Schelle",
    ]
    doors = main.find(id="punten").find_all("li", class_="place--now")
    assert [door.h3.a.text for door in doors] == ["Digipunt Boom", "Digipunt Niel"]
    assert all(door.find(class_="punt--now") for door in doors)


def test_the_municipality_without_a_digipunt_is_pointed_to_the_nearest(client, rupel, boom, niel):
    notices = page_of(client, rupel).find_all(class_="notice")

    assert len(notices) == 1
    assert "Schelle" in notices[0].h3.text
    assert "Digipunt Niel" in notices[0].text


def test_nothing_is_missing_when_every_municipality_has_one(client, index, rupel, boom, niel):
    digipunt(index, None, "2627", 51.129, 4.3356, name="Van een ander")

    assert not page_of(client, rupel).find(class_="notice")


def test_the_next_stop_of_the_bus_stands_at_its_municipality(client, index, rupel, boom, niel):
    bus(index, rupel, date(2026, 12, 2))
    covered = page_of(client, rupel).find(class_="coverage").find_all("li")

    assert ["2 december" in one.text for one in covered] == [False, False, True]


@pytest.mark.parametrize(
    ("fields", "day", "counts"),
    [
        ({}, date(2027, 2, 20), True),
        ({}, date(2027, 2, 22), False),
        ({"address": "", "lat": None, "lon": None}, date(2026, 12, 2), True),
        ({"address": "", "place": "Aan de kerk"}, date(2026, 12, 2), True),
        ({"address": "Dorp 1, 2850 Boom"}, date(2026, 12, 2), False),
        ({"address": "", "place": "Kerk", "lat": 51.5, "lon": 5.5}, date(2026, 12, 2), False),
    ],
    ids=["day 89", "day 91", "by name", "by where it is", "postcode wins", "too far away"],
)
def test_a_stop_is_put_in_its_municipality(client, index, rupel, fields, day, counts):
    bus(index, rupel, day, **fields)
    covered = page_of(client, rupel).find(class_="coverage").find_all("li")

    assert bool(covered[-1].small.br) is counts


@pytest.mark.parametrize("kind", ["workshop", "warehouse"])
def test_rooms_out_of_sight_stay_out_of_sight(client, index, rupel, boom, kind):
    places.location(name="Achterkamer", kind=kind, partnership=rupel, postcode="2627")

    assert "Achterkamer" not in page_of(client, rupel).text
    assert "Achterkamer" not in answer(client, "2627").text


def test_a_place_without_a_page_or_behind_a_password_is_not_named(client, index, rupel, boom, niel):
    places.location(name="Nog niet klaar", partnership=rupel, postcode="2627", lat=51.1, lon=4.3)
    PageViewRestriction.objects.create(page=niel.page, restriction_type="login")

    for text in (page_of(client, rupel).text, answer(client, "2845").text):
        assert "Nog niet klaar" not in text
        assert "Digipunt Niel" not in text


def test_partners_stand_there_with_what_they_do_and_their_logo(client, rupel):
    logo = homes.image("Logo", size=(480, 200))
    partner = Partner.objects.create(name="Steunfonds", logo=logo, website="https://x.example/")
    partner.partnerships.add(rupel)
    PartnerRole.objects.create(partner=partner, role="sponsor", contribution="betaalt mee")
    PartnerRole.objects.create(partner=partner, role="host")
    main = page_of(client, rupel)

    assert main.find("img")["src"] == logo.get_rendition("max-400x120|format-webp").url
    assert main.find("a", href="https://x.example/").text == "Steunfonds"
    assert "Betaalt mee" in main.text


def test_the_partnership_is_said_to_machines_and_can_not_break_out(client, rupel):
    Partnership.objects.filter(pk=rupel.pk).update(introduction="</script><b>x")
    html = client.get(f"{WHICH}digibanken-rupel/").content.decode()
    script = BeautifulSoup(html, "html.parser").find("script", type="application/ld+json")
    data = json.loads(script.string)

    assert data["@type"] == "Organization"
    assert data["telephone"] == "02 000 00 00"
    assert data["description"] == "</script><b>x"
    assert [one["name"] for one in data["areaServed"]] == ["Boom", "Niel", "Schelle"]
    assert "foundingDate" not in data


def test_the_way_back_leads_over_the_list_of_digipunten(client, rupel, boom):
    html = client.get(f"{WHICH}digibanken-rupel/").content
    crumbs = BeautifulSoup(html, "html.parser").find("nav", class_="breadcrumb")

    assert [link["href"] for link in crumbs.find_all("a")] == ["/", "/digipunten/", WHICH]


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_it_can_only_be_read(client, rupel, method):
    assert getattr(client, method)(WHICH).status_code == 405
    assert getattr(client, method)(f"{WHICH}digibanken-rupel/").status_code == 405


def test_a_partnership_that_is_not_there_is_not_found(client, index):
    assert client.get(f"{WHICH}nergens/").status_code == 404


def fill(index, partnership, number):
    for _ in range(number):
        digipunt(index, partnership, "2850", 51.08, 4.36)
        digipunt(index, partnership, "2850", 51.08, 4.36, kind="collection")
        bus(index, partnership)
        together(f"Samen {Partnership.objects.count()}", "Boom", "Aalst")
        partner = Partner.objects.create(
            name=f"Partner {Partner.objects.count()}", logo=homes.image(size=(400, 100))
        )
        partner.partnerships.add(partnership)
        PartnerRole.objects.create(partner=partner, role="host")


@pytest.mark.parametrize(
    "address", ["", "?q=2850", "?q=3150", "?q=Halle", "?q=xyz", "digibanken-rupel/"]
)
def test_it_costs_the_same_with_more_of_everything(
    client, index, rupel, address, django_assert_max_num_queries
):
    fill(index, rupel, 2)
    counts = []
    for _ in range(2):
        client.get(WHICH + address)
        with django_assert_max_num_queries(MOST) as counted:
            assert client.get(WHICH + address).status_code == 200
        counts.append(len(counted))
        fill(index, rupel, 4)
    assert counts[0] == counts[1]


def test_the_nearest_is_in_the_own_municipality_even_if_another_is_nearer(index):
    towns = all_towns()
    own = places.location(postcode="2850", lat=51.2, lon=4.3)
    other = places.location(postcode="2845", lat=51.09, lon=4.36)
    key = Municipality.objects.get(name="Boom").pk
    found = coverage([key], towns, [other, own])[key]

    assert found.nearest == own
    assert found.fixed == (own,)
    assert not found.has_gap


def test_a_municipality_without_postcodes_has_no_distance(index):
    bare = Municipality.objects.create(nis="99999", name="Nieuwstad", folded="nieuwstad")
    place = places.location(postcode="2850", lat=51.2, lon=4.3)
    found = coverage([bare.pk], all_towns({bare.pk: bare.name}), [place])[bare.pk]

    assert (found.has_gap, found.nearest, found.kilometres) == (True, None, None)


def test_search_engines_find_every_partnership(client, rupel):
    together("Digiplek")
    text = client.get("/sitemap.xml").content.decode()

    for address in (WHICH, f"{WHICH}digibanken-rupel/", f"{WHICH}digiplek/"):
        assert f"{address}</loc>" in text
