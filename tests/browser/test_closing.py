"""The door in a browser: two clicks, by keyboard, without script, at every width, and for axe."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings as django_settings
from django.contrib.contenttypes.models import ContentType
from django.core.cache import caches
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect
from wagtail.models import Collection, Locale, Page

from digipunt.accounts import roles
from locations.models import ClosedDays
from locations.operations import history
from locations.scope import Role
from tests.factories import locations as places

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
STICKS_OUT = """[...document.querySelectorAll('main *')]
    .filter((one) => !one.closest('header'))
    .filter((one) => one.getBoundingClientRect().right > innerWidth + 1)
    .slice(0, 5).map((one) => `${one.tagName} ${one.className}`)"""
NARROW, WIDE = {"width": 320, "height": 800}, {"width": 1280, "height": 900}


@pytest.fixture
def place(settings):
    """What a live server's flush takes away, and a place that is open every day."""
    settings.ALLOWED_HOSTS = ["*"]
    ContentType.objects.clear_cache()
    for name in caches:
        caches[name].clear()
    Locale.objects.get_or_create(language_code="nl")
    if not Collection.objects.exists():
        Collection.add_root(name="Root")
    if not Page.objects.exists():
        Page.add_root(title="Root", slug="root")
    roles.apply()
    place = places.location("AAL", name="Digipunt Aalst", partnership=places.partnership())
    for weekday in range(7):
        places.rule(place, weekday)
    history.catch_up()
    return place


@pytest.fixture
def log_in(context, live_server, place):
    def as_role(role, *works_for):
        client = Client()
        client.force_login(places.staff(role, *(works_for or [place])))
        cookie = client.cookies[django_settings.SESSION_COOKIE_NAME]
        context.add_cookies(
            [{"name": cookie.key, "value": cookie.value, "url": live_server.url, "httpOnly": True}]
        )

    return as_role


def first_reason(page):
    return page.locator(".door__reasons button").first


def test_two_clicks_on_the_dashboard_shut_a_door_and_one_opens_it(page, live_server, place, log_in):
    log_in(Role.DESK)
    page.goto(live_server.url + reverse("wagtailadmin_home"))
    page.locator(".door__close > summary").click()
    first_reason(page).click()

    expect(page.locator(".door .state--bad")).to_be_visible()
    assert ClosedDays.objects.get().first_day == timezone.localdate()
    page.locator(".door form button").click()
    expect(page.locator(".door__close > summary")).to_be_visible()
    assert not ClosedDays.objects.exists()


def test_enter_in_ones_own_words_sends_these_words_alone(page, live_server, place, log_in):
    log_in(Role.HELPER)
    page.goto(live_server.url + reverse("today:index"))
    page.locator(".door__close > summary").focus()
    page.keyboard.press("Enter")
    page.locator("input[name=text]").fill("We verhuizen")
    page.keyboard.press("Enter")

    expect(page.locator(".door .state--bad")).to_be_visible()
    assert ClosedDays.objects.get().reason == "We verhuizen"


def test_it_works_without_script(browser, live_server, place, log_in, context):
    log_in(Role.DESK)
    bare = browser.new_context(java_script_enabled=False)
    bare.add_cookies(context.cookies())
    page = bare.new_page()
    page.goto(live_server.url + reverse("today:index"))
    page.locator(".door__close > summary").click()
    first_reason(page).click()

    assert ClosedDays.objects.count() == 1
    bare.close()


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["320", "1280"])
def test_the_screens_fit_and_have_no_flaw_that_axe_finds(page, live_server, place, log_in, size):
    log_in(Role.COORDINATOR, place.partnership)
    page.set_viewport_size(size)
    year = timezone.localdate().year + 1
    for address in (
        reverse("today:index"),
        reverse("holidays:year", args=[year]),
        f"{reverse('hours_history:index')}?location={place.pk}",
    ):
        page.goto(live_server.url + address)
        page.evaluate("document.querySelectorAll('details').forEach((one) => one.open = true)")
        assert page.evaluate(STICKS_OUT) == [], address
        found = Axe().run(page, options={"runOnly": RULES}).response["violations"]
        assert [one["id"] for one in found] == [], address


def test_one_button_ticks_all_places_that_would_be_open(page, live_server, place, log_in):
    other = places.location("HAL", name="Digiplek Halle", partnership=place.partnership)
    for weekday in range(7):
        places.rule(other, weekday)
    log_in(Role.COORDINATOR, place.partnership)
    year = timezone.localdate().year + 1
    page.goto(live_server.url + reverse("holidays:year", args=[year]))
    christmas = page.locator(f"#day-{year}-12-25")
    christmas.locator("[data-tick-open]").click()
    page.locator(".holidays__confirm button").click()

    expect(christmas.locator("[data-opens]:checked, input:checked")).to_have_count(2)
    assert ClosedDays.objects.filter(reason="Kerstmis").count() == 2
