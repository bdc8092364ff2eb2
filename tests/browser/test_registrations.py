"""Browser tests of registering for a workshop."""

import re

import pytest
from django.core.cache import cache
from django.utils import timezone
from playwright.sync_api import expect
from wagtail.models import Page

from locations.workshops.models import Registration, WorkshopRun
from locations.workshops.operations import registrations
from tests.browser import steps
from tests.browser.steps import NARROW, WIDE, click_through
from tests.factories import registrations as make

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
RULES = [*steps.STANDARD, "best-practice"]
GO = "main form .button--go"


@pytest.fixture
def run(live_server, settings):
    """Full, for three weeks from now, with one who waits."""
    settings.ALLOWED_HOSTS = ["*"]
    steps.restore_wagtail_rows()
    cache.clear()
    day = timezone.localdate() + timezone.timedelta(days=21)
    run = make.run_in_aalst(2, day=day)
    for number in range(1, 4):
        make.register(run, number, now=timezone.now())
    yield run
    cache.clear()
    for model in (Registration, WorkshopRun, Page):
        model.objects.all().delete()


def sound(page, name):
    """At both widths: nothing sideways, and nothing that axe finds."""
    for size in (NARROW, WIDE):
        page.set_viewport_size(size)
        sideways = page.evaluate(steps.HORIZONTAL_OVERFLOW)
        assert sideways <= 0, f"{name} scrolls sideways at {size['width']} px"
        assert steps.violations(page, rules=RULES) == [], name
    page.set_viewport_size(NARROW)


def send(page):
    page.wait_for_timeout(1100)  # quicker than that is a robot
    click_through(page, GO)


def test_waiting_list_leads_to_a_seat_without_javascript(browser, live_server, run):
    """Scenario A2, for somebody with a telephone number and no e-mail."""
    context = browser.new_context(java_script_enabled=False, viewport=NARROW)
    page = context.new_page()
    page.goto(f"{live_server.url}/workshops/inschrijven/{run.pk}/")
    page.fill("#id_name", "Jozef Peeters")
    send(page)
    expect(page.locator(".error-summary")).to_be_visible()
    expect(page.locator("#id_name")).to_have_value("Jozef Peeters")
    page.fill("#id_phone", "0470/12.34.56")
    send(page)
    expect(page).to_have_url(re.compile("/workshops/plaats/"))
    expect(page.locator(".ticket__code")).to_contain_text("2")
    mine = page.url

    for one in run.registrations.filter(seat__isnull=False):
        registrations.cancel_registration(one)
    page.goto(mine)
    click_through(page, "button[name=answer][value=yes]")
    jozef = Registration.objects.get(name="Jozef Peeters")
    assert jozef.state == "registered"

    click_through(page, "a[href$='/afmelden/']")
    assert Registration.objects.get(pk=jozef.pk).state == "registered"
    click_through(page, "main form button")
    expect(page).to_have_url(mine)
    assert Registration.objects.get(pk=jozef.pk).state == "cancelled"
    context.close()


def test_registration_pages_fit_and_are_accessible(page, live_server, run):
    page.goto(f"{live_server.url}/workshops/inschrijven/{run.pk}/")
    sound(page, "the form of a full workshop")
    send(page)
    sound(page, "the form with errors")
    seated, _other, waits = run.registrations.order_by("pk")
    page.goto(f"{live_server.url}/workshops/plaats/{seated.secret}/")
    sound(page, "with a seat")
    page.goto(f"{live_server.url}/workshops/plaats/{waits.secret}/")
    sound(page, "in line")
    page.goto(f"{live_server.url}/workshops/plaats/{seated.secret}/afmelden/")
    sound(page, "asked once more")
    click_through(page, "main form button")
    sound(page, "cancelled")
    page.goto(f"{live_server.url}/workshops/plaats/{waits.secret}/")
    sound(page, "offered")
    page.goto(f"{live_server.url}/workshops/plaats/{'x' * 22}/")
    sound(page, "a link that is none")
