"""Tests of the parser of nwipe logs."""

import contextlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lending.devices.imports import nwipe

DATA = Path(__file__).parent / "data"
GENUINE = ["pass.log", "two-disks.log", "failed.log"]


def log(name):
    return (DATA / name).read_bytes()


def test_log_gives_disk_method_and_times():
    (disk,) = nwipe.read_log(log("pass.log"))
    assert disk.serial == "S3Z9NB0K512345X"
    assert disk.passed
    assert disk.verified
    assert disk.method == "DoD Short"
    assert disk.erasure_method == "overwrite"
    assert disk.tool == "nwipe 0.33"
    assert disk.started_at == "2026-11-22T12:19:13+01:00"
    assert disk.finished_at == "2026-11-22T12:19:14+01:00"


def test_log_with_several_disks_is_read():
    disks = nwipe.read_log(log("two-disks.log"))
    assert [disk.serial for disk in disks] == ["S3Z9NB0K512345X", "WD-WX61A1234567"]
    assert all(disk.passed and disk.verify == "2" for disk in disks)


def test_failed_disk_is_failed():
    (disk,) = nwipe.read_log(log("failed.log"))
    assert (disk.serial, disk.status, disk.passed) == ("5YD0ABCD", "FAILED", False)


@pytest.mark.parametrize(
    ("row", "status"),
    [
        ("      sda | Erased | 90 MB/s | 01:00:00 | ST500/5YD0ABCD", "Erased"),
        ("!     sda |-FAILED-| 90 MB/s | 01:00:00 | ST500/5YD0ABCD", "FAILED"),
        ("!     sda |UABORTED| 90 MB/s | 01:00:00 | ST500/5YD0ABCD", "UABORTED"),
        ("      sda |INSANITY| 90 MB/s | 01:00:00 | ST500/5YD0ABCD", "INSANITY"),
        ("!     sda | Erased | 90 MB/s | 01:00:00 | ST500/5YD0ABCD", "FAILED"),
        ("      sda | Erased | 90 MB/s | 01:00:00 | 38C | 500GB | A/B 12/5YD0ABCD", "Erased"),
    ],
    ids=["erased", "failed", "aborted", "insanity", "erased with errors", "more columns"],
)
def test_every_status_is_recognised(row, status):
    text = log("failed.log").decode().splitlines()
    lines = [row if "|-FAILED-|" in line else line for line in text]
    (disk,) = nwipe.read_log("\n".join(lines).encode())
    assert (disk.serial, disk.status) == ("5YD0ABCD", status)
    assert disk.passed is (status == "Erased")


def test_truncated_log_is_refused_with_reason():
    text = log("pass.log")
    with pytest.raises(nwipe.InvalidLog, match="."):
        nwipe.read_log(text[: text.index(b"Drive Status")])
    with pytest.raises(nwipe.InvalidLog):
        nwipe.read_log(text[: text.index(b"Drive Status") + 90])


@pytest.mark.parametrize("content", [b"", b"\x00", b"PK\x03\x04", "één,twee".encode("cp1252")])
def test_other_file_is_refused(content):
    with pytest.raises(nwipe.InvalidLog):
        nwipe.read_log(content)


def test_log_with_invalid_utf8_is_read():
    content = log("pass.log").replace(b"/S3Z9NB0K512345X", b"/\xff\x00\xc0S3Z9")
    (disk,) = nwipe.read_log(content)
    assert disk.passed
    assert "\x00" not in disk.serial


def test_file_with_two_runs_gives_two_disks():
    disks = nwipe.read_log(log("failed.log") + b"\n" + log("pass.log"))
    assert [disk.passed for disk in disks] == [False, True]


def test_unverified_run_is_not_verified():
    content = log("pass.log").replace(b"verify   = 1 (last pass)", b"verify   = 0 (off)")
    assert not nwipe.read_log(content)[0].verified


def test_run_that_only_reads_is_read_only():
    (disk,) = nwipe.read_log(log("pass.log").replace(b"DoD Short", b"Verify Zeros"))
    assert disk.read_only


def read_or_refuse(content):
    with contextlib.suppress(nwipe.InvalidLog):
        assert all(disk.finished for disk in nwipe.read_log(content))


@given(st.binary(max_size=2000))
@settings(max_examples=100, deadline=None)
def test_any_bytes_are_read_or_refused(content):
    read_or_refuse(content)


@given(
    name=st.sampled_from(GENUINE),
    start=st.integers(0, 5000),
    length=st.integers(0, 300),
    noise=st.one_of(
        st.binary(max_size=60),
        st.sampled_from([b"|", b"/", b"!", b"9999/99/99 99:99:99", b"0001/01/01", b"\xff\xfe"]),
    ),
)
@settings(max_examples=300, deadline=None)
def test_damaged_log_is_read_or_refused(name, start, length, noise):
    content = log(name)
    read_or_refuse(content[:start] + noise + content[start + length :])
