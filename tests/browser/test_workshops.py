"""Browser tests of the list of workshops."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone
from playwright.sync_api import expect
from wagtail.models import Page

from locations.places import operations
from locations.workshops.models import Registration, WorkshopRun
from tests.browser import steps
from tests.browser.steps import NARROW, WIDE, click_through
from tests.factories import home as homes
from tests.factories import locations
from tests.factories import workshops as make

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def address(live_server, settings):
    """A workshop for starters that is full, a series that is not, and one that is cancelled."""
    settings.ALLOWED_HOSTS = ["*"]
    steps.restore_wagtail_rows()
    operations.load_postcodes()
    home = homes.home_page()
    index = locations.workshop_index(home)
    aalst = locations.location("AAL", name="Digipunt Aalst", postcode="9300", lat=50.936, lon=4.039)
    locations.location_page(locations.location_index(home), aalst)
    morning = timezone.localtime().replace(hour=9, minute=30, second=0, microsecond=0)
    next_month = (morning.replace(day=1) + timedelta(days=40)).replace(day=12)
    itsme = locations.workshop(index, "Itsme installeren", topic=make.topic(), bring="Je gsm")
    make.run(itsme, aalst, next_month, seated=8, waiting=2)
    series = locations.workshop(index, "Eerste stappen", level="basic", limits="We vullen niet in.")
    make.run(series, aalst, *(next_month + timedelta(days=day, hours=5) for day in (0, 7)))
    ill = {"status": "cancelled", "cancelled_reason": "De lesgever is ziek"}
    make.run(series, aalst, next_month + timedelta(days=1), **ill)
    yield live_server.url + "/workshops/"
    cache.clear()
    Registration.objects.all().delete()
    WorkshopRun.objects.all().delete()
    Page.objects.all().delete()


def month(address):
    this = timezone.localtime().replace(day=1) + timedelta(days=40)
    return f"{address}?toon=kalender&maand={this:%Y-%m}"


def test_list_updates_without_reload_and_back_works(page, address):
    page.goto(address)
    page.evaluate("window.same = true")
    expect(page.locator(".session")).to_have_count(3)
    box = page.locator("input[name=niveau][value=starter]")
    box.focus()
    page.keyboard.press("Space")
    expect(page.locator(".session")).to_have_count(1)
    expect(page).to_have_url(address + "?niveau=starter")
    expect(box).to_be_focused()
    page.get_by_role("searchbox").fill("9300")
    page.keyboard.press("Enter")
    expect(page.locator("#gevonden")).to_contain_text("9300 Aalst")
    assert page.evaluate("window.same && document.getElementById('gevonden').role") == "status"
    page.locator("details.more summary").click()
    page.locator("select[name=km]").select_option("50")
    expect(page).to_have_url(address + "?q=9300&niveau=starter&km=50")
    page.go_back()
    expect(page.locator("select[name=km]")).to_have_value("")
    page.go_back()
    expect(page).to_have_url(address + "?niveau=starter")
    page.go_back()
    expect(page.locator(".session")).to_have_count(3)
    expect(box).not_to_be_checked()


def test_invalid_period_is_explained_without_reload(page, address):
    page.goto(address)
    page.locator("details.more summary").click()
    today = timezone.localdate()
    page.locator("#van").fill(str(today + timedelta(days=9)))
    page.locator("#tot").fill(str(today + timedelta(days=8)))
    expect(page.locator("#periode-fout .field__error")).to_be_visible()
    page.locator("#tot").fill(str(today + timedelta(days=90)))
    expect(page.locator("#periode-fout .field__error")).to_have_count(0)


def test_list_works_without_javascript_on_a_phone(browser, address):
    context = browser.new_context(java_script_enabled=False, viewport=NARROW)
    page = context.new_page()
    page.goto(address)
    page.locator("details.more summary").click()
    page.locator("input[name=onderwerp][value=itsme]").check()
    page.locator("input[name=deel][value=voormiddag]").check()
    click_through(page, "form[data-live] button")
    expect(page.locator(".session h3 a")).to_have_text(["Itsme installeren"])
    expect(page.locator("details.more")).to_have_attribute("open", "")
    page.goto(month(address))
    expect(page.locator(".month__lesson")).to_have_count(4)
    click_through(page, page.locator(".month__lesson a").first)
    expect(page.locator("h1")).to_have_text("Itsme installeren")
    context.close()


def test_month_is_a_grid_on_desktop_and_a_list_on_a_phone(page, address):
    page.set_viewport_size(WIDE)
    page.goto(month(address))
    grid = page.locator(".month__days")
    assert grid.evaluate("one => getComputedStyle(one).display") == "grid"
    assert page.locator(".month__day:visible").count() >= 28
    page.set_viewport_size(NARROW)
    assert page.locator(".month__day:visible").count() == 3
    expect(page.locator(".month__name").locator("visible=true").first).to_contain_text("12")


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["phone", "wide"])
def test_workshop_pages_fit_and_are_accessible(page, address, size):
    page.emulate_media(reduced_motion="reduce")
    page.set_viewport_size(size)
    for where in (
        address + "?van=x&q=9300",
        address + "?q=halle",
        month(address),
        address + "eerste-stappen/",
        address + "?niveau=advanced",
    ):
        page.goto(where)
        assert page.evaluate(steps.HORIZONTAL_OVERFLOW) <= 0, where
        assert steps.violations(page) == [], where


def test_print_keeps_dates_and_hides_buttons(page, address):
    page.emulate_media(media="print")
    page.goto(address + "eerste-stappen/")
    expect(page.locator(".lessons li").first).to_be_visible()
    expect(page.locator(".dates .button").first).to_be_hidden()
    expect(page.locator("[data-copy]")).to_be_hidden()
