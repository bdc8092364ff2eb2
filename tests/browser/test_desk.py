"""Browser tests of the desk and the workbench."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from digipunt.accounts import roles
from home.core.roles import Role
from lending.core.states import State
from lending.devices.operations import devices as device_operations
from lending.loans.models import Borrower, Loan
from tests.browser import steps
from tests.browser.steps import NARROW, WIDE, click_through
from tests.factories import staff

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
# The page clips what is too wide, so the document never tells; Wagtail's own header is Wagtail's.
STICKS_OUT = """[...document.querySelectorAll('main *')]
    .filter((one) => !one.closest('header, .wide, .board'))
    .filter((one) => one.getBoundingClientRect().right > innerWidth + 1)
    .slice(0, 5).map((one) => `${one.tagName} ${one.className}`)"""


@pytest.fixture
def aalst(settings):
    """What a live server's flush takes away, and a place with a policy that allows the OK card."""
    settings.ALLOWED_HOSTS = ["*"]
    steps.restore_wagtail_rows()
    roles.apply()
    place = staff.place()
    staff.policy(place, ok_card=True)
    return place


@pytest.fixture
def go(page, live_server, aalst):
    """Open an address of the admin as a coordinator, who may do everything there."""
    els = staff.someone("els", Role.COORDINATOR, aalst)
    steps.log_in(page.context, els, live_server.url)
    return lambda name, *args, query="": page.goto(
        live_server.url + reverse(name, args=args) + query
    )


def scan(page, code, *, crlf=False):
    """As a scanner does: letters and Enter, wherever the focus is."""
    page.keyboard.type(code)
    page.keyboard.press("Enter")
    if crlf:
        page.keyboard.press("Enter")


def status(page):
    return page.locator(".desk__status")


def test_three_scans_check_out_a_device(page, go, aalst):
    laptop, lotte = staff.available(aalst), staff.borrower(aalst)
    go("desk:index")
    expect(page.locator("#desk-code")).to_be_focused()
    scan(page, laptop.number, crlf=True)
    expect(status(page)).to_contain_text(laptop.number)
    scan(page, lotte.card)
    expect(page.locator("input[name=points]")).to_have_count(9)
    expect(page.locator("#desk-code")).to_be_focused()
    scan(page, "OK")
    expect(page.locator(f"a[href*='{reverse('loan:agreement', args=[1])[:-2]}']")).to_be_visible()
    assert Loan.objects.get().device == laptop
    expect(page.locator("#desk-code")).to_be_focused()
    scan(page, laptop.number)
    expect(page.locator("button[value=check_in]")).to_be_visible()
    scan(page, "ok")
    expect(page.locator(".desk__status--good")).to_be_visible()
    laptop.refresh_from_db()
    assert laptop.state == State.RETURNED


def test_ok_card_ticks_nothing_when_policy_forbids_it(page, go, aalst):
    aalst.loan_policies.update(ok_card=False)
    laptop, lotte = staff.available(aalst), staff.borrower(aalst)
    go("desk:index", query=f"?device={laptop.number}&borrower={lotte.card}")
    scan(page, "OK")
    expect(page.locator(".desk__status--bad")).to_be_visible()
    expect(page.locator("input[name=points]")).to_have_count(9)
    assert not Loan.objects.exists()


def test_quick_scans_are_processed_in_order(page, go, aalst):
    laptop, lotte = staff.available(aalst), staff.borrower(aalst)
    go("desk:index")
    scan(page, laptop.number)
    scan(page, lotte.card)
    expect(page.locator("input[name=points]")).to_have_count(9)


def test_device_is_checked_out_by_keyboard_without_card(page, go, aalst):
    laptop = staff.available(aalst)
    staff.borrower(aalst)
    go("desk:index")
    scan(page, laptop.number[-2:])
    scan(page, "peeters")
    page.get_by_role("link", name="Lotte Peeters").click()
    page.locator("[data-digipunt-live-target=tickAll]").press("Enter")
    expect(page.locator("button[value=check_out]")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".desk__status--good")).to_be_visible()
    assert Loan.objects.count() == 1


