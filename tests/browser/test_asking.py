"""A visit noted on a phone and followed up; a question asked without script on the smallest one."""

import pytest
from django.core.cache import caches
from django.urls import reverse
from playwright.sync_api import expect

from digipunt.accounts import roles
from home.core.roles import Role
from locations.helpdesk.models import HelpRequest, Visit
from tests.browser import windows
from tests.browser.windows import NARROW, SIDEWAYS, WIDE, click_through
from tests.factories import asking, home, locations
from tests.factories import lending as make
from tests.factories.lending import AALST

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = {"width": 390, "height": 844}
STICKS_OUT = """[...document.querySelectorAll('main *')]
    .filter((one) => !one.closest('header, .wide'))
    .filter((one) => one.getBoundingClientRect().right > innerWidth + 1)
    .slice(0, 5).map((one) => `${one.tagName} ${one.className}`)"""


@pytest.fixture
def place(settings, monkeypatch):
    monkeypatch.setattr("home.core.public_forms.QUICKEST", 0)  # a browser types faster than we do
    settings.ALLOWED_HOSTS = ["*"]
    windows.whole_database()
    roles.apply()
    caches["shared"].clear()
    make.postcode()
    asking.topic()
    asking.audience()
    return asking.digipunt(name="Digipunt Aalst", lat=AALST[0], lon=AALST[1])


@pytest.fixture
def tom(context, live_server, place):
    user = locations.staff(Role.HELPER, place)
    windows.log_in(context, user, live_server.url)
    return user


def chip(page, name, value):
    return page.locator(f"label.chip:has([name={name}][value='{value}'])")


def test_a_visit_is_noted_on_a_phone_and_its_question_followed_up(page, live_server, place, tom):
    page.set_viewport_size(PHONE)
    page.goto(live_server.url + reverse("note_visit:index"))
    question = page.locator("[name=question]")
    expect(question).to_be_hidden()
    expect(page.locator(".visit__send button")).to_be_in_viewport()
    chip(page, "minutes", 30).click()
    chip(page, "topics", asking.topic().pk).click()
    chip(page, "outcome", "open").click()
    question.fill("Hoe zet ik Itsme over?")
    page.locator("[name=phone]").fill("0470 12 34 56")
    click_through(page, ".visit__send button")

    visit = Visit.objects.get()
    assert (visit.minutes, visit.outcome, visit.logged_by) == (30, "open", tom)
    expect(page.locator(".visit__last")).to_be_visible()
    expect(page.locator("[name=minutes][value='15']")).to_be_checked()

    asked = HelpRequest.objects.get()
    page.goto(live_server.url + reverse("wagtailadmin_home"))
    click_through(page, page.get_by_role("link", name=asked.number))
    click_through(page, "button[value=take]")
    closing = page.locator("details:has([value=close])")
    closing.locator("summary").click()
    closing.locator("[name=close-note]").fill("Samen gedaan")
    click_through(page, "button[value=close]")
    asked.refresh_from_db()
    assert (asked.state, asked.assignee, asked.outcome) == ("done", tom, "helped")
    expect(page.locator(".timeline li")).to_have_count(3)


def test_a_visit_is_noted_and_taken_back_without_script(browser, context, live_server, place, tom):
    bare = browser.new_context(java_script_enabled=False, viewport=PHONE)
    bare.add_cookies(context.cookies())
    page = bare.new_page()
    page.goto(live_server.url + reverse("note_visit:index"))
    click_through(page, ".visit__send button")
    assert Visit.objects.count() == 1
    click_through(page, ".visit__last button")
    assert not Visit.objects.exists()
    bare.close()


def test_a_visit_is_noted_by_keyboard_alone(page, live_server, place, tom):
    page.goto(live_server.url + reverse("note_visit:index"))
    page.locator("[name=minutes]:checked").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    visit = Visit.objects.get()
    assert (visit.minutes, visit.topics.count()) == (30, 1)


@pytest.mark.parametrize("size", [NARROW, PHONE, WIDE], ids=["320", "390", "1280"])
def test_the_screens_of_staff_fit_and_have_no_flaw(page, live_server, place, tom, size):
    asking.visited(place, user=tom)
    asked = asking.asked(place, email="l@example.org")
    page.set_viewport_size(size)
    for address in (
        reverse("note_visit:index"),
        reverse("help_requests:index"),
        reverse("help_requests:add"),
        reverse("help_requests:inspect", args=[asked.pk]),
        reverse("visits:index"),
    ):
        page.goto(live_server.url + address)
        page.evaluate(
            """document.querySelectorAll('main details').forEach((one) => {
                one.removeAttribute('name'); one.open = true; })"""
        )
        assert page.evaluate(STICKS_OUT) == [], address
        assert windows.violations(page) == [], address


def test_somebody_asks_for_help_at_home_without_script_on_the_smallest_phone(
    browser, live_server, place
):
    home.home_page()
    bare = browser.new_context(java_script_enabled=False, viewport=NARROW)
    page = bare.new_page()
    page.goto(f"{live_server.url}/hulp-vragen/")
    expect(page.locator("[name=address]")).to_be_hidden()
    page.locator("[name=kind][value=home_visit]").check()
    page.locator("[name=address]").fill("Kerkstraat 1")
    page.locator("[name=question]").fill(asking.QUESTION)
    page.locator("[name=name]").fill("Lotte Peeters")
    page.locator("[name=postcode]").fill("9300")
    click_through(page, ".button--go")
    expect(page.locator(".error-summary")).to_be_visible()
    expect(page.locator("[name=question]")).to_have_value(asking.QUESTION)
    page.locator("[name=phone]").fill("0470 12 34 56")
    click_through(page, ".button--go")
    asked = HelpRequest.objects.get()
    assert (asked.kind, asked.address, asked.location) == ("home_visit", "Kerkstraat 1", place)
    expect(page.locator(".ticket__code")).to_have_text(asked.number)
    page.locator("details summary").click()
    click_through(page, "details button")
    asked.refresh_from_db()
    assert asked.state == "withdrawn"
    bare.close()


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["320", "1280"])
def test_the_pages_for_visitors_fit_and_have_no_flaw(page, live_server, place, size):
    home.home_page()
    page.set_viewport_size(size)
    tom = locations.staff(Role.HELPER, place)
    new, agreed, done = (asking.asked(place) for _number in range(3))
    asking.appointed(agreed, tom)
    asking.closed(done, tom)
    follow = [reverse("locations:help_request", args=[one.secret]) for one in (new, agreed, done)]
    for address in ("/hulp-vragen/", *follow):
        page.goto(live_server.url + address)
        page.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")
        assert page.evaluate(SIDEWAYS) == 0, address
        assert windows.violations(page) == [], address
    page.goto(f"{live_server.url}/hulp-vragen/")
    click_through(page, ".button--go")
    assert page.evaluate(SIDEWAYS) == 0
    assert windows.violations(page) == []
