"""Tests of the page of a bus or a mobile digipunt."""

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


def moving_location(kind="bus", **fields):
    location = locations.location("BUS", name="Digibus", kind=kind, **fields)
    locations.location_page(homes.home_page(), location, slug="digibus")
    return location


def stop(bus, *moment, hours=2, place="Baal", **fields):
    start = datetime(*moment, tzinfo=BRUSSELS)
    end = start + timedelta(hours=hours)
    return Stop.objects.create(location=bus, place=place, starts_at=start, ends_at=end, **fields)


def get_page(client):
    response = client.get("/digibus/")
    assert response.status_code == 200
    return response


def main_html(response):
    return response.content.decode().split("<main")[1].split("</main>")[0]


def test_upcoming_stops_are_listed_in_order(client):
    bus = moving_location()
    for place, moment in (
        ("Later", (2026, 12, 9, 9)),
        ("Straks", (2026, 11, 23, 14)),
        ("Bezig", (2026, 11, 23, 8, 1)),
        ("Net voorbij", (2026, 11, 23, 8)),
    ):
        stop(bus, *moment, place=place)
    response = get_page(client)
    assert [stop.place for stop in response.context["stops"]] == ["Bezig", "Straks", "Later"]
    assert "Net voorbij" not in main_html(response)


def test_cancelled_stop_is_struck_through_with_its_reason(client):
    bus = moving_location()
    stop(bus, 2026, 12, 9, 9, cancelled_reason="Werken op het plein", lat=50.9, lon=4.7)
    stop(bus, 2026, 12, 16, 9)
    html = main_html(get_page(client))
    assert html.count("<s>") == html.count("session--off") == 1
    assert "Werken op het plein" in html
    assert "mlat=50.9" not in html


@pytest.mark.parametrize(
    ("fields", "link"),
    [
        ({"lat": 50.9, "lon": 4.7}, "mlat=50.9"),
        ({"address": "Plein 1, 3128 Baal"}, "search?query=Plein"),
        ({}, None),
    ],
    ids=["coordinates", "an address", "neither"],
)
def test_stop_links_to_a_map_by_coordinates_or_address(client, fields, link):
    stop(moving_location(), 2026, 12, 9, 9, host="Bib van Baal", **fields)
    html = main_html(get_page(client))
    assert "Bib van Baal" in html
    assert ("openstreetmap.org" in html.split('id="haltes"')[1]) is bool(link)
    assert link is None or link in html


def test_bus_without_stops_lists_none(client):
    moving_location(phone="02 000 00 00")
    assert "session" not in main_html(get_page(client))


def test_mobile_digipunt_shows_host_and_weekly_hours(client):
    location = moving_location(
        "mobile", host=Partner.objects.create(name="Buurthuis"), by_bus="Lijn 310"
    )
    assert '<table class="hours">' not in main_html(get_page(client))
    locations.rule(location, 2, time(14), time(16))
    html = main_html(get_page(client))
    assert '<table class="hours">' in html
    assert "Buurthuis" in html
    assert "Lijn 310" in html


@pytest.mark.parametrize("kind", ["fixed", "mobile", "bus"])
def test_service_is_shown_with_hours_price_and_contacts(client, kind):
    location = moving_location(kind)
    locations.rule(location, 1, time(14), time(16), code="print")
    location.location_services.update(
        note="In kleur.", price_note="10 cent per blad", phone="02 111 11 11", email="p@x.example"
    )
    html = main_html(get_page(client))
    texts = ["Print", "In kleur.", "10 cent per blad", "02 111 11 11", "p@x.example", "14"]
    assert [text for text in texts if text not in html] == []


@pytest.mark.parametrize("kind", ["fixed", "mobile"])
def test_access_and_transport_are_shown(client, kind):
    moving_location(
        kind,
        wheelchair="help",
        entrance="Eén trede van 8 cm",
        accessible_toilet=True,
        hearing_loop=True,
        by_train="Station op 2 minuten",
        by_bus="Halte voor de deur",
        by_car="Parking ernaast",
    )
    html = main_html(get_page(client))
    texts = ["Eén trede", "Station op", "Halte voor", "Parking ernaast", "#i-toilet", "#i-ear"]
    assert [text for text in texts if text not in html] == []
