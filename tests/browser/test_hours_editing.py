"""Browser tests of editing opening hours."""

from datetime import date, time

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from digipunt.accounts import roles
from home.core.roles import Role
from locations.opening_hours.models import AdjustedDays, OpeningRule
from locations.opening_hours.operations import history
from tests.browser import steps
from tests.browser.steps import NARROW, WIDE, click_through
from tests.factories import locations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SAVE = "footer button[type=submit]"
STICKS_OUT = """[...document.querySelectorAll('.hours *, .hours-copy *')]
    .filter((one) => one.checkVisibility() && !one.closest('.w-sr-only, .hours-tool__words'))
    .filter((one) => one.getBoundingClientRect().right > innerWidth + 1)
    .slice(0, 5).map((one) => `${one.tagName} ${one.className}`)"""


@pytest.fixture
def place(settings, context, live_server):
    settings.ALLOWED_HOSTS = ["*"]
    steps.restore_wagtail_rows()
    roles.apply()
    locations.service("lending")
    place = locations.location("AAL", name="Digipunt Aalst", partnership=locations.partnership())
    locations.rule(place, 1, time(9), time(12))
    history.record_unreported_changes()
    steps.log_in(context, locations.staff(Role.COORDINATOR, place.partnership), live_server.url)
    return place


@pytest.fixture
def screen(page, live_server, place):
    page.set_viewport_size(WIDE)
    page.goto(live_server.url + reverse("location:edit", args=[place.pk]))
    expect(page.locator("[data-hours-status]")).to_have_text(
        "De komende acht weken op 8 dagen open."
    )
    return page


def section(page, code="help"):
    return page.locator(f"[data-hours-section='{locations.service(code).pk}']")


def flaws(page):
    """What sticks out, and what axe finds; from the top, where the bar hides nothing."""
    page.evaluate("scrollTo(0, 0); document.querySelector('main').scrollTo(0, 0)")
    return page.evaluate(STICKS_OUT) + steps.violations(page)


def day(page, number):
    return section(page).locator(f"[data-hours-day='{number}']")


