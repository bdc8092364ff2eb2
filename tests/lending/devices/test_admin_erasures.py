"""Tests of the import of nwipe logs."""

from pathlib import Path

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from home.core.roles import Role
from lending.core.states import State
from lending.devices.models import Erasure, ErasureLog
from lending.devices.operations import devices as device_operations
from tests.factories import staff

pytestmark = pytest.mark.django_db
DATA = Path(__file__).parent / "data"
PASSED, FAILED = "S3Z9NB0K512345X", "5YD0ABCD"


@pytest.fixture(autouse=True)
def clock():
    """The logs are of 22 November 2026, 12:19; the devices came in that morning."""
    with time_machine.travel("2026-11-22T09:00:00+01:00", tick=False) as clock:
        yield clock


@pytest.fixture
def aalst():
    return staff.place()


@pytest.fixture
def device(aalst):
    device = staff.bought(aalst, disk=PASSED, new=False)
    device_operations.transition_to(device, State.ERASING)
    return device


@pytest.fixture
def ilse(client, aalst):
    client.force_login(staff.someone("ilse", Role.REFURBISHER, aalst))
    return client


def read_log(name, **replaced):
    content = (DATA / name).read_bytes()
    for old, new in replaced.items():
        content = content.replace(old.encode(), new.encode())
    return content


def upload(client, *contents):
    files = [SimpleUploadedFile(f"{n}.log", content) for n, content in enumerate(contents)]
    return client.post(reverse("erasure_logs:index"), {"logs": files}, follow=True)


def confirm(client, preview):
    return client.post(preview.redirect_chain[-1][0], follow=True)


def outcomes(preview):
    return [disk.outcome for _log, disks in preview.context["plan"] for disk in disks]


def move_clock(clock, moment="2026-11-22T15:00:00+01:00"):
    clock.move_to(moment)


def test_erasure_is_not_recorded_before_confirmation(ilse, device, clock):
    move_clock(clock)
    preview = upload(ilse, read_log("pass.log"))
    assert outcomes(preview) == ["matched"]
    assert not Erasure.objects.exists()
    confirm(ilse, preview)
    device.refresh_from_db()
    erasure = Erasure.objects.get()
    assert device.state == State.INSPECTION
    assert (erasure.result, erasure.level, erasure.method) == ("passed", "clear", "overwrite")
    assert (erasure.tool, erasure.method_detail) == ("nwipe 0.33", "DoD Short")
    assert erasure.started_at < erasure.finished_at
    assert erasure.verification


def test_log_is_recorded_once(ilse, device, clock):
    move_clock(clock)
    preview = upload(ilse, read_log("pass.log"))
    address = preview.redirect_chain[-1][0]
    confirm(ilse, preview)
    assert ilse.post(address).status_code == 404
    again = upload(ilse, read_log("pass.log"))
    assert again.context["to_record"] == 0
    renamed = upload(ilse, read_log("pass.log") + b"\n")
    assert outcomes(renamed) == ["done"]
    assert Erasure.objects.count() == 1


def test_failed_disk_blocks_device(ilse, device, clock):
    staff.media_operations.add_medium(device, kind="hdd", serial=FAILED)
    move_clock(clock)
    preview = upload(ilse, read_log("failed.log"), read_log("pass.log"))
    assert sorted(outcomes(preview)) == ["failed", "matched"]
    confirm(ilse, preview)
    device.refresh_from_db()
    assert device.state == State.ERASURE_FAILED
    assert Erasure.objects.count() == 2


def test_device_waits_for_its_second_disk(ilse, device, clock):
    staff.media_operations.add_medium(device, kind="hdd", serial="NOG-TE-WISSEN")
    move_clock(clock)
    confirm(ilse, upload(ilse, read_log("pass.log")))
    device.refresh_from_db()
    assert device.state == State.ERASING


def test_log_with_several_disks_is_recorded(ilse, device, clock):
    staff.media_operations.add_medium(device, kind="hdd", serial="WD-WX61A1234567")
    move_clock(clock)
    preview = upload(ilse, read_log("two-disks.log"))
    assert preview.context["to_record"] == 2
    confirm(ilse, preview)
    device.refresh_from_db()
    assert device.state == State.INSPECTION


@pytest.mark.parametrize(
    "content",
    [
        read_log("pass.log", **{"verify   = 1 (last pass)": "verify   = 0 (off)"}),
        read_log("pass.log", **{"DoD Short": "Verify Zeros"}),
        read_log("pass.log", **{"2026/11/22": "2027/11/22"}),
        read_log("pass.log", **{"2026/11/22": "2026/11/21"}),
    ],
    ids=["not verified", "only read", "in the future", "before it came in"],
)
def test_log_without_proof_is_refused(ilse, device, clock, content):
    move_clock(clock)
    preview = upload(ilse, content)
    assert outcomes(preview) == ["refused"]
    confirm(ilse, preview)
    device.refresh_from_db()
    assert device.state == State.ERASING
    assert not Erasure.objects.exists()


@pytest.mark.parametrize(
    "content",
    [b"", b"\x00\xff", b"PK\x03\x04", read_log("pass.log")[:2500], b"x" * 2_100_000],
    ids=["empty", "bytes", "zip", "cut off", "too large"],
)
def test_other_file_is_refused_with_reason(ilse, content):
    preview = upload(ilse, content)
    ((log, lines),) = preview.context["plan"]
    assert log.problem
    assert not lines
    assert not preview.context["to_record"]


def test_missing_file_is_a_field_error(ilse):
    response = ilse.post(reverse("erasure_logs:index"), {})
    assert response.context["form"].errors["logs"]


def test_too_many_files_are_refused(ilse):
    response = upload(ilse, *[b"x"] * 51)
    assert response.context["form"].errors["logs"]
    assert not ErasureLog.objects.exists()


def test_disk_of_other_location_is_not_matched(ilse, clock):
    staff.bought(staff.place("HAL", "Digipunt Halle"), disk=PASSED, new=False)
    move_clock(clock)
    assert outcomes(upload(ilse, read_log("pass.log"))) == ["unknown"]


def test_only_own_batch_can_be_opened(ilse, client, aalst, device, clock):
    move_clock(clock)
    address = upload(ilse, read_log("pass.log")).redirect_chain[-1][0]
    client.force_login(staff.someone("karim", Role.REFURBISHER, aalst))
    assert client.get(address).status_code == 404
    assert client.post(address).status_code == 404
    assert not Erasure.objects.exists()


def test_preview_query_count_is_the_same_for_many_disks(
    ilse, aalst, clock, django_assert_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    for number in range(21):
        staff.bought(aalst, disk=f"SERIE-{number:08d}", new=False)
    move_clock(clock)
    short_preview = upload(ilse, read_log("pass.log", **{PASSED: "SERIE-00000000"}))
    long_preview = upload(
        ilse, *(read_log("pass.log", **{PASSED: f"SERIE-{n:08d}"}) for n in range(1, 21))
    )
    with CaptureQueriesContext(connection) as queries:
        ilse.get(short_preview.redirect_chain[-1][0])
    with django_assert_num_queries(len(queries)):
        ilse.get(long_preview.redirect_chain[-1][0])
