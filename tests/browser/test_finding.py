"""Browser tests of the finder: map, live list, and neither."""

import re
from datetime import date, timedelta
from urllib.parse import urlsplit

import pytest
from django.core.cache import cache
from django.utils import timezone
from playwright.sync_api import expect
from wagtail.models import Page

from locations.places import operations
from tests.browser import steps
from tests.browser.steps import NARROW, WIDE, click_through
from tests.factories import home as homes
from tests.factories import locations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def address(live_server, settings):
    """Three places, one of them accessible; two have the same spot on the map."""
    settings.ALLOWED_HOSTS = ["*"]
    steps.restore_wagtail_rows()
    operations.load_postcodes()
    index = locations.location_index(homes.home_page())
    for name, postcode, city, lat, lon, wheelchair in (
        ("Digipunt Aalst", "9300", "Aalst", 50.936, 4.039, "yes"),
        ("Digiplek Halle", "1500", "Halle", 50.7368, 4.2371, ""),
        ("Digiplek Station", "1500", "Halle", 50.7368, 4.2371, ""),
    ):
        place = locations.location(
            name=name, postcode=postcode, city=city, lat=lat, lon=lon, wheelchair=wheelchair
        )
        locations.rule(place, (date.today() + timedelta(days=1)).weekday())
        locations.location_page(index, place)
    yield live_server.url + "/digipunten/"
    cache.clear()
    Page.objects.all().delete()


@pytest.fixture
def heard(page, address):
    """Every request of the page, and what its policy refused."""
    found = {"hosts": set(), "refused": []}
    page.on("request", lambda request: found["hosts"].add(urlsplit(request.url).netloc))
    page.on(
        "console",
        lambda message: (
            found["refused"].append(message.text)
            if "Content Security Policy" in message.text
            else None
        ),
    )
    return found


def pins(page):
    return page.locator(".map__point")


def count(page):
    return page.locator("#gevonden")


def test_map_requests_nothing_from_third_parties(page, address, heard):
    page.goto(address)
    expect(pins(page)).to_have_count(3)
    expect(page.locator(".map__border").first).to_be_attached()
    pins(page).first.click()
    expect(page.get_by_role("dialog")).to_be_visible()

    assert heard == {"hosts": {urlsplit(address).netloc}, "refused": []}


def test_map_pin_works_by_keyboard(page, address):
    page.goto(address)
    first = pins(page).first
    expect(first).to_have_attribute("aria-label", "1. Digiplek Halle")
    first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".map__name")).to_be_focused()
    expect(page.locator(".map__name")).to_have_attribute("href", re.compile("/digipunten/"))
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(first).to_be_focused()
    for _turn in range(8):
        page.keyboard.press("Tab")
    assert page.evaluate("!document.activeElement.closest('.map__canvas')")


def test_map_pin_links_to_its_row_in_the_list(page, address):
    page.goto(address)
    pins(page).nth(2).focus()
    page.keyboard.press(" ")
    page.locator(".map__told a").last.click()

    expect(page.locator("#plaats-3 h3 a")).to_be_focused()


def test_list_and_map_update_without_reload(page, address):
    page.goto(address)
    page.evaluate("window.same = true")
    expect(count(page)).to_contain_text("3")
    box = page.locator("input[name=rolstoel]")
    box.focus()
    page.keyboard.press("Space")
    expect(count(page)).to_contain_text("1")
    expect(page.locator(".place")).to_have_count(1)
    expect(pins(page)).to_have_count(1)
    expect(box).to_be_focused()
    expect(page).to_have_url(address + "?rolstoel=1")
    page.get_by_role("searchbox").fill("9300")
    page.keyboard.press("Enter")
    expect(page).to_have_url(address + "?q=9300&rolstoel=1")
    assert page.evaluate("window.same && document.getElementById('gevonden').role") == "status"

    page.go_back()
    expect(page).to_have_url(address + "?rolstoel=1")
    page.go_back()
    expect(page.locator(".place")).to_have_count(3)
    expect(box).not_to_be_checked()


def test_ambiguous_name_offers_a_choice(page, address):
    page.goto(address)
    page.get_by_role("searchbox").fill("Halle")
    page.keyboard.press("Enter")
    choice = page.locator(".chip--ask")
    expect(choice).to_have_text(["Halle (1500)", "Halle (2980)"])
    click_through(page, choice.first)

    assert "q=Halle+%281500%29" in page.url
    expect(page.locator(".place h3 a").last).to_have_text("Digipunt Aalst")


def test_list_and_map_fit_and_are_accessible(page, address):
    page.emulate_media(reduced_motion="reduce")  # half faded in, nothing has its contrast
    for size in (NARROW, WIDE):
        page.set_viewport_size(size)
        page.goto(address + "?q=1500")
        expect(pins(page)).to_have_count(3)
        assert page.evaluate(steps.HORIZONTAL_OVERFLOW) <= 0
        assert steps.violations(page) == []
        pins(page).first.click()
        expect(page.get_by_role("dialog")).to_be_visible()
        assert page.evaluate(steps.HORIZONTAL_OVERFLOW) <= 0
        assert steps.violations(page) == []


def test_reduced_motion_is_respected(browser, address):
    context = browser.new_context(reduced_motion="reduce", viewport=WIDE)
    page = context.new_page()
    page.goto(address)
    expect(pins(page)).to_have_count(3)
    page.locator(".leaflet-control-zoom-in").click()

    expect(page.locator(".leaflet-zoom-animated.leaflet-zoom-anim")).to_have_count(0)
    assert page.locator(".map__canvas.leaflet-fade-anim").count() == 0
    context.close()


def test_static_map_and_list_work_without_javascript(browser, address):
    context = browser.new_context(java_script_enabled=False, viewport=NARROW)
    page = context.new_page()
    page.goto(address)
    expect(page.locator(".map svg a.map__pin")).to_have_count(3)
    page.locator("input[name=rolstoel]").check()
    page.locator("#dag").fill(str(timezone.localdate() + timedelta(days=1)))
    click_through(page, "form[data-live] button")
    assert "rolstoel=1" in page.url
    assert "dag=" in page.url
    expect(page.locator(".place h3 a")).to_have_text(["Digipunt Aalst"])
    context.close()