def fill(line, **fields):
    for name, value in fields.items():
        field = line.locator(f"[name$='-{name}']")
        if field.evaluate("(one) => one.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)


def test_added_hours_show_in_the_preview_and_are_saved(screen, place):
    friday = day(screen, 4)
    friday.locator("[data-hours-add]").click()
    fill(friday.locator("[data-hours-line]"), opens="14:00", closes="16:30")

    expect(screen.locator("[data-hours-status]")).to_have_text(
        "De komende acht weken op 16 dagen open."
    )
    expect(screen.locator("[data-hours-body]")).to_contain_text("14 tot 16.30 uur")
    click_through(screen, SAVE)
    added = OpeningRule.objects.get(weekday=4)
    assert (added.opens, added.closes) == (time(14), time(16, 30))
    assert history.versions_for_location(place).filter(user__isnull=False).count() == 1


def test_fortnightly_rule_takes_its_weekday_from_the_anchor(screen):
    section(screen).locator("[data-hours-add=weeks]").click()
    line = section(screen).locator("[data-hours-line=weeks]")
    fill(line, anchor="2030-03-01", opens="10:00", closes="12:00")

    expect(line.locator("[name$='-weekday']")).to_have_value("4")
    click_through(screen, SAVE)
    added = OpeningRule.objects.get(recurrence="weeks")
    assert (added.interval, added.weekday, added.anchor) == (2, 4, date(2030, 3, 1))


def test_error_shows_while_typing_and_at_its_field(screen):
    friday = day(screen, 4)
    friday.locator("[data-hours-add]").click()
    fill(friday.locator("[data-hours-line]"), opens="14:00", closes="13:00")

    wrong = screen.locator(".hours-preview__wrong a")
    expect(wrong).to_have_text("Help, vrijdag, 14:00–13:00", ignore_case=True)
    wrong.click()
    closes = friday.locator("[name$='-closes']")
    expect(closes).to_be_focused()
    click_through(screen, SAVE)
    expect(closes).to_have_value("13:00")
    expect(closes).to_have_attribute("aria-invalid", "true")
    expect(friday.locator(".hours-line__error")).to_contain_text("Het einde moet na het begin")
    assert OpeningRule.objects.count() == 1
    assert steps.violations(screen) == []


def test_hours_are_copied_to_other_days_and_removed(screen):
    day(screen, 1).locator("[data-hours-copy-day]").click()
    dialog = screen.locator("dialog[open]")
    for name in ("Woensdag", "Donderdag"):
        dialog.get_by_label(name).check()
    dialog.locator("[data-copy-do]").click()
    expect(screen.locator("[data-hours-status]")).to_have_text(
        "De komende acht weken op 24 dagen open."
    )
    day(screen, 1).locator("[data-hours-remove]").click()
    expect(day(screen, 1).locator("[data-hours-undo]")).to_be_focused()

    click_through(screen, SAVE)
    assert sorted(OpeningRule.objects.values_list("weekday", flat=True)) == [2, 3]


def test_hours_of_a_service_are_copied_to_another_service(screen):
    section(screen).locator("[data-hours-copy-all]").click()
    screen.locator("dialog[open] [data-copy-do]").click()
    expect(section(screen, "lending").locator("[data-hours-line]")).to_have_count(1)

    click_through(screen, SAVE)
    assert OpeningRule.objects.filter(service__code="lending", weekday=1).count() == 1


def test_empty_added_row_is_not_an_error(screen):
    section(screen).locator("[data-hours-add=date]").click()
    click_through(screen, SAVE)

    assert OpeningRule.objects.count() == 1
    expect(screen.locator(".hours-line__error")).to_have_count(0)


def test_hours_are_edited_by_keyboard(screen):
    keys = screen.keyboard
    day(screen, 4).locator("[data-hours-add]").focus()
    keys.press("Enter")
    opens = day(screen, 4).locator("[name$='-opens']")
    expect(opens).to_be_focused()
    opens.evaluate("(one) => { one.value = '13:00' }")
    day(screen, 4).locator("[name$='-closes']").focus()
    day(screen, 4).locator("[name$='-closes']").evaluate("(one) => { one.value = '15:00' }")
    day(screen, 4).locator("[data-hours-copy-day]").focus()
    keys.press("Enter")
    expect(screen.locator("dialog[open] input").first).to_be_focused()
    keys.press("Escape")
    expect(day(screen, 4).locator("[data-hours-copy-day]")).to_be_focused()
    day(screen, 4).locator("[data-hours-remove]").focus()
    keys.press("Enter")
    expect(day(screen, 4).locator("[data-hours-add]")).to_be_focused()
    expect(day(screen, 4).locator("[data-hours-line]:visible")).to_have_count(0)


def test_rows_and_preview_work_without_javascript(browser, context, live_server, place):
    bare = browser.new_context(java_script_enabled=False, locale="nl-BE")
    bare.add_cookies(context.cookies())
    page = bare.new_page()
    page.goto(live_server.url + reverse("location:edit", args=[place.pk]))
    line = page.locator(".hours__more .hours-full").first
    fill(line, service=str(locations.service().pk), weekday="4", opens="10:00", closes="12:00")
    click_through(page, SAVE)

    assert OpeningRule.objects.get(weekday=4).opens == time(10)
    bare.close()


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["320", "1280"])
def test_screens_fit_and_are_accessible(screen, live_server, place, size):
    days = AdjustedDays.objects.create(
        location=place, first_day=date(2030, 1, 7), last_day=date(2030, 1, 11)
    )
    screen.set_viewport_size(size)
    for kind in ("weeks", "monthly", "date"):
        section(screen).locator(f"[data-hours-add={kind}]").click()
    assert flaws(screen) == []
    day(screen, 1).locator("[data-hours-copy-day]").click()
    assert flaws(screen) == []

    screen.on("dialog", lambda dialog: dialog.accept())
    screen.goto(live_server.url + reverse("adjusteddays:edit", args=[days.pk]))
    screen.locator("[data-hours-day='2'] [data-hours-add]").click()
    assert flaws(screen) == []
