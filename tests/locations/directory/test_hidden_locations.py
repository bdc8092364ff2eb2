"""Tests that hidden and unpublished locations appear nowhere on the public site.

A new URL of the locations app is tested too: give it an argument here if it needs one.
"""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import URLResolver, reverse
from wagtail.models import Page, PageViewRestriction

from lending.catalogue.models import CatalogueIndexPage, CataloguePage
from lending.devices.models import Device
from locations import urls
from locations.opening_hours.models import Stop
from locations.places.models import Location
from locations.workshops.models import WorkshopRun
from search import indexing
from tests.factories import home as homes
from tests.factories import locations, staff

pytestmark = pytest.mark.django_db
CANARY, POSTCODE, SLUG = "KANARIE", "1755", "kanarie-huis"
HIDDEN = ["workshop", "warehouse", "draft", "private"]


@pytest.fixture(autouse=True)
def _monday_morning():
    with time_machine.travel(locations.MONDAY_MORNING, tick=False):
        yield


@pytest.fixture
def site():
    """Create a site with a location whose texts contain a canary, with devices and a workshop."""
    home = homes.home_page()
    index = locations.location_index(home, show_in_menus=True)
    partnership = locations.partnership("Digiplek")
    location = staff.place(
        "KAN",
        f"{CANARY} huis",
        partnership=partnership,
        is_collection_point=True,
        street=f"{CANARY}straat",
        city=f"{CANARY}dorp",
        postcode=POSTCODE,
        phone="0499 99 99 99",
        email="kanarie@x.example",
        lat=50.79,
        lon=4.11,
    )
    locations.rule(location, 0)
    locations.rule(location, 1, code="lending")
    page = locations.location_page(index, location, slug=SLUG, introduction=f"{CANARY} intro")
    public = staff.place("AAL", "Digipunt Aalst", partnership=partnership, is_collection_point=True)
    locations.rule(public, 0)
    locations.location_page(index, public)
    workshop = locations.workshop(locations.workshop_index(home))
    locations.run(workshop, location, date(2026, 12, 10))
    lending = home.add_child(instance=CatalogueIndexPage(title="Leen een toestel", slug="lenen"))
    laptop = lending.add_child(instance=CataloguePage(title="Laptop", slug="laptop"))
    model = staff.model()
    model.catalogue_page = laptop
    model.save()
    for location_with_device in (location, public):
        staff.available(location_with_device)
    return page


def hide(page, how):
    if how in ("draft", "private"):  # runs may take place at a location without page
        WorkshopRun.objects.filter(location=page.location).delete()
    if how == "draft":
        page.unpublish()
    elif how == "private":
        PageViewRestriction.objects.create(page=page, restriction_type="login")
    else:
        Location.objects.filter(pk=page.location_id).update(kind=how)
    indexing.reconcile()


