"""Partnerships with digipunten and a bus, and their pages as a visitor reads them."""

from datetime import date, datetime, time, timedelta

from bs4 import BeautifulSoup
from django.urls import reverse

from locations.core.time_zone import BRUSSELS
from locations.opening_hours.models import Stop
from locations.places.models import Municipality
from tests.factories import locations

PARTNERSHIPS_URL = "/digipunten/samenwerking/"


def partnership_of(name, *municipalities, **fields):
    """Create a partnership of these municipalities, given by name."""
    partnership = locations.partnership(name, **fields)
    partnership.municipalities.set(Municipality.objects.filter(name__in=municipalities))
    return partnership


def digipunt(index, partnership, postcode, lat, lon, **fields):
    """Create a digipunt with a page and with hours on Monday morning."""
    location = locations.location(
        partnership=partnership, postcode=postcode, city="Ergens", lat=lat, lon=lon, **fields
    )
    locations.rule(location, 0)
    locations.location_page(index, location)
    return location


def bus(index, partnership, day=date(2026, 12, 2), **stop):
    """Create a digibus with a page and one stop on this day."""
    location = locations.location(name="Digibus", kind="bus", partnership=partnership)
    locations.location_page(index, location)
    fields = {"place": "Schelle", "address": "Plein, 2627 Schelle", "lat": 51.129, "lon": 4.3356}
    start = datetime.combine(day, time(9), tzinfo=BRUSSELS)
    Stop.objects.create(
        location=location, starts_at=start, ends_at=start + timedelta(hours=2), **fields | stop
    )
    return location


def read_main(client, url, **query):
    """Return the parsed `main` element of a page."""
    response = client.get(url, query)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser").main


def read_answer(client, typed):
    """Return the element that answers which partnership a postcode or name belongs to."""
    return read_main(client, PARTNERSHIPS_URL, q=typed).find(id="antwoord")


def read_partnership_page(client, partnership):
    return read_main(client, reverse("locations:partnership", args=[partnership.slug]))
