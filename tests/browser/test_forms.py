"""Browser tests of the newsletter and of form pages."""

import pytest
from django.core.cache import cache, caches
from wagtail.models import Page

from home.forms.models import Submission
from home.messages.models import Message
from home.newsletter.models import Subscriber
from tests.browser import steps
from tests.browser.steps import NARROW, WIDE, click_through
from tests.factories import forms, home

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
RULES = [*steps.STANDARD, "best-practice"]
GO = "button.button--go"


@pytest.fixture
def site(live_server, settings, monkeypatch):
    monkeypatch.setattr("home.core.public_forms.MIN_AGE", 0)  # a browser types faster than we do
    settings.ALLOWED_HOSTS = ["*"]
    settings.WAGTAILADMIN_BASE_URL = live_server.url
    steps.restore_wagtail_rows()
    caches["shared"].clear()
    start = home.whole_site()["start"]
    home_page = Page.objects.get(pk=start.pk)
    panel = {"title": "Liever praten?", "text": "<p>Bel ons.</p>", "buttons": [], "colour": "sun"}
    made = forms.form_page(home_page, receives_error_reports=True, aside=[("panel", panel)])
    yield f"{live_server.url}{made.url}", f"{live_server.url}/nieuwsbrief/", live_server.url
    cache.clear()
    Page.objects.all().delete()


def look(page, name):
    """At both widths: nothing sideways, and nothing that axe finds."""
    for size in (NARROW, WIDE):
        page.set_viewport_size(size)
        sideways = page.evaluate(steps.HORIZONTAL_OVERFLOW)
        assert sideways <= 0, f"{name} scrolls sideways at {size['width']} px"
        assert steps.violations(page, rules=RULES) == [], name


def link_in_mail():
    text = Message.objects.get(kind="newsletter_confirm").text
    return next(line for line in text.splitlines() if "/bevestigen/" in line)


def test_newsletter_pages_fit_and_are_accessible_in_every_state(page, site):
    _form, newsletter, _start = site
    page.goto(newsletter)
    look(page, "ask")
    click_through(page, GO)
    look(page, "ask with an error")
    page.fill("#id_email", "lotte@example.org")
    click_through(page, GO)
    look(page, "look in your mail")
    page.goto(link_in_mail())
    look(page, "confirm")
    click_through(page, GO)
    look(page, "subscribed")
    assert Subscriber.objects.confirmed().count() == 1
    page.goto(Message.objects.get().unsubscribe_url)
    look(page, "stop")
    click_through(page, GO)
    look(page, "stopped")
    assert not Subscriber.objects.exists()
    page.goto(f"{newsletter}bevestigen/x/")
    look(page, "wrong link")


def test_form_page_fits_and_is_accessible_in_every_state(page, site):
    form, _newsletter, start = site
    page.goto(f"{start}/wat-is-een-digipunt/")
    click_through(page, ".site-footer__base a")
    assert page.url == form
    assert page.input_value("#id_pagina") == "/wat-is-een-digipunt/"
    look(page, "form")
    page.fill("#id_mail", "lotte@")
    click_through(page, GO)
    look(page, "form with errors")
    assert page.locator(".error-summary a").count() == 3
    page.locator(".error-summary a").first.click()
    page.check("#id_waarover_1")
    page.fill("#id_verhaal", "Meer licht.")
    page.fill("#id_mail", "")
    click_through(page, GO)
    look(page, "thanks")
    assert Submission.objects.get().form_data["verhaal"] == "Meer licht."


def test_newsletter_and_form_work_without_javascript(browser, site):
    form, newsletter, _start = site
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(newsletter)
    page.fill("#id_email", "lotte@example.org")
    click_through(page, GO)
    page.goto(link_in_mail())
    click_through(page, GO)
    assert Subscriber.objects.confirmed().count() == 1
    page.goto(form)
    page.check("#id_waarover_0")
    page.fill("#id_verhaal", "Meer licht.")
    click_through(page, GO)
    context.close()
    assert Submission.objects.count() == 1
