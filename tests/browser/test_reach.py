"""Browser tests of the report of reach and of brochures."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse
from playwright.sync_api import expect

from digipunt.accounts import roles
from home.core.roles import Role
from locations.core.models import DigibankSettings
from locations.places import operations
from locations.reach.models import ReachGoal
from tests.browser import steps
from tests.browser.steps import HORIZONTAL_OVERFLOW, NARROW, WIDE, click_through, violations
from tests.factories import brochures, locations
from tests.factories import home as homes
from tests.factories import reach as reached
from tests.factories.partnerships import bus, digipunt, partnership_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def rupel(settings):
    settings.ALLOWED_HOSTS = ["*"]
    steps.restore_wagtail_rows()
    roles.apply()
    operations.load_postcodes()
    index = locations.location_index(homes.home_page())
    made = partnership_of("Digibanken Rupel", "Boom", "Niel", phone="03 000 00 00")
    boom = digipunt(index, made, "2850", 51.0860, 4.3635, name="Digipunt Boom")
    niel = digipunt(index, made, "2845", 51.1095, 4.3273, name="Een-heel-lange-naam-van-Niel")
    bus(index, made, date(2027, 4, 7), cancelled_reason="Panne")
    workshop = locations.workshop(locations.workshop_index(index.get_parent()), "Itsme installeren")
    locations.run(workshop, boom, date(2027, 4, 1))
    reached.visits(boom, 23)
    reached.visits(niel, 3)
    ReachGoal.objects.create(
        settings=DigibankSettings.objects.create(), people=1000, meaning="schijf"
    )
    brochures.brochure(index.get_parent(), made, introduction="Kom eens langs.")
    return made


PERIOD = "?first=2026-10&last=2026-11"


@pytest.fixture
def els(context, live_server, rupel):
    steps.log_in(context, locations.staff(Role.COORDINATOR, rupel), live_server.url)


@pytest.fixture(autouse=True)
def _november():
    with time_machine.travel(locations.MONDAY_MORNING, tick=True):
        yield


@pytest.mark.parametrize("window", [NARROW, WIDE], ids=["320", "1280"])
def test_reach_report_fits_and_is_accessible(page, live_server, els, window):
    page.set_viewport_size(window)
    found = {}
    for query in (PERIOD, "?first=2026-11&last=2026-10"):
        page.goto(live_server.url + reverse("reach:index") + query)
        for details in page.locator(".reach__numbers").all():
            details.locator("summary").click()
        found[query] = (violations(page), page.evaluate(HORIZONTAL_OVERFLOW))
    assert {query: what for query, what in found.items() if what != ([], 0)} == {}


def test_table_opens_by_keyboard(page, live_server, els):
    page.goto(live_server.url + reverse("reach:index") + PERIOD)
    first = page.locator(".reach__numbers").first
    expect(first.locator("table")).not_to_be_visible()
    first.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(first.locator("tfoot td").first).to_have_text("25")


def test_period_is_changed_and_invalid_period_is_explained(page, live_server, els):
    page.goto(live_server.url + reverse("reach:index"))
    page.select_option("select[name=first]", "2026-11")
    page.select_option("select[name=last]", "2026-01")
    click_through(page, ".reach__form button")
    expect(page.locator(".reach__figures")).to_have_count(0)
    expect(page.locator(".error-message").first).to_be_visible()
    page.select_option("select[name=first]", "2026-10")
    page.select_option("select[name=last]", "2026-11")
    click_through(page, ".reach__form button")
    expect(page.locator(".reach__figure--first dd")).to_have_text("25")


def test_print_opens_tables_and_hides_the_form(page, live_server, els):
    page.goto(live_server.url + reverse("reach:index") + PERIOD)
    page.emulate_media(media="print")
    expect(page.locator(".reach__form")).not_to_be_visible()
    expect(page.locator(".reach__numbers td").last).to_be_visible()


@pytest.mark.parametrize("window", [NARROW, WIDE], ids=["320", "1280"])
def test_brochure_fits_and_is_accessible(page, live_server, rupel, window):
    page.set_viewport_size(window)
    page.goto(live_server.url + "/brochure/")

    expect(page.locator("h1")).to_have_text("Digitaal aanbod")
    expect(page.locator("#punten s")).to_have_count(1)
    assert violations(page) == []
    assert page.evaluate(HORIZONTAL_OVERFLOW) == 0


def test_edition_is_created_in_one_click(page, live_server, els):
    page.goto(live_server.url + reverse("brochures:index"))
    click_through(page, "form[action$='/uitgave/'] button")
    links = page.locator("a[href*='/uitgaven/']")
    expect(links).to_have_count(3)
    assert violations(page) == []
    response = page.request.get(live_server.url + links.first.get_attribute("href"))
    assert response.body().startswith(b"%PDF")
