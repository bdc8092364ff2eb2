"""nwipe logs through the screen: read, looked at, confirmed, and never twice."""

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
    device_operations.become(device, State.ERASING)
    return device


@pytest.fixture
def ilse(client, aalst):
    client.force_login(staff.someone("ilse", Role.REFURBISHER, aalst))
    return client


def genuine(name, **replaced):
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
    return [line.outcome for _log, lines in preview.context["plan"] for line in lines]


def later(clock, moment="2026-11-22T15:00:00+01:00"):
    clock.move_to(moment)


def test_nothing_counts_before_it_is_confirmed(ilse, device, clock):
    later(clock)
    preview = upload(ilse, genuine("pass.log"))
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


def test_a_log_counts_once(ilse, device, clock):
    later(clock)
    preview = upload(ilse, genuine("pass.log"))
    address = preview.redirect_chain[-1][0]
    confirm(ilse, preview)
    assert ilse.post(address).status_code == 404
    again = upload(ilse, genuine("pass.log"))
    assert again.context["to_record"] == 0
    renamed = upload(ilse, genuine("pass.log") + b"\n")
    assert outcomes(renamed) == ["done"]
    assert Erasure.objects.count() == 1


def test_a_failed_disk_keeps_the_device_out_of_stock(ilse, device, clock):
    staff.media_operations.add_medium(device, kind="hdd", serial=FAILED)
    later(clock)
    preview = upload(ilse, genuine("failed.log"), genuine("pass.log"))
    assert sorted(outcomes(preview)) == ["failed", "matched"]
    confirm(ilse, preview)
    device.refresh_from_db()
    assert device.state == State.ERASURE_FAILED
    assert Erasure.objects.count() == 2


def test_one_of_two_disks_leaves_it_being_erased(ilse, device, clock):
    staff.media_operations.add_medium(device, kind="hdd", serial="NOG-TE-WISSEN")
    later(clock)
    confirm(ilse, upload(ilse, genuine("pass.log")))
    device.refresh_from_db()
    assert device.state == State.ERASING


def test_a_log_holds_several_disks(ilse, device, clock):
    staff.media_operations.add_medium(device, kind="hdd", serial="WD-WX61A1234567")
    later(clock)
    preview = upload(ilse, genuine("two-disks.log"))
    assert preview.context["to_record"] == 2
    confirm(ilse, preview)
    device.refresh_from_db()
    assert device.state == State.INSPECTION


@pytest.mark.parametrize(
    "content",
    [
        genuine("pass.log", **{"verify   = 1 (last pass)": "verify   = 0 (off)"}),
        genuine("pass.log", **{"DoD Short": "Verify Zeros"}),
        genuine("pass.log", **{"2026/11/22": "2027/11/22"}),
        genuine("pass.log", **{"2026/11/22": "2026/11/21"}),
    ],
    ids=["not verified", "only read", "in the future", "before it came in"],
)
def test_what_proves_nothing_is_refused(ilse, device, clock, content):
    later(clock)
    preview = upload(ilse, content)
    assert outcomes(preview) == ["refused"]
    confirm(ilse, preview)
    device.refresh_from_db()
    assert device.state == State.ERASING
    assert not Erasure.objects.exists()


@pytest.mark.parametrize(
    "content",
    [b"", b"\x00\xff", b"PK\x03\x04", genuine("pass.log")[:2500], b"x" * 2_100_000],
    ids=["empty", "bytes", "zip", "cut off", "too large"],
)
def test_another_file_is_refused_in_words(ilse, content):
    preview = upload(ilse, content)
    ((log, lines),) = preview.context["plan"]
    assert log.problem
    assert not lines
    assert not preview.context["to_record"]


def test_no_files_is_an_error_on_the_field(ilse):
    response = ilse.post(reverse("erasure_logs:index"), {})
    assert response.context["form"].errors["logs"]


def test_too_many_files_are_refused(ilse):
    response = upload(ilse, *[b"x"] * 51)
    assert response.context["form"].errors["logs"]
    assert not ErasureLog.objects.exists()


def test_a_disk_of_another_place_is_as_unknown_as_any(ilse, clock):
    staff.bought(staff.place("HAL", "Digipunt Halle"), disk=PASSED, new=False)
    later(clock)
    assert outcomes(upload(ilse, genuine("pass.log"))) == ["unknown"]


def test_only_ones_own_batch_can_be_opened(ilse, client, aalst, device, clock):
    later(clock)
    address = upload(ilse, genuine("pass.log")).redirect_chain[-1][0]
    client.force_login(staff.someone("karim", Role.REFURBISHER, aalst))
    assert client.get(address).status_code == 404
    assert client.post(address).status_code == 404
    assert not Erasure.objects.exists()


def test_a_preview_takes_as_many_queries_for_one_disk_as_for_twenty(
    ilse, aalst, clock, django_assert_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    for number in range(21):
        staff.bought(aalst, disk=f"SERIE-{number:08d}", new=False)
    later(clock)
    one = upload(ilse, genuine("pass.log", **{PASSED: "SERIE-00000000"}))
    many = upload(ilse, *(genuine("pass.log", **{PASSED: f"SERIE-{n:08d}"}) for n in range(1, 21)))
    with CaptureQueriesContext(connection) as few:
        ilse.get(one.redirect_chain[-1][0])
    with django_assert_num_queries(len(few)):
        ilse.get(many.redirect_chain[-1][0])
