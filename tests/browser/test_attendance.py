"""Browser tests of recording attendance."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from digipunt.accounts import roles
from home.core.roles import Role
from locations.workshops.models import Attendance, Registration
from tests.browser import steps
from tests.browser.steps import NARROW, WIDE, click_through
from tests.factories import home as homes
from tests.factories import locations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = {"width": 390, "height": 844}
STICKS_OUT = """[...document.querySelectorAll('main *')]
    .filter((one) => !one.closest('header') && !one.closest('.wide'))
    .filter((one) => one.getBoundingClientRect().right > innerWidth + 1)
    .slice(0, 5).map((one) => `${one.tagName} ${one.className}`)"""


@pytest.fixture
def lesson(settings):
    """A lesson of today, with two people who have a place and one who waits."""
    settings.ALLOWED_HOSTS = ["*"]
    steps.restore_wagtail_rows()
    roles.apply()
    place = locations.location("AAL", name="Digipunt Aalst", partnership=locations.partnership())
    page = locations.workshop(locations.workshop_index(homes.home_page()))
    run = locations.run(page, place, timezone.localdate())
    for seat, name in enumerate(["Jozef Peeters", "Amina Yilmaz"], start=1):
        Registration.objects.create(
            run=run, name=name, phone=f"0470 12 34 5{seat}", state="registered", seat=seat
        )
    Registration.objects.create(
        run=run, name="Rosa Maes", phone="0470 12 34 59", state="waiting", position=1
    )
    return run.sessions.get()


@pytest.fixture
def log_in(context, live_server, lesson):
    def as_role(role):
        steps.log_in(context, locations.staff(role, lesson.run.location), live_server.url)

    return as_role


def address(live_server, lesson):
    return live_server.url + reverse("attendance:session", args=[lesson.pk])


def there():
    return dict(Attendance.objects.values_list("registration__name", "attended"))


def test_attendance_is_recorded_with_one_tap_without_reload(page, live_server, lesson, log_in):
    log_in(Role.HELPER)
    page.set_viewport_size(PHONE)
    page.goto(address(live_server, lesson))
    page.evaluate("window.stayed = true")

    yes, no = page.locator(".attend__tap--yes").nth(0), page.locator(".attend__tap--no").nth(0)
    yes.click()
    expect(yes).to_have_attribute("aria-pressed", "true")
    assert there() == {"Amina Yilmaz": True}
    no.click()
    expect(no).to_have_attribute("aria-pressed", "true")
    expect(yes).to_have_attribute("aria-pressed", "false")

    assert there() == {"Amina Yilmaz": False}
    assert page.evaluate("window.stayed") is True
    assert yes.bounding_box()["height"] >= 44


def test_works_without_javascript(browser, live_server, lesson, log_in, context):
    log_in(Role.DESK)
    bare = browser.new_context(java_script_enabled=False, viewport=PHONE)
    bare.add_cookies(context.cookies())
    page = bare.new_page()
    page.goto(address(live_server, lesson))
    click_through(page, page.locator(".attend__tap--yes").nth(1))
    page.locator("#walk-ins").fill("3")
    click_through(page, ".attend__walk-ins button")

    lesson.refresh_from_db()
    assert there() == {"Jozef Peeters": True}
    assert lesson.walk_ins == 3
    bare.close()


def test_referral_is_registered_on_a_small_screen(page, live_server, lesson, log_in):
    log_in(Role.DESK)
    run = locations.run(lesson.run.page, lesson.run.location, date(2099, 11, 23))
    page.set_viewport_size(PHONE)
    page.goto(live_server.url + reverse("workshoprun:participants", args=[run.pk]))
    page.locator("input[name=name]").fill("Karel Maes")
    page.locator("input[name=phone]").fill("0470123460")
    click_through(page, ".people__add button")

    expect(page.locator(".person__name")).to_contain_text("Karel Maes")
    expect(page.locator(".messages")).to_contain_text("Karel Maes")
    assert Registration.objects.get(run=run).phone == "0470 12 34 60"


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["320", "1280"])
def test_screens_fit_and_are_accessible(page, live_server, lesson, log_in, size):
    log_in(Role.COORDINATOR)
    page.set_viewport_size(size)
    run = lesson.run
    for path in (
        reverse("attendance:index"),
        reverse("attendance:session", args=[lesson.pk]),
        reverse("workshoprun:inspect", args=[run.pk]),
        reverse("workshoprun:participants", args=[run.pk]),
        reverse("workshoprun:participants_list", args=[run.pk]),
        reverse("workshoprun:cancel", args=[run.pk]),
        reverse("referrals:index"),
    ):
        page.goto(live_server.url + path)
        page.evaluate("document.querySelectorAll('details').forEach((one) => one.open = true)")
        assert page.evaluate(STICKS_OUT) == [], path
        assert steps.violations(page) == [], path
