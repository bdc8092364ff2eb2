"""Browser tests of location pages and the planning of stops."""

from datetime import datetime, time, timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect
from wagtail.models import Page

from digipunt.accounts import roles
from home.core.roles import Role
from locations.core.time_zone import BRUSSELS
from locations.opening_hours.models import Stop
from tests.browser import steps
from tests.browser.steps import NARROW, WIDE, click_through
from tests.factories import home as homes
from tests.factories import locations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
RULES = [*steps.STANDARD, "best-practice"]
STICKS_OUT = """[...document.querySelectorAll('main *')]
    .filter((one) => !one.closest('header, .wide, .form-side, .w-minimap'))
    .filter((one) => one.getBoundingClientRect().right > innerWidth + 1)
    .slice(0, 5).map((one) => `${one.tagName} ${one.className}`)"""
REASON = "Werken op het plein"


@pytest.fixture
def site(live_server, settings):
    """A digipunt and a bus with a stop next week, a cancelled one, and one that is over."""
    settings.ALLOWED_HOSTS = ["*"]
    steps.restore_wagtail_rows()
    roles.apply()
    home = homes.home_page()
    together = locations.partnership()
    facts = {"partnership": together, "wheelchair": "yes", "by_bus": "Halte voor de deur"}
    aalst = locations.location("AAL", street="Stationsplein", city="Aalst", **facts)
    for weekday in range(7):
        locations.rule(aalst, weekday)
        locations.rule(aalst, weekday, time(13), time(17), code="lending", by_appointment=True)
    locations.location_page(locations.location_index(home), aalst, slug="aalst")
    bus = locations.location("BUS", name="Digibus", kind="bus", phone="02 000 00 00", **facts)
    locations.location_page(home, bus, slug="digibus")
    noon = datetime.combine(timezone.localdate(), time(12), tzinfo=BRUSSELS)
    for place, days, reason in (("Baal", 9, REASON), ("Werchter", 7, ""), ("Voorbij", -7, "")):
        Stop.objects.create(
            location=bus,
            place=place,
            starts_at=noon + timedelta(days=days),
            ends_at=noon + timedelta(days=days, hours=2),
            address=f"Kerkplein 1, 3128 {place}",
            host="Buurthuis",
            cancelled_reason=reason,
            lat=50.95,
            lon=4.7 + days / 100,
        )
    yield bus
    cache.clear()
    Page.objects.all().delete()


@pytest.fixture
def planner(context, live_server, site):
    steps.log_in(context, locations.staff(Role.COORDINATOR, site.partnership), live_server.url)


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["320", "1280"])
def test_location_pages_fit_and_are_accessible(page, live_server, site, size):
    troubles = []
    page.on("console", lambda message: troubles.append(message.text))
    page.set_viewport_size(size)
    for address in ("/digipunten/aalst/", "/digibus/"):
        page.goto(live_server.url + address)
        assert page.evaluate(steps.HORIZONTAL_OVERFLOW) <= 0, address
        assert steps.violations(page, rules=RULES) == [], address
    assert [trouble for trouble in troubles if "Content Security Policy" in trouble] == []


def test_bus_page_shows_stops_without_javascript(browser, live_server, site):
    bare = browser.new_context(java_script_enabled=False, viewport=NARROW)
    page = bare.new_page()
    page.goto(live_server.url + "/digibus/")
    stops = page.locator("article.session")
    expect(stops).to_have_count(2)
    expect(stops.nth(0)).to_contain_text("Werchter")
    expect(stops.nth(0).locator("a[href*='openstreetmap.org']")).to_be_visible()
    expect(stops.nth(1)).to_contain_text(REASON)
    expect(stops.nth(1).locator("s")).to_be_visible()
    page.goto(live_server.url + "/digipunten/aalst/")
    expect(page.locator("table.hours tbody tr")).to_have_count(7)
    bare.close()


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["320", "1280"])
def test_stop_planning_fits_and_is_accessible(page, live_server, planner, site, size):
    page.set_viewport_size(size)
    stop = site.stops.first()
    bulk = reverse("wagtail_bulk_action", args=["locations", "stop", "copy"])
    for address in (
        reverse("stop:index"),
        reverse("stop:edit", args=[stop.pk]),
        f"{bulk}?id={stop.pk}&next={reverse('stop:index')}",
    ):
        page.goto(live_server.url + address)
        assert page.evaluate(STICKS_OUT) == [], address
        assert steps.violations(page) == [], address


def test_selected_stop_is_cancelled_with_a_public_reason(page, live_server, planner, site):
    page.set_viewport_size(WIDE)
    page.goto(live_server.url + reverse("stop:index"))
    page.locator("tr", has_text="Werchter").get_by_role("checkbox").check()
    click_through(page, "[data-bulk-action-button][href*='/cancel/']")
    page.locator("[name=reason]").fill("De bus is stuk")
    click_through(page, ".nice-padding form button[type=submit]")
    expect(page.locator(".messages")).to_be_visible()

    page.goto(live_server.url + "/digibus/")
    expect(page.locator("article.session").first).to_contain_text("De bus is stuk")
