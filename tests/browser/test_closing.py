"""Browser tests of closing a location today."""

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from digipunt.accounts import roles
from home.core.roles import Role
from locations.opening_hours.models import ClosedDays
from locations.opening_hours.operations import history
from tests.browser import steps
from tests.browser.steps import NARROW, WIDE, click_through
from tests.factories import locations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
STICKS_OUT = """[...document.querySelectorAll('main *')]
    .filter((one) => !one.closest('header'))
    .filter((one) => one.getBoundingClientRect().right > innerWidth + 1)
    .slice(0, 5).map((one) => `${one.tagName} ${one.className}`)"""


@pytest.fixture
def place(settings):
    """What a live server's flush takes away, and a place that is open every day."""
    settings.ALLOWED_HOSTS = ["*"]
    steps.restore_wagtail_rows()
    roles.apply()
    place = locations.location("AAL", name="Digipunt Aalst", partnership=locations.partnership())
    for weekday in range(7):
        locations.rule(place, weekday)
    history.record_unreported_changes()
    return place


@pytest.fixture
def log_in(context, live_server, place):
    def as_role(role, *works_for):
        steps.log_in(context, locations.staff(role, *(works_for or [place])), live_server.url)

    return as_role


def first_reason(page):
    return page.locator(".door__reasons button").first


def test_location_is_closed_and_reopened_from_the_dashboard(page, live_server, place, log_in):
    log_in(Role.DESK)
    page.goto(live_server.url + reverse("wagtailadmin_home"))
    page.locator(".door__close > summary").click()
    click_through(page, first_reason(page))

    expect(page.locator(".door .state--bad")).to_be_visible()
    assert ClosedDays.objects.get().first_day == timezone.localdate()
    click_through(page, ".door form button")
    expect(page.locator(".door__close > summary")).to_be_visible()
    assert not ClosedDays.objects.exists()


def test_enter_in_the_reason_submits_only_that_form(page, live_server, place, log_in):
    log_in(Role.HELPER)
    page.goto(live_server.url + reverse("today:index"))
    page.locator(".door__close > summary").focus()
    page.keyboard.press("Enter")
    page.locator("input[name=text]").fill("We verhuizen")
    page.keyboard.press("Enter")

    expect(page.locator(".door .state--bad")).to_be_visible()
    assert ClosedDays.objects.get().reason == "We verhuizen"


def test_works_without_javascript(browser, live_server, place, log_in, context):
    log_in(Role.DESK)
    bare = browser.new_context(java_script_enabled=False)
    bare.add_cookies(context.cookies())
    page = bare.new_page()
    page.goto(live_server.url + reverse("today:index"))
    page.locator(".door__close > summary").click()
    click_through(page, first_reason(page))

    assert ClosedDays.objects.count() == 1
    bare.close()


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["320", "1280"])
def test_screens_fit_and_are_accessible(page, live_server, place, log_in, size):
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
        assert steps.violations(page) == [], address


def test_one_button_selects_all_open_locations(page, live_server, place, log_in):
    other = locations.location("HAL", name="Digiplek Halle", partnership=place.partnership)
    for weekday in range(7):
        locations.rule(other, weekday)
    log_in(Role.COORDINATOR, place.partnership)
    year = timezone.localdate().year + 1
    page.goto(live_server.url + reverse("holidays:year", args=[year]))
    christmas = page.locator(f"#day-{year}-12-25")
    christmas.locator("[data-tick-open]").click()
    click_through(page, ".holidays__confirm button")

    expect(christmas.locator("[data-opens]:checked, input:checked")).to_have_count(2)
    assert ClosedDays.objects.filter(reason="Kerstmis").count() == 2
