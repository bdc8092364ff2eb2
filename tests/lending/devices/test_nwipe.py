"""What a log of nwipe says, and what it never does: crash."""

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


def test_a_passed_log_tells_disk_method_and_moments():
    (disk,) = nwipe.read_log(log("pass.log"))
    assert disk.serial == "S3Z9NB0K512345X"
    assert disk.passed
    assert disk.verified
    assert disk.method == "DoD Short"
    assert disk.erasure_method == "overwrite"
    assert disk.tool == "nwipe 0.33"
    assert disk.started_at == "2026-11-22T12:19:13+01:00"
    assert disk.finished_at == "2026-11-22T12:19:14+01:00"


def test_a_log_holds_several_disks():
    disks = nwipe.read_log(log("two-disks.log"))
    assert [disk.serial for disk in disks] == ["S3Z9NB0K512345X", "WD-WX61A1234567"]
    assert all(disk.passed and disk.verify == "2" for disk in disks)


def test_a_failed_disk_is_failed():
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
def test_each_word_of_the_status_column_is_known(row, status):
    text = log("failed.log").decode().splitlines()
    lines = [row if "|-FAILED-|" in line else line for line in text]
    (disk,) = nwipe.read_log("\n".join(lines).encode())
    assert (disk.serial, disk.status) == ("5YD0ABCD", status)
    assert disk.passed is (status == "Erased")


def test_a_log_that_was_cut_off_is_refused_in_words():
    text = log("pass.log")
    with pytest.raises(nwipe.InvalidLog, match="."):
        nwipe.read_log(text[: text.index(b"Drive Status")])
    with pytest.raises(nwipe.InvalidLog):
        nwipe.read_log(text[: text.index(b"Drive Status") + 90])


@pytest.mark.parametrize("content", [b"", b"\x00", b"PK\x03\x04", "één,twee".encode("cp1252")])
def test_another_file_is_refused_in_words(content):
    with pytest.raises(nwipe.InvalidLog):
        nwipe.read_log(content)


def test_bytes_that_are_no_text_are_read():
    content = log("pass.log").replace(b"/S3Z9NB0K512345X", b"/\xff\x00\xc0S3Z9")
    (disk,) = nwipe.read_log(content)
    assert disk.passed
    assert "\x00" not in disk.serial


def test_two_runs_in_one_file_are_two_erasures():
    disks = nwipe.read_log(log("failed.log") + b"\n" + log("pass.log"))
    assert [disk.passed for disk in disks] == [False, True]


def test_a_run_that_was_not_verified_says_so():
    content = log("pass.log").replace(b"verify   = 1 (last pass)", b"verify   = 0 (off)")
    assert not nwipe.read_log(content)[0].verified


def test_a_run_that_only_read_the_disk_says_so():
    (disk,) = nwipe.read_log(log("pass.log").replace(b"DoD Short", b"Verify Zeros"))
    assert disk.read_only


def never_crashes(content):
    with contextlib.suppress(nwipe.InvalidLog):
        assert all(disk.finished for disk in nwipe.read_log(content))


@given(st.binary(max_size=2000))
@settings(max_examples=100, deadline=None)
def test_any_bytes_are_answered(content):
    never_crashes(content)


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
def test_a_damaged_log_is_answered(name, start, length, noise):
    content = log(name)
    never_crashes(content[:start] + noise + content[start + length :])
