"""Browser tests of the partnership pages."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from digipunt.accounts import roles
from home.core.roles import Role
from locations.places import operations
from locations.places.models import Municipality, Partner, PartnerRole
from tests.browser import steps
from tests.browser.steps import HORIZONTAL_OVERFLOW, NARROW, WIDE, click_through, violations
from tests.factories import home as homes
from tests.factories import locations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def rupel(settings):
    """A partnership of three municipalities, of which one has no digipunt."""
    settings.ALLOWED_HOSTS = ["*"]
    steps.restore_wagtail_rows()
    roles.apply()
    operations.load_postcodes()
    index = locations.location_index(homes.home_page())
    made = locations.partnership(
        "Digibanken Rupel",
        introduction="Wij helpen langs de Rupel.",
        phone="02 000 00 00",
        email="een-heel-lang-adres-van-de-samenwerking@digipunt.example",
        website="https://een-heel-lange-naam-van-een-samenwerking.example/",
    )
    made.municipalities.set(Municipality.objects.filter(name__in=["Boom", "Niel", "Schelle"]))
    for name, code, lat, lon in (("Boom", "2850", 51.086, 4.364), ("Niel", "2845", 51.11, 4.327)):
        place = locations.location(
            name=f"Digipunt {name}", partnership=made, postcode=code, city=name, lat=lat, lon=lon
        )
        locations.rule(place, 0)
        locations.location_page(index, place)
    partner = Partner.objects.create(name="Steunfonds", logo=homes.image("Logo", size=(240, 240)))
    partner.partnerships.add(made)
    PartnerRole.objects.create(partner=partner, role="sponsor", contribution="betaalt mee")
    return made


def test_own_partnership_is_found_by_keyboard(page, live_server, rupel):
    page.goto(live_server.url + "/digipunten/")
    click_through(page, page.locator(f"a[href='{reverse('locations:partnerships')}']").first)
    page.locator("main input[name=q]").fill("2627")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator("#antwoord h2")).to_contain_text("2627 Schelle")
    click_through(page, "#antwoord .button--go")

    expect(page.locator("h1")).to_have_text("Digibanken Rupel")
    expect(page.locator(".notice")).to_contain_text("Schelle")
    click_through(page, page.locator("#punten h3 a").first)
    click_through(page, page.locator("main a", has_text="Digibanken Rupel").first)
    expect(page.locator("h1")).to_have_text("Digibanken Rupel")


@pytest.mark.parametrize("window", [NARROW, WIDE], ids=["320", "1280"])
def test_partnership_pages_fit_and_are_accessible(page, live_server, rupel, window):
    page.set_viewport_size(window)
    found = {}
    for address in (
        "/digipunten/samenwerking/",
        "/digipunten/samenwerking/?q=2850",
        "/digipunten/samenwerking/?q=Halle",
        "/digipunten/samenwerking/?q=3150",
        "/digipunten/samenwerking/?q=xyz",
        "/digipunten/samenwerking/digibanken-rupel/",
    ):
        page.goto(live_server.url + address)
        found[address] = (violations(page), page.evaluate(HORIZONTAL_OVERFLOW))
    assert {address: what for address, what in found.items() if what != ([], 0)} == {}


def test_works_without_javascript(browser, live_server, rupel):
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(live_server.url + "/digipunten/samenwerking/")
    page.locator("main input[name=q]").fill("Halle")
    click_through(page, "main form button")
    click_through(page, page.locator(".chip--ask").first)

    expect(page.locator("#antwoord h2")).to_contain_text("1500 Halle")
    page.context.close()


@pytest.mark.parametrize("window", [NARROW, WIDE], ids=["320", "1280"])
def test_coverage_report_fits_and_is_accessible(page, context, live_server, rupel, window):
    steps.log_in(context, locations.staff(Role.COORDINATOR, rupel), live_server.url)
    page.set_viewport_size(window)
    page.goto(live_server.url + reverse("coverage:index"))

    expect(page.locator("table .state--bad")).to_be_visible()
    assert violations(page) == []
    assert page.evaluate(HORIZONTAL_OVERFLOW) == 0
