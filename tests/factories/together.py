"""Partnerships, digipunten and a bus, and their pages as a visitor reads them."""

from datetime import date, datetime, time, timedelta

from bs4 import BeautifulSoup
from django.urls import reverse

from locations.core.time_zone import BRUSSELS
from locations.opening_hours.models import Stop
from locations.places.models import Municipality
from tests.factories import locations as places

WHICH = "/digipunten/samenwerking/"


def together(name, *municipalities, **fields):
    made = places.partnership(name, **fields)
    made.municipalities.set(Municipality.objects.filter(name__in=municipalities))
    return made


def digipunt(index, partnership, postcode, lat, lon, **fields):
    place = places.location(
        partnership=partnership, postcode=postcode, city="Ergens", lat=lat, lon=lon, **fields
    )
    places.rule(place, 0)
    places.location_page(index, place)
    return place


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
