"""The page of a bus or a mobile digipunt: its stops, what one can do there, and its host."""

from datetime import datetime, time, timedelta

import pytest
import time_machine

from locations.core.time_zone import BRUSSELS
from locations.opening_hours.models import Stop
from locations.places.models import Partner
from tests.factories import home as homes
from tests.factories import locations

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _monday_morning():
    with time_machine.travel(locations.MONDAY_MORNING, tick=False):
        yield


def moving(kind="bus", **fields):
    place = locations.location("BUS", name="Digibus", kind=kind, **fields)
    locations.location_page(homes.home_page(), place, slug="digibus")
    return place


def stop(bus, *moment, hours=2, place="Baal", **fields):
    start = datetime(*moment, tzinfo=BRUSSELS)
    end = start + timedelta(hours=hours)
    return Stop.objects.create(location=bus, place=place, starts_at=start, ends_at=end, **fields)


def page(client):
    response = client.get("/digibus/")
    assert response.status_code == 200
    return response


def main(response):
    return response.content.decode().split("<main")[1].split("</main>")[0]


def test_the_next_stop_comes_first_and_what_is_over_is_gone(client):
    bus = moving()
    for place, moment in (
        ("Later", (2026, 12, 9, 9)),
        ("Straks", (2026, 11, 23, 14)),
        ("Bezig", (2026, 11, 23, 8, 1)),
        ("Net voorbij", (2026, 11, 23, 8)),
    ):
        stop(bus, *moment, place=place)
    response = page(client)
    assert [one.place for one in response.context["stops"]] == ["Bezig", "Straks", "Later"]
    assert "Net voorbij" not in main(response)


def test_a_cancelled_stop_stays_struck_through_with_its_reason(client):
    bus = moving()
    stop(bus, 2026, 12, 9, 9, cancelled_reason="Werken op het plein", lat=50.9, lon=4.7)
    stop(bus, 2026, 12, 16, 9)
    said = main(page(client))
    assert said.count("<s>") == said.count("session--off") == 1
    assert "Werken op het plein" in said
    assert "mlat=50.9" not in said


@pytest.mark.parametrize(
    ("where", "link"),
    [
        ({"lat": 50.9, "lon": 4.7}, "mlat=50.9"),
        ({"address": "Plein 1, 3128 Baal"}, "search?query=Plein"),
        ({}, None),
    ],
    ids=["coordinates", "an address", "neither"],
)
def test_a_stop_is_shown_on_a_map_by_its_coordinates_or_its_address(client, where, link):
    stop(moving(), 2026, 12, 9, 9, host="Bib van Baal", **where)
    said = main(page(client))
    assert "Bib van Baal" in said
    assert ("openstreetmap.org" in said.split('id="haltes"')[1]) is bool(link)
    assert link is None or link in said


def test_a_bus_without_stops_says_so(client):
    moving(phone="02 000 00 00")
    assert "session" not in main(page(client))


def test_a_mobile_digipunt_at_a_partner_names_its_host_and_its_weekly_hours(client):
    place = moving("mobile", host=Partner.objects.create(name="Buurthuis"), by_bus="Lijn 310")
    assert '<table class="hours">' not in main(page(client))
    locations.rule(place, 2, time(14), time(16))
    said = main(page(client))
    assert '<table class="hours">' in said
    assert "Buurthuis" in said
    assert "Lijn 310" in said


@pytest.mark.parametrize("kind", ["fixed", "mobile", "bus"])
def test_a_service_is_shown_with_its_hours_price_and_contacts(client, kind):
    place = moving(kind)
    locations.rule(place, 1, time(14), time(16), code="print")
    place.location_services.update(
        note="In kleur.", price_note="10 cent per blad", phone="02 111 11 11", email="p@x.example"
    )
    said = main(page(client))
    facts = ["Print", "In kleur.", "10 cent per blad", "02 111 11 11", "p@x.example", "14"]
    assert [fact for fact in facts if fact not in said] == []


@pytest.mark.parametrize("kind", ["fixed", "mobile"])
def test_how_to_get_in_and_there_is_on_the_page(client, kind):
    moving(
        kind,
        wheelchair="help",
        entrance="Eén trede van 8 cm",
        accessible_toilet=True,
        hearing_loop=True,
        by_train="Station op 2 minuten",
        by_bus="Halte voor de deur",
        by_car="Parking ernaast",
    )
    said = main(page(client))
    facts = ["Eén trede", "Station op", "Halte voor", "Parking ernaast", "#i-toilet", "#i-ear"]
    assert [fact for fact in facts if fact not in said] == []
