"""What all tests in a browser share: what a flush took away, widths, rules of axe, and clicks."""

from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.cache import caches
from django.test import Client
from playwright.sync_api import expect
from wagtail.models import Collection, Locale, Page

STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
NARROW, WIDE = {"width": 320, "height": 800}, {"width": 1280, "height": 900}
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def whole_database():
    """The rows of Wagtail's own migrations, which the flush of an earlier live server took away."""
    ContentType.objects.clear_cache()
    for name in caches:
        caches[name].clear()
    Locale.objects.get_or_create(language_code="nl")
    if not Collection.objects.exists():
        Collection.add_root(name="Root")
    if not Page.objects.exists():
        Page.add_root(title="Root", slug="root")


def log_in(context, user, address):
    """Give a browser context the session of a member of staff."""
    client = Client()
    client.force_login(user)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    context.add_cookies(
        [{"name": cookie.key, "value": cookie.value, "url": address, "httpOnly": True}]
    )


def click_through(page, button):
    """Click what leads to another page (or the same, answered anew), and wait until it is there.

    A click alone returns when the answer begins: what is asked of the page then may find the old
    one, or one without a body.
    """
    if isinstance(button, str):
        button = page.locator(button)
    with page.expect_navigation():
        button.click()


# What the admin has to say fades in: half of the way its colours are nobody's choice.
SHOWN = """() => [...document.querySelectorAll('.messages > ul')]
    .every((one) => !one.children.length || getComputedStyle(one).opacity === '1')"""


def violations(page, *, rules=STANDARD):
    """What axe finds on the page, in words."""
    expect(page.locator("body")).to_be_attached()
    page.wait_for_load_state()
    page.wait_for_function(SHOWN)
    found = Axe().run(page, options={"runOnly": list(rules), "preload": False})
    return [
        f"{violation['id']}: {node['html'][:150]}"
        for violation in found.response["violations"]
        for node in violation["nodes"]
    ]
