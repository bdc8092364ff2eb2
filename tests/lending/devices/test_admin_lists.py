"""Tests of all listings of the lending service: query counts, exports, filters, dashboard, menu."""

import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook
from wagtail.admin.icons import get_icons

from home.core.roles import Role
from lending.core.states import TRANSITIONS_BY_TARGET
from lending.devices.models import DeviceModel, DeviceType
from lending.loans.admin.dashboard import ShortcutsPanel
from lending.loans.models import LoanPolicy
from tests.factories import staff

pytestmark = pytest.mark.django_db

MORE = 20
LISTS = [
    "device:index",
    "workbench:index",
    "erasure:index",
    "loan:index",
    "borrower:index",
    "loanpolicy:index",
    "devicetype:index",
    "devicemodel:index",
    "donation:index",
    "reception:index",
    "desk:index",
    "wagtailadmin_home",
]
EXPORTS = [
    "device:index",
    "erasure:index",
    "loan:index",
    "borrower:index",
    "loanpolicy:index",
    "devicetype:index",
    "devicemodel:index",
    "donation:index",
]


@pytest.fixture
def aalst():
    location = staff.place()
    staff.policy(location)
    return location


@pytest.fixture
def els(client, aalst):
    """A coordinator, who sees every list."""
    client.force_login(staff.someone("els", Role.COORDINATOR, aalst))
    return client


def create_rows(location, count, start=0):
    for number in range(start, start + count):
        staff.bought(location, new=False)
        staff.lent(staff.available(location), staff.borrower(location, f"Persoon {number}"))
        staff.accepted(staff.donation(location, name=f"Schenker {number}").lines.get())
        staff.donation(location, name=f"Schenker {number}")
        LoanPolicy.objects.create(location=location, name=f"Regel {number}")
        kind = DeviceType.objects.create(code=f"t{number}", name=f"Type {number}")
        DeviceModel.objects.create(type=kind, brand=f"Merk {number}", name="X")


def query_count(client, address, **data):
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address, data)
        if response.streaming:
            b"".join(response.streaming_content)
    assert response.status_code == 200
    return len(captured)


def test_listing_query_count_is_the_same_for_many_rows(els, aalst):
    create_rows(aalst, 3)
    listings = [(name, {}) for name in LISTS]
    listings += [(name, {"export": kind}) for name in EXPORTS for kind in ("csv", "xlsx")]
    addresses = {(name, *data.values()): (reverse(name), data) for name, data in listings}
    for address, data in addresses.values():
        client_warm = els.get(address, data)
        if client_warm.streaming:
            b"".join(client_warm.streaming_content)
    few = {key: query_count(els, address, **data) for key, (address, data) in addresses.items()}
    create_rows(aalst, MORE, start=3)
    many = {key: query_count(els, address, **data) for key, (address, data) in addresses.items()}
    assert many == few


def test_page_query_count_is_the_same_for_long_history(els, aalst):
    device, person = staff.bought(aalst), staff.borrower(aalst)
    donation = staff.donation(aalst)
    pages = {
        "device:inspect": device.pk,
        "borrower:inspect": person.pk,
        "donation:inspect": donation.pk,
        "reception:donation": donation.pk,
    }
    addresses = {name: reverse(name, args=[pk]) for name, pk in pages.items()}
    staff.lent(staff.available(aalst), person)
    staff.media_operations.add_medium(device, kind="hdd", serial="EERSTE")
    few = {name: query_count(els, address) for name, address in addresses.items()}
    few = {name: query_count(els, address) for name, address in addresses.items()}
    for number in range(MORE):
        staff.lent(staff.available(aalst), person)
        staff.media_operations.add_medium(device, kind="hdd", serial=f"EXTRA-{number}")
    kind = staff.device_type()
    donation.lines.bulk_create(
        type(donation.lines.first())(donation=donation, type=kind, position=n)
        for n in range(2, MORE)
    )
    many = {name: query_count(els, address) for name, address in addresses.items()}
    assert many == few


def export(client, name):
    text = b"".join(client.get(reverse(name), {"export": "csv"}).streaming_content).decode()
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text.lstrip("\ufeff"))))