def test_borrower_is_added_while_device_waits(page, go, aalst):
    laptop = staff.available(aalst)
    go("desk:index", query=f"?code={laptop.number}")
    page.locator(".desk__new summary").click()
    page.fill("#id_new-name", "Fatima El Amrani")
    page.locator("button[value=add_borrower]").click()
    expect(page.locator(".desk__status--bad")).to_be_visible()
    expect(page.locator("#id_new-name")).to_have_value("Fatima El Amrani")
    page.fill("#id_new-phone", "0470 00 00 56")
    page.locator("button[value=add_borrower]").click()
    expect(page.locator("input[name=points]")).to_have_count(9)
    assert Borrower.objects.get().name == "Fatima El Amrani"


def test_desk_works_without_javascript(browser, live_server, page, go, aalst):
    laptop, lotte = staff.available(aalst), staff.borrower(aalst)
    go("desk:index")
    context = browser.new_context(java_script_enabled=False, locale="nl-BE")
    context.add_cookies(page.context.cookies())
    plain = context.new_page()
    plain.goto(live_server.url + reverse("desk:index"))
    plain.fill("#desk-code", laptop.number)
    plain.press("#desk-code", "Enter")
    plain.fill("#desk-code", lotte.card)
    plain.press("#desk-code", "Enter")
    for point in plain.locator("input[name=points]").all():
        point.check()
    click_through(plain, "button[value=check_out]")
    expect(plain.locator(".desk__status--good")).to_be_visible()
    assert Loan.objects.count() == 1
    context.close()


def test_workbench_card_moves_and_keeps_focus(page, go, aalst):
    first, second = staff.bought(aalst, new=False), staff.bought(aalst, new=False)
    go("workbench:index")
    page.locator(f"button[value='{first.pk}:triage']").press("Enter")
    expect(page.locator(f"#column-triage a[href*='/inspect/{first.pk}/']")).to_be_visible()
    expect(page.locator(f"button[value='{second.pk}:triage']")).to_be_focused()


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["320", "1280"])
def test_desk_screens_fit_and_are_accessible(page, go, aalst, size):
    page.set_viewport_size(size)
    laptop, lotte = staff.available(aalst), staff.borrower(aalst)
    loan = staff.lent(staff.available(aalst), lotte)
    dirty = staff.bought(aalst, new=False)
    device_operations.transition_to(dirty, State.ERASING)
    tested = staff.erased(staff.bought(aalst, new=False))
    gift = staff.donation(aalst)
    screens = [
        ("wagtailadmin_home", []),
        ("desk:index", []),
        ("desk:index", [], f"?code={laptop.number}"),
        ("desk:index", [], f"?code={loan.device.number}"),
        ("desk:index", [], f"?device={laptop.number}&borrower={lotte.card}"),
        ("desk:index", [], f"?borrower={lotte.card}"),
        ("desk:index", [], "?code=lotte"),
        ("desk:index", [], "?code=QRX-19"),
        ("device:index", []),
        ("device:inspect", [dirty.pk]),
        ("device:inspect", [laptop.pk]),
        ("device:add", []),
        ("device:erase", [dirty.media.get().pk]),
        ("device:replace_medium", [dirty.media.get().pk]),
        ("device:inspection", [tested.pk]),
        ("device:send", [laptop.pk]),
        ("workbench:index", []),
        ("erasure:index", []),
        ("erasure_logs:index", []),
        ("loan:index", []),
        ("loan:inspect", [loan.pk]),
        ("borrower:index", []),
        ("borrower:inspect", [lotte.pk]),
        ("loanpolicy:index", []),
        ("devicemodel:index", []),
        ("donation:index", []),
        ("donation:inspect", [gift.pk]),
        ("reception:index", []),
        ("reception:donation", [gift.pk]),
    ]
    wrong = []
    for name, args, *query in screens:
        go(name, *args, query="".join(query))
        sideways = page.evaluate(STICKS_OUT)
        found = steps.violations(page)
        if sideways or found:
            wrong.append((name, query, sideways, found))
    assert not wrong
