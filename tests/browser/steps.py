"""Sessions, clicks and accessibility checks that browser tests share."""

from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.cache import caches
from django.test import Client
from playwright.sync_api import expect
from wagtail.models import Collection, Locale, Page

STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
NARROW, WIDE = {"width": 320, "height": 800}, {"width": 1280, "height": 900}
HORIZONTAL_OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def restore_wagtail_rows():
    """Restore the rows of Wagtail's migrations that an earlier flush deleted."""
    ContentType.objects.clear_cache()
    for name in caches:
        caches[name].clear()
    Locale.objects.get_or_create(language_code="nl")
    if not Collection.objects.exists():
        Collection.add_root(name="Root")
    if not Page.objects.exists():
        Page.add_root(title="Root", slug="root")


def log_in(context, user, address):
    """Log a user in by adding a session cookie to a browser context."""
    client = Client()
    client.force_login(user)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    context.add_cookies(
        [{"name": cookie.key, "value": cookie.value, "url": address, "httpOnly": True}]
    )


def click_through(page, button):
    """Click an element that loads a page, and wait until the new page is there.

    A click returns when the response begins; until it is complete, the page is the old one or has
    no body.
    """
    if isinstance(button, str):
        button = page.locator(button)
    with page.expect_navigation():
        button.click()


# Messages of the admin fade in, and have too little contrast until then.
MESSAGES_VISIBLE = """() => [...document.querySelectorAll('.messages > ul')]
    .every((list) => !list.children.length || getComputedStyle(list).opacity === '1')"""


def violations(page, *, rules=STANDARD):
    """Return the accessibility violations that axe finds on the page, as text."""
    expect(page.locator("body")).to_be_attached()
    page.wait_for_load_state()
    page.wait_for_function(MESSAGES_VISIBLE)
    results = Axe().run(page, options={"runOnly": list(rules), "preload": False})
    return [
        f"{violation['id']}: {node['html'][:150]}"
        for violation in results.response["violations"]
        for node in violation["nodes"]
    ]
