"""A workshop, a warehouse and what is not published are in nothing that a visitor can reach.

An address of places that this test does not know fails it: give it a name to ask for.
"""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse
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
    """A site with a place of which every word is a canary, and devices, stops and a workshop."""
    home = homes.home_page()
    index = locations.location_index(home, show_in_menus=True)
    together = locations.partnership("Digiplek")
    place = staff.place(
        "KAN",
        f"{CANARY} huis",
        partnership=together,
        is_collection_point=True,
        street=f"{CANARY}straat",
        city=f"{CANARY}dorp",
        postcode=POSTCODE,
        phone="0499 99 99 99",
        email="kanarie@x.example",
        lat=50.79,
        lon=4.11,
    )
    locations.rule(place, 0)
    locations.rule(place, 1, code="lending")
    page = locations.location_page(index, place, slug=SLUG, introduction=f"{CANARY} intro")
    seen = staff.place("AAL", "Digipunt Aalst", partnership=together, is_collection_point=True)
    locations.rule(seen, 0)
    locations.location_page(index, seen)
    workshop = locations.workshop(locations.workshop_index(home))
    locations.run(workshop, place, date(2026, 12, 10))
    lending = home.add_child(instance=CatalogueIndexPage(title="Leen een toestel", slug="lenen"))
    laptop = lending.add_child(instance=CataloguePage(title="Laptop", slug="laptop"))
    model = staff.model()
    model.catalogue_page = laptop
    model.save()
    for where in (place, seen):
        staff.available(where)
    return page


def hide(page, how):
    if how in ("draft", "private"):  # a workshop may be given where nobody writes a page about
        WorkshopRun.objects.filter(location=page.location).delete()
    if how == "draft":
        page.unpublish()
    elif how == "private":
        PageViewRestriction.objects.create(page=page, restriction_type="login")
    else:
        Location.objects.filter(pk=page.location_id).update(kind=how)
    indexing.reconcile()


def of_all():
    """Every address that says something about many places."""
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
    for pattern in urls.urlpatterns:
        if not pattern.pattern.converters:
            address = reverse(f"{urls.app_name}:{pattern.name}")
            shared += [address, f"{address}?q={POSTCODE}", f"{address}?dienst=help"]
    return shared


LOUD = [
    *("/digipunten/", "/digipunten/?nu=1", "/zoeken/?q=huis", "/sitemap.xml"),
    *("/workshops/itsme-installeren/", "/lenen/laptop/", "/schenken/aanmelden/"),
    *("/workshops/", "/workshops/?toon=kalender&maand=2026-12", "/workshops/itsme-installeren.ics"),
]
"""Where one reads about a place as long as it is public."""
OF_OTHERS = {"partnership": "digiplek"}
"""What stands in an address that is not about one place."""
OF_A_PLACE = ("digipunten/", "workshops/op/")
"""How the addresses begin in which a name is that of a place."""


def of_one(name):
    """Every address that is about this place, by the name in its page's address or by its code."""
    for pattern in urls.urlpatterns:
        is_of_a_place = str(pattern.pattern).startswith(OF_A_PLACE)
        if pattern.pattern.converters and is_of_a_place and pattern.name not in OF_OTHERS:
            (argument,) = pattern.pattern.converters
            yield reverse(f"{urls.app_name}:{pattern.name}", kwargs={argument: name})


def said(response):
    if response.streaming:
        return response.getvalue().decode(errors="replace")
    return response.content.decode(errors="replace")


def leaks(text):
    return [word for word in (CANARY, CANARY.lower(), "0499 99 99 99") if word in text]


def test_as_long_as_it_is_public_it_is_everywhere(client, site):
    """Or the canary below would prove nothing."""
    indexing.reconcile()
    silent = [address for address in of_all() if not leaks(said(client.get(address)))]
    feeds = ("/digipunten.", "/workshops.")
    assert not [one for one in silent if one in LOUD or one.startswith(feeds)]
    for name in (SLUG, "kan", "KAN"):
        for address in of_one(name):
            assert client.get(address).status_code == 200, address


@pytest.mark.parametrize("how", HIDDEN)
def test_what_is_hidden_is_in_no_list_map_feed_search_or_sitemap(client, site, how):
    hide(site, how)
    found = []
    for address in of_all():
        response = client.get(address)
        if response.status_code >= 400 or leaks(said(response)):
            found.append((address, response.status_code, leaks(said(response))))
    for name, slug in OF_OTHERS.items():
        response = client.get(reverse(f"{urls.app_name}:{name}", args=[slug]))
        if leaks(said(response)):
            found.append((name, leaks(said(response))))
    assert not found


@pytest.mark.parametrize("how", HIDDEN)
def test_what_is_hidden_has_no_address_by_its_name_or_code(client, site, how):
    hide(site, how)
    for address in [f"/digipunten/{SLUG}/", *of_one(SLUG), *of_one("KAN")]:
        response = client.get(address)
        assert response.status_code in ((302, 404) if how == "private" else (404,)), address
        assert not leaks(said(response))


@pytest.mark.parametrize("kind", ["workshop", "warehouse"])
def test_a_bus_that_became_a_workshop_says_no_stop_any_more(client, site, kind):
    bus = locations.location("BUS", kind="bus", name="Bus", partnership=site.location.partnership)
    start = locations.MONDAY_MORNING + timedelta(days=9)
    Stop.objects.create(
        location=bus, place=CANARY, starts_at=start, ends_at=start + timedelta(hours=2)
    )
    page = locations.location_page(site.get_parent(), bus)
    hide(site, "draft")
    assert CANARY in said(client.get(page.url))
    hide(page, kind)
    assert client.get(page.url).status_code == 404
    assert not [address for address in of_all() if leaks(said(client.get(address)))]


@pytest.mark.parametrize("kind", ["workshop", "warehouse"])
def test_nobody_registers_for_a_workshop_at_a_hidden_place(client, site, kind):
    address = reverse("locations:register", args=[WorkshopRun.objects.get().pk])
    assert leaks(said(client.get(address)))
    hide(site, kind)
    response = client.get(address)
    assert response.status_code == 404
    assert not leaks(said(response))


@pytest.mark.parametrize("kind", ["workshop", "warehouse"])
def test_a_label_in_a_workshop_does_not_say_where_it_lies(client, site, kind):
    number = Device.objects.filter(location=site.location).first().number
    hide(site, kind)
    response = client.get(f"/t/{number}/")
    assert response.status_code == 200
    assert not leaks(said(response))


@pytest.mark.parametrize("kind", ["workshop", "warehouse"])
def test_a_page_of_a_workshop_can_not_be_published(site, kind):
    from django.core.exceptions import ValidationError

    site.location.kind = kind
    with pytest.raises(ValidationError):
        site.clean()


@pytest.mark.parametrize("how", ["draft", "private"])
def test_the_page_search_of_wagtail_itself_knows_it_is_not_public(site, how):
    hide(site, how)
    assert not Page.objects.live().public().search(CANARY.lower()).results()
