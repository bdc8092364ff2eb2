"""Browser tests of the public pages."""

import pytest
from django.core.cache import cache
from wagtail.models import Page

from tests.browser import steps
from tests.browser.steps import NARROW, WIDE, click_through
from tests.factories import home as make

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
RULES = [*steps.STANDARD, "best-practice"]
PAGES = ["start", "about", "deeper", "stories", "story", "story with image"]


@pytest.fixture
def site(live_server, settings):
    """A whole site on a live server, whose tests empty every table, also Wagtail's first rows."""
    settings.ALLOWED_HOSTS = ["*"]
    steps.restore_wagtail_rows()
    pages = make.whole_site()
    addresses = {name: live_server.url + page.url for name, page in pages.items()}
    yield {**addresses, "not there": live_server.url + "/bestaat-niet/"}
    cache.clear()
    Page.objects.all().delete()


def sideways(page):
    return page.evaluate(steps.HORIZONTAL_OVERFLOW)


def violations(page):
    return steps.violations(page, rules=RULES)


def test_every_page_type_fits_and_is_accessible(page, site):
    troubles = []
    page.on("console", lambda message: troubles.append(message.text))
    for size in (NARROW, WIDE):
        page.set_viewport_size(size)
        for name in [*PAGES, "not there"]:
            page.goto(site[name])
            assert sideways(page) <= 0, f"{name} scrolls sideways at {size['width']} px"
            assert violations(page) == [], name
    refused = [trouble for trouble in troubles if "Content Security Policy" in trouble]
    assert refused == []


def test_enlarged_and_spaced_text_fits(page, site):
    page.set_viewport_size(NARROW)
    spacing = "* { line-height: 1.5 !important; letter-spacing: .12em !important;"
    spacing += " word-spacing: .16em !important }"
    for name in PAGES:
        page.goto(site[name])
        page.evaluate(
            """css => { const sheet = new CSSStyleSheet(); sheet.replaceSync(css);
            document.adoptedStyleSheets = [sheet]; }""",
            spacing,
        )
        assert sideways(page) <= 0, name


def test_works_without_javascript(browser, site):
    context = browser.new_context(java_script_enabled=False, viewport=NARROW)
    page = context.new_page()
    page.goto(site["stories"])
    page.get_by_label("Lenen").check()
    click_through(page, "main form button")
    assert "onderwerp=lenen" in page.url
    page.goto(site["about"])
    page.locator(".faq summary").nth(1).click()
    assert page.locator(".faq details").nth(1).get_attribute("open") is not None
    context.close()


def test_skip_link_and_help_are_reached_by_keyboard(page, site):
    page.goto(site["about"])
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip-link"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "inhoud"
    page.locator(".site-header__tools a[href='#hulp']").click()
    assert page.url.endswith("#hulp")
    assert page.locator("#hulp").is_visible()


def test_print_keeps_help_and_hides_menu(page, site):
    page.goto(site["about"])
    page.emulate_media(media="print")
    assert page.locator("#hulp .help__big").first.is_visible()
    assert page.locator(".print-only").first.is_visible()
    assert not page.locator(".site-nav").is_visible()