def test_export_contains_no_formulas(els, aalst):
    staff.bought(aalst, of=staff.model("=cmd", "|' /C calc'!A0"), serial="+32", accessories="@x")
    staff.borrower(aalst, "=HYPERLINK(1)", phone="-1")
    staff.donation(aalst, name="=1+1")
    for name in EXPORTS:
        for row in export(els, name):
            assert not [cell for cell in row if cell.startswith(("=", "+", "-", "@"))], name
        sheet = els.get(reverse(name), {"export": "xlsx"})
        book = load_workbook(io.BytesIO(b"".join(sheet.streaming_content)))
        cells = [cell.value for row in book.active.iter_rows() for cell in row]
        assert not [c for c in cells if isinstance(c, str) and c.startswith(("=", "+", "-", "@"))]


def test_export_contains_filtered_rows(els, aalst):
    staff.bought(aalst, new=False)
    free = staff.available(aalst)
    address = reverse("device:index")
    answer = els.get(address, {"export": "csv", "quick": "available"})
    rows = b"".join(answer.streaming_content).decode().splitlines()
    assert len(rows) == 2
    assert free.number in rows[1]


@pytest.mark.parametrize("name", EXPORTS)
@pytest.mark.parametrize("typed", ['"', "'", "\x00", "%", "⁂", "a" * 10_000, "", "  ", "(", "\\"])
def test_search_accepts_any_text(els, name, typed):
    assert els.get(reverse(name), {"q": typed}).status_code == 200


@pytest.mark.parametrize("name", EXPORTS)
def test_filters_accept_invalid_values(els, name):
    odd = {
        "quick": "nonsense",
        "state": "nonsense",
        "location": "x",
        "type": "999999999999999999999",
        "ordering": "password",
        "p": "-1",
    }
    assert els.get(reverse(name), odd).status_code == 200


def test_quick_list_count_matches_its_rows(els, aalst):
    staff.available(aalst)
    staff.bought(aalst, new=False)
    staff.available(staff.place("HAL", "Digipunt Halle"))
    for name in ("device:index", "loan:index", "donation:index"):
        for item in els.get(reverse(name)).context["quick_lists"]:
            response = els.get(reverse(name), {"quick": item["value"]})
            assert response.context["paginator"].count == item["count"]


def test_device_history_contains_no_names(els, aalst):
    person = staff.borrower(aalst, "Kanarie Geheim")
    loan = staff.lent(staff.available(aalst), person)
    history = els.get(reverse("device:history", args=[loan.device_id]))
    assert "Kanarie" not in history.content.decode()


def test_no_delete_screen_exists(els, aalst):
    staff.available(aalst)
    for name in ("device", "loan", "borrower", "donation", "erasure", "loanpolicy"):
        assert els.get(f"/beheer/{name}/delete/1/").status_code == 404


def test_every_icon_exists():
    sprite = get_icons()
    icons = {move.icon for move in TRANSITIONS_BY_TARGET.values()} | {
        row[3] for row in ShortcutsPanel.shortcuts
    }
    extra = "barcode phone desk site lock info-circle user plus undo doc-full download calendar"
    extra += " clipboard-list calendar-alt tag list-ul rotate cogs upload thumbtack success"
    for icon in icons | set(extra.split()):
        assert f'id="icon-{icon}"' in sprite, icon


def test_dashboard_counts_only_visible_rows(client, aalst):
    staff.available(aalst)
    halle = staff.place("HAL", "Digipunt Halle")
    client.force_login(staff.someone("ann", Role.DESK, halle))
    page = client.get(reverse("wagtailadmin_home"))
    panels = {panel.__class__.__name__: panel for panel in page.context["panels"]}
    tasks = panels["LendingTodayPanel"].get_context_data({"request": page.wsgi_request})["tasks"]
    assert {task.count for task in tasks} == {0}


@pytest.mark.parametrize(
    ("role", "opens"),
    [
        (Role.DESK, {"desk:index", "reception:index", "device:index"}),
        (Role.REFURBISHER, {"workbench:index", "erasure_logs:index", "device:index"}),
        (Role.EDITOR, set()),
        (Role.REFERRER, set()),
    ],
)
def test_menu_shows_only_screens_that_open(client, aalst, role, opens):
    client.force_login(staff.someone("nele", role, aalst))
    page = client.get(reverse("wagtailadmin_home")).content.decode()
    screens = {"desk:index", "workbench:index", "erasure_logs:index", "reception:index"}
    for name in screens | {"device:index"}:
        assert (f'"{reverse(name)}"' in page) is (name in opens), name
