"""Browser test of a laptop from donation to loan and back, on the screens of each user."""

import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect
from wagtail.models import Site

from digipunt.accounts import roles
from home.messages.models import Message
from lending.core.states import State
from lending.devices.models import Device
from lending.donations.models import Attest, Donation
from lending.loans.models import Loan
from search.models import SearchEntry
from tests.browser import steps
from tests.browser.steps import click_through

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LOGS = Path(__file__).parents[1] / "lending" / "devices" / "data"
SERIAL = "S3Z9NB0K512345X"  # of the disk in the genuine log
STAMP = re.compile(rb"\d{4}/\d\d/\d\d \d\d:\d\d:\d\d")


@pytest.fixture
def demo(live_server, settings, tmp_path):
    """The demo site, on a database that an earlier live server may have emptied."""
    settings.ALLOWED_HOSTS = ["*"]
    settings.DATA_DIR = tmp_path
    steps.restore_wagtail_rows()
    roles.apply()
    call_command("load_demo", verbosity=0)
    Site.clear_site_root_paths_cache()
    call_command("rebuild_search", table_only=True, verbosity=0)
    return live_server.url


@pytest.fixture
def as_staff(browser, demo):
    """A browser window of somebody of the house."""
    contexts = []

    def open_window(username):
        context = browser.new_context(locale="nl-BE", accept_downloads=True)
        steps.log_in(context, get_user_model().objects.get(username=username), demo)
        contexts.append(context)
        return context.new_page()

    yield open_window
    for context in contexts:
        context.close()


def free_in_aalst(page, demo):
    """What a citizen reads on the page "Laptop" about Aalst, on a fresh request."""
    page.goto(f"{demo}/lenen/laptop/")
    row = page.locator(".avail > li", has_text="Digipunt Aalst")
    found = re.search(r"Nu beschikbaar: (\d+)", row.inner_text())
    return int(found[1]) if found else 0


def log_that_ended_just_now():
    """The genuine log of a passed erasure, with its clock moved to this second."""
    content = (LOGS / "pass.log").read_bytes()
    read = "%Y/%m/%d %H:%M:%S"
    last = datetime.strptime(STAMP.findall(content)[-1].decode(), read)
    now = timezone.make_naive(timezone.now()).replace(microsecond=0)
    ago = now - last

    def moved(match):
        moment = datetime.strptime(match[0].decode(), read) + ago
        return moment.strftime(read).encode()

    return STAMP.sub(moved, content)


def finds_the_digipunt(page, demo):
    """1. Hours, open or not, and how many laptops: all computed."""
    page.goto(demo)
    page.fill("input[name=q]", "9300")
    click_through(page, page.locator("main button[type=submit]").first)
    click_through(page, page.get_by_role("link", name="Digipunt Aalst").first)
    expect(page.locator("h1")).to_have_text("Digipunt Aalst")
    expect(page.locator("main")).to_contain_text(re.compile("Nu open|Nu gesloten|Vandaag open"))
    expect(page.locator("main")).to_contain_text("9 tot 12")
    assert free_in_aalst(page, demo) == 1


def gives_a_laptop(page, demo):
    """2. Registered by phone only, with the wish for an attest."""
    page.goto(f"{demo}/schenken/aanmelden/")
    page.select_option("#id_line-0-type", "laptop")
    page.select_option("#id_line-0-age", "5-7")
    page.fill("#id_line-0-brand", "Lenovo")
    page.fill("#id_line-0-model_name", "ThinkPad T480")
    page.check("#id_line-0-works_0")
    page.check("#id_line-0-charger_0")
    page.fill("#id_name", "Wim Demo")
    page.fill("#id_phone", "0470 00 00 34")
    page.fill("#id_postcode", "9300")
    for name in ("is_owner", "gives_up_ownership", "privacy_read", "wants_attest"):
        page.check(f"#id_{name}")
    page.wait_for_timeout(1100)  # quicker than that is a robot
    click_through(page, "main .button--go")
    expect(page).to_have_url(re.compile("/schenken/volgen/"))
    donation = Donation.objects.order_by("pk").last()
    expect(page.locator("main")).to_contain_text(donation.number)
    assert "Wim" not in page.locator("main").inner_text()
    assert Message.objects.get(about=f"donation:{donation.pk}").channel == "phone"
    return donation


def is_received(page, demo, donation):
    """3. The number at the door; accepted with its disk, and a label."""
    page.goto(demo + reverse("reception:index"))
    page.fill("#desk-code", donation.number.lower())
    page.keyboard.press("Enter")
    page.fill("[name=accept-serial]", "PF-CHAIN-1")
    page.select_option("[name=media-0-kind]", "ssd")
    page.fill("[name=media-0-serial]", SERIAL)
    click_through(page, "button[value=accept]")
    device = Device.objects.get(serial="PF-CHAIN-1")
    expect(page.locator("body")).to_contain_text(device.number)
    assert (device.number, device.state) == ("DP-00071", State.RECEIVED)
    label = page.request.get(demo + reverse("device:label", args=[device.pk]))
    assert label.body().startswith(b"%PDF")
    return device


def may_not_pass_by(page, demo, device):
    """4a. Not erased: no button leads to the shelf, and a forged one is refused."""
    page.goto(demo + reverse("device:inspect", args=[device.pk]))
    token = page.locator("[name=csrfmiddlewaretoken]").first.input_value()
    for target in ("inspection", "ready", "available"):
        page.request.post(
            demo + reverse("device:move", args=[device.pk]),
            form={"csrfmiddlewaretoken": token, "to": target},
            headers={"Referer": demo},
        )
    device.refresh_from_db()
    assert device.state == State.RECEIVED


