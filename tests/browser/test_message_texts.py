"""Browser tests of editing message texts."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from digipunt.accounts import roles
from home.core.roles import Role
from home.messages.models import MessageText
from tests.browser import steps
from tests.browser.steps import HORIZONTAL_OVERFLOW, NARROW, WIDE, click_through
from tests.factories import locations
from tests.factories.messages import message

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SAVE = "button[name=do][value=save]"
SHOW = "button[name=do][value=preview]"


@pytest.fixture
def place(settings, context, live_server):
    settings.ALLOWED_HOSTS = ["*"]
    steps.restore_wagtail_rows()
    roles.apply()
    place = locations.location("AAL", name="Digipunt Aalst", partnership=locations.partnership())
    steps.log_in(context, locations.staff(Role.COORDINATOR, place.partnership), live_server.url)
    return place


@pytest.fixture
def address(live_server, place):
    return live_server.url + reverse("message_texts:edit", args=["loan_returned", "nl"])


def mail(page):
    return page.frame_locator(".text-preview__mail")


def test_message_text_shows_in_the_preview_and_is_saved(page, address):
    page.set_viewport_size(WIDE)
    page.goto(address)
    page.fill("[name=subject]", "Terug: ")
    page.get_by_role("button", name="{device}").click()  # into the field where one was writing
    expect(page.locator("[name=subject]")).to_have_value("Terug: {device}")
    expect(mail(page).locator("h1")).to_have_text("Terug: ThinkPad T480")
    page.fill("[name=body]", "Dag {recipient},\n\n- Tot ziens.")
    expect(mail(page).locator("body")).to_contain_text("Tot ziens.")
    assert not MessageText.objects.exists()
    click_through(page, SAVE)
    assert MessageText.objects.get().subject == "Terug: {device}"
    expect(page.locator("[name=subject]")).to_have_value("Terug: {device}")


def test_invalid_message_text_is_explained_and_kept(page, address):
    page.goto(address)
    page.fill("[name=body]", "{toestel}")
    click_through(page, SAVE)
    expect(page.locator("[name=body]")).to_have_value("{toestel}")
    expect(page.locator(".error-message")).to_contain_text("{toestel}")
    assert not steps.violations(page)
    assert not MessageText.objects.exists()


def test_preview_runs_no_script_of_a_text(page, address):
    asked = []
    page.on("dialog", lambda dialog: asked.append(dialog.message) or dialog.dismiss())
    page.goto(address)
    page.fill("[name=subject]", "<script>alert(1)</script>")
    page.fill("[name=body]", "<img src=x onerror=alert(2)>")
    expect(mail(page).locator("h1")).to_have_text("<script>alert(1)</script>")
    expect(mail(page).locator("body")).to_contain_text("onerror=alert(2)")
    assert not asked


def test_preview_button_works_without_javascript(browser, address, context):
    bare = browser.new_context(java_script_enabled=False)
    bare.add_cookies(context.cookies())
    page = bare.new_page()
    page.goto(address)
    page.fill("[name=subject]", "Anders")
    click_through(page, SHOW)
    expect(page.locator(".text-preview__subject")).to_contain_text("Anders")
    bare.close()


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["narrow", "wide"])
def test_message_screens_fit_and_are_accessible(page, live_server, place, size, address):
    message("call:1", phone="0470 00 00 00", location_code="AAL", text="BELLEN\n\nZeg: dag.")
    message(
        "letter:1",
        channel="letter",
        address="",
        location_code="AAL",
        postal_address="Straat 1\nAalst",
    )
    message("mail:1", location_code="AAL", state="failed", last_error="550 No")
    page.set_viewport_size(size)
    names = ("calls:index", "letters:index", "messages:index", "message_texts:index")
    for one in [address, *(live_server.url + reverse(name) for name in names)]:
        page.goto(one)
        assert not steps.violations(page), one
        if "berichten/" not in one:  # Wagtail's own listing scrolls within itself
            assert page.evaluate(HORIZONTAL_OVERFLOW) <= 0, one


def test_letter_is_selected_posted_and_printed_again(page, live_server, place):
    row = message("letter:1", channel="letter", address="", location_code="AAL")
    page.goto(live_server.url + reverse("letters:index"))
    click_through(page, page.locator("form[action$='/posted/'] button").last)
    row.refresh_from_db()
    assert row.state == "sent"
    click_through(page, page.locator("form[action$='/retry/'] button"))
    row.refresh_from_db()
    assert row.state == "waiting"
    expect(page.locator("input[name=letter]")).to_be_checked()
