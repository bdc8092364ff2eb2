"""Browser tests of registering a donation."""

import re

import pytest
from django.core.cache import cache
from playwright.sync_api import expect
from wagtail.models import Page

from lending.donations.models import Donation
from lending.donations.operations import donations
from tests.browser import steps
from tests.browser.steps import NARROW, WIDE, click_through
from tests.factories import home
from tests.factories import lending as make
from tests.factories.staff import accepted, device_type, donation

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
RULES = [*steps.STANDARD, "best-practice"]
LIST = "type;merk;model;serienummer;bouwjaar;lader;staat\n"


@pytest.fixture
def site(live_server, settings):
    settings.ALLOWED_HOSTS = ["*"]
    steps.restore_wagtail_rows()
    home.whole_site()
    make.postcode()
    for code, name in [("laptop", "Laptop"), ("tablet", "Tablet")]:
        device_type(code, name)
    make.collection_point(city="Aalst")
    yield live_server.url
    cache.clear()
    Page.objects.all().delete()


@pytest.fixture
def look(page):
    """Every state at both widths: nothing sideways, and nothing that axe finds."""

    def look(name):
        for size in (NARROW, WIDE):
            page.set_viewport_size(size)
            sideways = page.evaluate(steps.HORIZONTAL_OVERFLOW)
            assert sideways <= 0, f"{name} scrolls sideways at {size['width']} px"
            assert steps.violations(page, rules=RULES) == [], name

    return look


def fill_line(page, number, *, kind="laptop", works=0, charger=0):
    line = f"#id_line-{number}"
    page.select_option(f"{line}-type", kind)
    page.select_option(f"{line}-age", "5-7")
    page.check(f"{line}-works_{works}")
    page.check(f"{line}-charger_{charger}")


def fill_donor(page):
    page.fill("#id_name", "Wim Claes")
    page.fill("#id_phone", "0470/00.00.00")
    page.fill("#id_postcode", "9300")
    for name in ("is_owner", "gives_up_ownership", "privacy_read", "wants_attest"):
        page.check(f"#id_{name}")


def send(page):
    page.wait_for_timeout(1100)  # quicker than that is a robot
    click_through(page, "main .button--go")


def test_person_registers_two_devices_by_keyboard_on_a_phone(page, site, look):
    page.goto(f"{site}/schenken/aanmelden/")
    look("empty form")
    fill_line(page, 0)
    click_through(page, "button[name=add]")
    expect(page.locator(".verdict")).to_have_count(1)
    expect(page.locator("#id_line-1-type")).to_be_focused()
    fill_line(page, 1, works=1, charger=1)
    send(page)
    look("form with errors and a refused device")
    expect(page.locator(".error-summary")).to_be_focused()
    expect(page.locator(".verdict--no")).to_have_count(1)
    click_through(page, page.locator("button[name=remove]").nth(1))
    fill_donor(page)
    send(page)
    expect(page).to_have_url(re.compile("/schenken/volgen/"))
    look("right after registering")
    given = Donation.objects.get()
    expect(page.locator(".ticket__code")).to_have_text(given.number)
    assert given.lines.count() == 1


def test_enter_registers_without_removing_a_device(page, site):
    page.goto(f"{site}/schenken/aanmelden/")
    click_through(page, "button[name=add]")
    fill_line(page, 0)
    fill_line(page, 1)
    fill_donor(page)
    page.wait_for_timeout(1100)
    page.press("#id_name", "Enter")
    expect(page).to_have_url(re.compile("/schenken/volgen/"))
    assert Donation.objects.get().lines.count() == 2


def test_company_fields_follow_the_kind_of_donor(page, site):
    page.goto(f"{site}/schenken/aanmelden/")
    expect(page.locator("#id_enterprise_number")).to_be_hidden()
    page.check("#id_kind_1")
    expect(page.locator("#id_enterprise_number")).to_be_visible()


def test_works_without_javascript(browser, site):
    context = browser.new_context(java_script_enabled=False, viewport=NARROW)
    page = context.new_page()
    page.goto(f"{site}/schenken/aanmelden/")
    fill_line(page, 0)
    click_through(page, "button[name=add]")
    fill_line(page, 1)
    click_through(page, page.locator("button[name=remove]").first)
    fill_donor(page)
    page.wait_for_timeout(1100)
    click_through(page, "main .button--go")
    expect(page.locator(".ticket__code")).to_contain_text("S-20")
    context.close()


def test_company_corrects_its_list_on_the_page(page, site, look, tmp_path):
    address = f"{site}/schenken/aanmelden/lijst/"
    page.goto(address)
    look("choose a list")

    def choose(text):
        (tmp_path / "lijst.csv").write_text(text)
        page.goto(address)
        page.set_input_files("#lijst", tmp_path / "lijst.csv")
        click_through(page, "main .button--go")

    choose("merk;model\nDell;X\n")
    look("no list")
    lines = [f"laptop;Dell;Latitude 5490;DEMO-{n:04d};2018;ja;werkt\n" for n in range(10)]
    choose(LIST + "".join(lines) + ";Dell;;;;;\nlaptop;HP;;DEMO-0003;;;\n")
    look("wrong lines")
    page.select_option("#cell-12-type", "tablet")
    page.fill("#cell-13-serial", "DEMO-0099")
    click_through(page, "main .button--go")
    look("list that is right")
    page.fill("#id_organisation", "Demo Logistics bv")
    page.fill("#id_enterprise_number", "0200.123.470")
    fill_donor(page)
    send(page)
    expect(page.locator(".ticket__code")).to_contain_text("S-20")
    assert Donation.objects.get().lines.count() == 12


def test_secret_link_and_attest_pages_are_accessible(page, site, look):
    attest = make.issued_attest(make.collection_point("ATT", "Atelier"))
    given = donation(attest.donation.collection_point, lines=[{"type": device_type()}] * 3)
    first, second, _third = given.lines.all()
    accepted(first)
    donations.refuse_line(second, reason="Het scherm is gebarsten")
    for name, path in {
        "attest ready": f"/schenken/volgen/{attest.donation.secret}/",
        "being decided": f"/schenken/volgen/{given.secret}/",
        "nowhere": "/schenken/volgen/nergens/",
        "found": "/t/DP-00071/",
        "check": "/attest/",
    }.items():
        page.goto(site + path)
        look(name)
    for code in (attest.code, "AAAA-AAAA-AAAA", ""):
        page.fill("#id_number", attest.number)
        page.fill("#id_code", code)
        click_through(page, "main form button")
        look(f"checked with {code}")