def is_erased_and_inspected(page, demo, device):
    """4b. The log of nwipe, the tests with a grade, then free at the lending point."""
    page.goto(demo + reverse("erasure_logs:index"))
    page.locator("input[type=file]").set_input_files(
        {
            "name": "pass.log",
            "mimeType": "text/plain",
            "buffer": log_that_ended_just_now(),
        }
    )
    click_through(page, page.locator("main button[type=submit]").first)
    expect(page.locator("main")).to_contain_text(device.number)
    click_through(page, "main form.moves button[type=submit]")
    device.refresh_from_db()
    assert device.state == State.INSPECTION
    page.goto(demo + reverse("device:inspect", args=[device.pk]))
    click_through(page, page.locator(".device__moves a", has_text="Klaar").first)
    for box in page.locator("input[name=passed]").all():
        box.check()
    page.locator("input[name=grade][value=B]").check()
    click_through(page, "main .moves button[type=submit]")
    expect(page.locator(".device__moves")).to_be_visible()
    click_through(page, page.locator(".device__moves a", has_text="beschikbaar").first)
    page.locator("main select[name=location]").select_option(label="Digipunt Aalst")
    click_through(page, "main .moves button[type=submit]")
    expect(page.locator(".device__header")).to_contain_text("Beschikbaar")


def is_lent(page, demo, device):
    """5. Scanned, to somebody new without e-mail, with every point ticked."""
    page.goto(demo + reverse("desk:index"))
    page.fill("#desk-code", device.number)
    page.keyboard.press("Enter")
    expect(page.locator(".desk__status")).to_contain_text(device.number)
    page.locator(".desk__new summary").click()
    page.fill("#id_new-name", "Nora Demo")
    page.fill("#id_new-phone", "0470 00 00 56")
    page.locator("button[value=add_borrower]").click()
    expect(page.locator("input[name=points]")).to_have_count(9)
    page.locator("[data-digipunt-live-target=tickAll]").click()
    page.locator("button[value=check_out]").click()
    expect(page.locator(f"a[href*='{reverse('loan:agreement', args=[1])[:-2]}']")).to_be_visible()
    loan = Loan.objects.open().get(device=device)
    assert loan.due_on.weekday() in (0, 2, 3)  # Aalst lends on Monday, Wednesday, Thursday
    assert loan.due_on >= timezone.localdate() + timedelta(days=728)
    agreement = page.request.get(demo + reverse("loan:agreement", args=[loan.pk]))
    assert agreement.body().startswith(b"%PDF")


def comes_back(page, demo, device):
    """6. The same field: back, and not on the shelf before it is wiped again."""
    page.goto(demo + reverse("desk:index"))
    page.fill("#desk-code", device.number)
    page.keyboard.press("Enter")
    page.locator("button[value=check_in]").click()
    expect(page.locator("button[value=check_in]")).to_have_count(0)
    device.refresh_from_db()
    assert device.state == State.RETURNED


def proves_it(page, demo, donation):
    """7. The donor downloads the attest; anyone can check it, and reads no name."""
    page.goto(demo + reverse("lending:follow", args=[donation.secret]))
    with page.expect_download() as download:
        page.locator("main .button--go").click()
    assert Path(download.value.path()).read_bytes().startswith(b"%PDF")
    attest = Attest.objects.get(donation=donation)
    page.goto(demo + reverse("lending:attest_check"))
    page.fill("#id_number", attest.number)
    page.fill("#id_code", attest.code.lower())
    click_through(page, "main form button[type=submit]")
    expect(page.locator("main")).to_contain_text("echt")
    assert "Wim" not in page.locator("main").inner_text()
    page.fill("#id_code", "AAAA-AAAA-AAAA")
    click_through(page, "main form button[type=submit]")
    expect(page.locator(".notice--stop")).to_be_visible()


def searches(page, demo):
    """8. Places, workshops, kinds of devices, stories and pages, in any writing."""
    for typed, found in [
        ("LAPTOP", "Laptop"),
        ("aalst", "Digipunt Aalst"),
        ("itsmé", "Itsme installeren"),
        ("lotte", "Lotte mailt nu zelf"),
        ("privacy", "Privacy"),
    ]:
        page.goto(demo + "/zoeken/")
        page.fill("main input[name=q]", typed)
        page.keyboard.press("Enter")
        expect(page.locator("main")).to_contain_text(found)
    for odd in ['"', "%00", "a" * 10_000, "   "]:
        answer = page.request.get(f"{demo}/zoeken/", params={"q": odd})
        assert answer.status == 200
    for private in ("DP-00071", "Nora", "PF-CHAIN-1"):
        hidden = Q(title__contains=private) | Q(body__contains=private)
        assert not SearchEntry.objects.filter(hidden).exists()


def test_laptop_goes_from_donation_to_loan_and_back(page, demo, as_staff):
    finds_the_digipunt(page, demo)
    donation = gives_a_laptop(page, demo)
    device = is_received(as_staff("els"), demo, donation)
    workshop = as_staff("ilse")
    may_not_pass_by(workshop, demo, device)
    is_erased_and_inspected(workshop, demo, device)
    assert free_in_aalst(page, demo) == 2
    desk = as_staff("bram")
    is_lent(desk, demo, device)
    assert free_in_aalst(page, demo) == 1
    comes_back(desk, demo, device)
    assert free_in_aalst(page, demo) == 1
    proves_it(page, demo, donation)
    searches(page, demo)