def url_patterns(patterns=urls.urlpatterns):
    """Yield the URL patterns of the app and of the modules that it includes."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from url_patterns(pattern.url_patterns)
        else:
            yield pattern


def shared_urls():
    """Return every URL that shows several locations."""
    shared = [
        "/",
        "/digipunten/",
        f"/digipunten/?q={POSTCODE}",
        "/digipunten/?dienst=help",
        "/digipunten/?dag=2026-11-30",
        "/digipunten/?nu=1",
        "/zoeken/?q=huis",
        f"/zoeken/?q={POSTCODE}",
        "/sitemap.xml",
        "/robots.txt",
        "/workshops/",
        "/workshops/?toon=kalender&maand=2026-12",
        "/workshops/itsme-installeren/",
        "/workshops/itsme-installeren.ics",
        "/workshops/itsme-installeren.json",
        "/workshops/itsme-installeren.uitdatabank.json",
        "/lenen/",
        "/lenen/laptop/",
        "/schenken/aanmelden/",
    ]
    for pattern in url_patterns():
        if not pattern.pattern.converters:
            address = reverse(f"{urls.app_name}:{pattern.name}")
            shared += [address, f"{address}?q={POSTCODE}", f"{address}?dienst=help"]
    return shared


PUBLIC_URLS = [
    *("/digipunten/", "/digipunten/?nu=1", "/zoeken/?q=huis", "/sitemap.xml"),
    *("/workshops/itsme-installeren/", "/lenen/laptop/", "/schenken/aanmelden/"),
    *("/workshops/", "/workshops/?toon=kalender&maand=2026-12", "/workshops/itsme-installeren.ics"),
]
"""URLs that show every public location."""
OTHER_ARGUMENTS = {"partnership": "digiplek"}
"""Arguments of URLs that are not about one location."""
LOCATION_PREFIXES = ("digipunten/", "workshops/op/")
"""Prefixes of URLs with the name of a location."""


def location_urls(name):
    """Yield every URL about the location with this slug or code."""
    for pattern in url_patterns():
        names_location = str(pattern.pattern).startswith(LOCATION_PREFIXES)
        if pattern.pattern.converters and names_location and pattern.name not in OTHER_ARGUMENTS:
            (argument,) = pattern.pattern.converters
            yield reverse(f"{urls.app_name}:{pattern.name}", kwargs={argument: name})


def read_response(response):
    if response.streaming:
        return response.getvalue().decode(errors="replace")
    return response.content.decode(errors="replace")


def find_leaks(text):
    return [word for word in (CANARY, CANARY.lower(), "0499 99 99 99") if word in text]


def test_public_location_is_everywhere(client, site):
    """Prove that the canary would be found."""
    indexing.reconcile()
    without_canary = [
        address for address in shared_urls() if not find_leaks(read_response(client.get(address)))
    ]
    feeds = ("/digipunten.", "/workshops.")
    assert not [url for url in without_canary if url in PUBLIC_URLS or url.startswith(feeds)]
    for name in (SLUG, "kan", "KAN"):
        for address in location_urls(name):
            assert client.get(address).status_code == 200, address


@pytest.mark.parametrize("how", HIDDEN)
def test_hidden_location_is_in_no_list_feed_search_or_sitemap(client, site, how):
    hide(site, how)
    leaks = []
    for address in shared_urls():
        response = client.get(address)
        if response.status_code >= 400 or find_leaks(read_response(response)):
            leaks.append((address, response.status_code, find_leaks(read_response(response))))
    for name, slug in OTHER_ARGUMENTS.items():
        response = client.get(reverse(f"{urls.app_name}:{name}", args=[slug]))
        if find_leaks(read_response(response)):
            leaks.append((name, find_leaks(read_response(response))))
    assert not leaks


@pytest.mark.parametrize("how", HIDDEN)
def test_hidden_location_is_not_found_by_slug_or_code(client, site, how):
    hide(site, how)
    for address in [f"/digipunten/{SLUG}/", *location_urls(SLUG), *location_urls("KAN")]:
        response = client.get(address)
        assert response.status_code in ((302, 404) if how == "private" else (404,)), address
        assert not find_leaks(read_response(response))


@pytest.mark.parametrize("kind", ["workshop", "warehouse"])
def test_stops_disappear_when_bus_becomes_hidden(client, site, kind):
    bus = locations.location("BUS", kind="bus", name="Bus", partnership=site.location.partnership)
    start = locations.MONDAY_MORNING + timedelta(days=9)
    Stop.objects.create(
        location=bus, place=CANARY, starts_at=start, ends_at=start + timedelta(hours=2)
    )
    page = locations.location_page(site.get_parent(), bus)
    hide(site, "draft")
    assert CANARY in read_response(client.get(page.url))
    hide(page, kind)
    assert client.get(page.url).status_code == 404
    assert not [
        address for address in shared_urls() if find_leaks(read_response(client.get(address)))
    ]


@pytest.mark.parametrize("kind", ["workshop", "warehouse"])
def test_registration_is_not_found_at_hidden_location(client, site, kind):
    address = reverse("locations:register", args=[WorkshopRun.objects.get().pk])
    assert find_leaks(read_response(client.get(address)))
    hide(site, kind)
    response = client.get(address)
    assert response.status_code == 404
    assert not find_leaks(read_response(response))


@pytest.mark.parametrize("kind", ["workshop", "warehouse"])
def test_device_page_does_not_reveal_hidden_location(client, site, kind):
    number = Device.objects.filter(location=site.location).first().number
    hide(site, kind)
    response = client.get(f"/t/{number}/")
    assert response.status_code == 200
    assert not find_leaks(read_response(response))


@pytest.mark.parametrize("kind", ["workshop", "warehouse"])
def test_page_of_hidden_kind_is_invalid(site, kind):
    site.location.kind = kind
    with pytest.raises(ValidationError):
        site.clean()


@pytest.mark.parametrize("how", ["draft", "private"])
def test_page_search_excludes_hidden_location(site, how):
    hide(site, how)
    assert not Page.objects.live().public().search(CANARY.lower()).results()
