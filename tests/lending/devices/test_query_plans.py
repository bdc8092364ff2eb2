"""Tests of query plans: with 50,000 devices no public page or desk screen scans a whole table."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core.cache import caches
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Site

from lending.devices.models import Device, DeviceEvent, DeviceModel
from lending.loans.models import Borrower, Loan
from locations.places.models import Location

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

GROWS = "lending_device|lending_loan|lending_deviceevent"
# A partial index holds only what is free, or open: reading it through is reading the answer.
ANSWERS = "available_devices|available_at_location|open_loans_due"
SCANS = {
    "sqlite": re.compile(rf"SCAN ({GROWS})\b(?! USING (COVERING )?INDEX ({ANSWERS}))"),
    "postgresql": re.compile(rf"Seq Scan on ({GROWS})\b"),
}
PUBLIC = [
    "/",
    "/lenen/",
    "/lenen/laptop/",
    "/digipunten/",
    "/digipunten/digipunt-aalst/",
    "/workshops/",
    "/zoeken/?q=laptop",
]
STAFF = [
    "/beheer/balie/",
    "/beheer/balie/?device=DP-10001",
    "/beheer/balie/?code=DP-00020",
    "/beheer/balie/?code=L-00003",
]


def add_devices(count):
    """Devices of every state in all places, each with an event, and a loan where it is out."""
    now, today = timezone.now(), timezone.localdate()
    router = DeviceModel.objects.get(name="M7350")  # holds no data, so that it needs no erasure
    places = list(Location.objects.filter(loan_policies__isnull=False).distinct())
    policies = {place.pk: place.loan_policies.first() for place in places}
    models = list(DeviceModel.objects.exclude(catalogue_page=None))
    states = ["available", "on_loan", "returned", "ready", "repair"] * 2
    devices = Device.objects.bulk_create(
        (
            Device(
                number=f"DP-{10_000 + index}",
                model=models[index % len(models)] if models else router,
                location=places[index % len(places)],
                state=states[index // len(places) % len(states)],
                source="purchase",
                has_storage=False,
                grade="B",
                since=now,
                last_outside_at=now,
            )
            for index in range(count)
        ),
        batch_size=2000,
    )
    DeviceEvent.objects.bulk_create(
        (DeviceEvent(device=device, kind="moved", state=device.state) for device in devices),
        batch_size=5000,
    )
    someone = Borrower.objects.first()
    Loan.objects.bulk_create(
        (
            Loan(
                device=device,
                borrower=someone,
                policy=policies[device.location_id],
                lent_at=now - timedelta(days=9),
                due_on=today + timedelta(days=index % 90),
            )
            for index, device in enumerate(devices)
            if device.state == "on_loan"
        ),
        batch_size=5000,
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


@pytest.fixture
def demo(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    for name in caches:
        caches[name].clear()
    call_command("load_demo", verbosity=0)
    Site.clear_site_root_paths_cache()


def queries_of(client, address):
    """The SQL of the second request, when the caches are warm."""
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200, address
    return [query["sql"] for query in captured.captured_queries]


def plans(statements):
    explain = "EXPLAIN QUERY PLAN" if connection.vendor == "sqlite" else "EXPLAIN"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # Where a fifth of all rows is the answer, it reads the table although an index would
            # do: so we ask whether there is another way than reading it all.
            cursor.execute("SET LOCAL enable_seqscan = off")
        for sql in statements:
            if sql.lstrip("(").startswith("SELECT"):
                cursor.execute(f"{explain} {sql}")
                for row in cursor.fetchall():
                    yield sql, str(row[-1])


def test_no_screen_scans_a_growing_table(client, demo):
    staff = get_user_model().objects.get(username="bram")
    before = {address: len(queries_of(client, address)) for address in PUBLIC}
    assert {a: n for a, n in before.items() if n > (6 if "/lenen/" in a else 12)} == {}
    add_devices(50_000)
    scans = []
    for address in PUBLIC:
        statements = queries_of(client, address)
        assert len(statements) <= before[address], address
        scans += [(address, plan, sql[:300]) for sql, plan in plans(statements)]
    client.force_login(staff)
    for address in STAFF:
        scans += [(address, plan, sql[:300]) for sql, plan in plans(queries_of(client, address))]
    found = [scan for scan in scans if SCANS[connection.vendor].search(scan[1])]
    assert found == []


def test_table_scan_is_detected(demo):
    add_devices(5_000)
    found = next(plans([f"SELECT * FROM {Device._meta.db_table} WHERE accessories = 'x'"]))
    assert SCANS[connection.vendor].search(found[1])
