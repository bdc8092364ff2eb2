"""Browser tests of recording visits and of asking for help."""

import pytest
from django.core.cache import caches
from django.urls import reverse
from playwright.sync_api import expect

from digipunt.accounts import roles
from home.core.roles import Role
from locations.helpdesk.models import HelpRequest, Visit
from tests.browser import steps
from tests.browser.steps import HORIZONTAL_OVERFLOW, NARROW, WIDE, click_through
from tests.factories import helpdesk, home, locations
from tests.factories import lending as make
from tests.factories.lending import AALST

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = {"width": 390, "height": 844}
STICKS_OUT = """[...document.querySelectorAll('main *')]
    .filter((one) => !one.closest('header, .wide'))
    .filter((one) => one.getBoundingClientRect().right > innerWidth + 1)
    .slice(0, 5).map((one) => `${one.tagName} ${one.className}`)"""


@pytest.fixture
def location(settings, monkeypatch):
    monkeypatch.setattr("home.core.public_forms.MIN_AGE", 0)  # a browser types faster than we do
    settings.ALLOWED_HOSTS = ["*"]
    steps.restore_wagtail_rows()
    roles.apply()
    caches["shared"].clear()
    make.postcode()
    helpdesk.topic()
    helpdesk.audience()
    return helpdesk.digipunt(name="Digipunt Aalst", lat=AALST[0], lon=AALST[1])


@pytest.fixture
def tom(context, live_server, location):
    user = locations.staff(Role.HELPER, location)
    steps.log_in(context, user, live_server.url)
    return user


def chip(page, name, value):
    return page.locator(f"label.chip:has([name={name}][value='{value}'])")


def test_visit_is_recorded_on_a_phone_and_its_help_request_closed(page, live_server, location, tom):
    page.set_viewport_size(PHONE)
    page.goto(live_server.url + reverse("record_visit:index"))
    question = page.locator("[name=question]")
    expect(question).to_be_hidden()
    expect(page.locator(".visit__send button")).to_be_in_viewport()
    chip(page, "minutes", 30).click()
    chip(page, "topics", helpdesk.topic().pk).click()
    chip(page, "outcome", "open").click()
    question.fill("Hoe zet ik Itsme over?")
    page.locator("[name=phone]").fill("0470 12 34 56")
    click_through(page, ".visit__send button")

    visit = Visit.objects.get()
    assert (visit.minutes, visit.outcome, visit.logged_by) == (30, "open", tom)
    expect(page.locator(".visit__last")).to_be_visible()
    expect(page.locator("[name=minutes][value='15']")).to_be_checked()

    help_request = HelpRequest.objects.get()
    page.goto(live_server.url + reverse("wagtailadmin_home"))
    click_through(page, page.get_by_role("link", name=help_request.number))
    click_through(page, "button[value=take]")
    closing = page.locator("details:has([value=close])")
    closing.locator("summary").click()
    closing.locator("[name=close-note]").fill("Samen gedaan")
    click_through(page, "button[value=close]")
    help_request.refresh_from_db()
    assert (help_request.state, help_request.assignee, help_request.outcome) == (
        "done",
        tom,
        "helped",
    )
    expect(page.locator(".timeline li")).to_have_count(3)


def test_visit_is_recorded_and_undone_without_javascript(
    browser, context, live_server, location, tom
):
    plain = browser.new_context(java_script_enabled=False, viewport=PHONE)
    plain.add_cookies(context.cookies())
    page = plain.new_page()
    page.goto(live_server.url + reverse("record_visit:index"))
    click_through(page, ".visit__send button")
    assert Visit.objects.count() == 1
    click_through(page, ".visit__last button")
    assert not Visit.objects.exists()
    plain.close()


def test_visit_is_recorded_by_keyboard(page, live_server, location, tom):
    page.goto(live_server.url + reverse("record_visit:index"))
    page.locator("[name=minutes]:checked").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    visit = Visit.objects.get()
    assert (visit.minutes, visit.topics.count()) == (30, 1)


@pytest.mark.parametrize("size", [NARROW, PHONE, WIDE], ids=["320", "390", "1280"])
def test_staff_screens_fit_and_are_accessible(page, live_server, location, tom, size):
    helpdesk.visit(location, user=tom)
    help_request = helpdesk.help_request(location, email="l@example.org")
    page.set_viewport_size(size)
    for url in (
        reverse("record_visit:index"),
        reverse("help_requests:index"),
        reverse("help_requests:add"),
        reverse("help_requests:inspect", args=[help_request.pk]),
        reverse("visits:index"),
    ):
        page.goto(live_server.url + url)
        page.evaluate(
            """document.querySelectorAll('main details').forEach((one) => {
                one.removeAttribute('name'); one.open = true; })"""
        )
        assert page.evaluate(STICKS_OUT) == [], url
        assert steps.violations(page) == [], url


def test_home_visit_is_requested_without_javascript_on_a_small_phone(
    browser, live_server, location
):
    home.home_page()
    plain = browser.new_context(java_script_enabled=False, viewport=NARROW)
    page = plain.new_page()
    page.goto(f"{live_server.url}/hulp-vragen/")
    expect(page.locator("[name=address]")).to_be_hidden()
    page.locator("[name=kind][value=home_visit]").check()
    page.locator("[name=address]").fill("Kerkstraat 1")
    page.locator("[name=question]").fill(helpdesk.QUESTION)
    page.locator("[name=name]").fill("Lotte Peeters")
    page.locator("[name=postcode]").fill("9300")
    click_through(page, ".button--go")
    expect(page.locator(".error-summary")).to_be_visible()
    expect(page.locator("[name=question]")).to_have_value(helpdesk.QUESTION)
    page.locator("[name=phone]").fill("0470 12 34 56")
    click_through(page, ".button--go")
    help_request = HelpRequest.objects.get()
    assert (help_request.kind, help_request.address, help_request.location) == (
        "home_visit",
        "Kerkstraat 1",
        location,
    )
    expect(page.locator(".ticket__code")).to_have_text(help_request.number)
    page.locator("details summary").click()
    click_through(page, "details button")
    help_request.refresh_from_db()
    assert help_request.state == "withdrawn"
    plain.close()


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["320", "1280"])
def test_public_pages_fit_and_are_accessible(page, live_server, location, size):
    home.home_page()
    page.set_viewport_size(size)
    tom = locations.staff(Role.HELPER, location)
    new, with_appointment, closed = (helpdesk.help_request(location) for _number in range(3))
    helpdesk.appointment(with_appointment, tom)
    helpdesk.closed_help_request(closed, tom)
    secret_pages = [
        reverse("locations:help_request", args=[row.secret])
        for row in (new, with_appointment, closed)
    ]
    for url in ("/hulp-vragen/", *secret_pages):
        page.goto(live_server.url + url)
        page.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")
        assert page.evaluate(HORIZONTAL_OVERFLOW) == 0, url
        assert steps.violations(page) == [], url
    page.goto(f"{live_server.url}/hulp-vragen/")
    click_through(page, ".button--go")
    assert page.evaluate(HORIZONTAL_OVERFLOW) == 0
    assert steps.violations(page) == []
