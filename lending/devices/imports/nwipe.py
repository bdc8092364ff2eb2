"""Parser of the logs that nwipe writes."""

import re
from dataclasses import asdict, dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from home.core.personal_data import remove_national_numbers

BANNER = re.compile(r"banner\s+= nwipe ?([\w.+-]{0,20})")
VERIFY = re.compile(r"verify\s+= (\d)")
METHOD = re.compile(r"method\s+= (.+)")
INVOKED = re.compile(r"Invoking method '([^'\n]{1,80})' on /dev/(\S+)")
DEVICE_NAME = re.compile(r"/dev/([\w-]+)")
TIMESTAMP = re.compile(r"^\[(\d{4}/\d\d/\d\d \d\d:\d\d:\d\d)\]")

# Values of the status column, from the source of nwipe; rows with other values are not disks.
PASSED, FAILED, ABORTED = "Erased", "FAILED", "UABORTED"
STATUSES = (PASSED, FAILED, ABORTED, "INSANITY")

# Methods that the disk carries out itself; every other method of nwipe overwrites.
DISK_METHODS = {"secure erase": "secure_erase", "crypto": "crypto_erase", "block": "block_erase"}
READ_ONLY_METHOD = "verify"

MAX_DISKS = 500


class InvalidLog(Exception):
    """A file that is not a usable log, with the reason for the user."""


@dataclass(frozen=True)
class Disk:
    """One row of the summary of a log; moments are ISO 8601 with offset, to be stored as JSON."""

    serial: str
    model: str
    status: str
    method: str
    verify: str
    version: str
    started_at: str
    finished_at: str

    as_dict = asdict

    @property
    def passed(self):
        return self.status == PASSED

    @property
    def verified(self):
        """Return whether nwipe read back what it wrote.

        `verify` is 0 (off), 1 (last pass) or 2 (all passes).
        """
        return self.verify in ("1", "2")

    @property
    def read_only(self):
        """Return whether the method only reads the disk and erases nothing."""
        return self.method.lower().startswith(READ_ONLY_METHOD)

    @property
    def erasure_method(self):
        """Return the value of Erasure.Method."""
        lowered = self.method.lower()
        methods = (method for text, method in DISK_METHODS.items() if text in lowered)
        return next(methods, "overwrite")

    @property
    def result(self):
        """Return the value of Erasure.Result."""
        return {PASSED: "passed", ABORTED: "aborted"}.get(self.status, "failed")

    @property
    def verification(self):
        """Return how nwipe verified the erasure, or an empty string if it did not."""
        texts = {
            "1": _("last pass read back by nwipe"),
            "2": _("every pass read back by nwipe"),
        }
        return str(texts.get(self.verify, ""))

    @property
    def started(self):
        return datetime.fromisoformat(self.started_at) if self.started_at else None

    @property
    def finished(self):
        return datetime.fromisoformat(self.finished_at)

    @property
    def tool(self):
        return f"nwipe {self.version}".strip()


def read_log(content):
    """Return the disks in a log, given as bytes: it may hold anything that a disk reports.

    A file to which nwipe appended holds several runs, each with its own summary. Raise InvalidLog
    for a file that is no log of nwipe or that stops before a summary.
    """
    text = content.decode("utf-8", errors="replace").replace("\x00", "")
    banners = list(BANNER.finditer(text))
    if not banners:
        raise InvalidLog(_("This is not a log of nwipe."))
    ends = [banner.start() for banner in banners[1:]] + [len(text)]
    disks = [
        disk
        for banner, end in zip(banners, ends, strict=True)
        for disk in parse_run(text[banner.start() : end], version=banner[1])
    ]
    if not disks:
        raise InvalidLog(_("The log stops before its summary: the erasure was interrupted."))
    if len(disks) > MAX_DISKS:
        raise InvalidLog(_("There are too many disks in this log. Split it up."))
    return disks


def parse_run(text, *, version):
    """Return the disks of one run of nwipe; none if it stopped before its summary."""
    before, heading, summary = text.rpartition("Drive Status")
    rows = list(parse_summary(summary)) if heading else []
    if not rows:
        return []
    started, finished, last = parse_times(before)
    if last is None:
        raise InvalidLog(_("The log has no date, so we cannot tell when the disk was erased."))
    methods = {name: method for method, name in INVOKED.findall(before)}
    general = METHOD.search(before)
    verify = VERIFY.search(before)
    return [
        Disk(
            serial=clean_text(serial, 60),
            model=clean_text(model, 60),
            status=status,
            method=clean_text(methods.get(name) or (general[1] if general else ""), 80),
            verify=verify[1] if verify else "",
            version=version,
            started_at=started[name].isoformat() if name in started else "",
            finished_at=finished.get(name, last).isoformat(),
        )
        for name, status, model, serial in rows
    ]


def clean_text(text, length):
    """Return the printable part of a text without national register numbers, cut to a length."""
    printable = "".join(letter for letter in text if letter.isprintable())
    return remove_national_numbers(printable.strip())[:length].strip()


def parse_summary(summary):
    """Yield (device, status, model, serial) of each disk, from old and new versions of nwipe."""
    for line in summary.splitlines():
        cells = line.split("|")
        if len(cells) < 3 or "/" not in cells[-1]:
            continue
        status = cells[1].strip().strip("-")
        if status not in STATUSES:
            continue
        flagged = cells[0].startswith("!")
        model, _slash, serial = cells[-1].rpartition("/")
        # A row with an exclamation mark had errors, whatever its status.
        yield (
            cells[0].lstrip("!").strip(),
            FAILED if flagged and status == PASSED else status,
            model,
            serial,
        )


def parse_times(lines):
    """Return {device: started}, {device: last line} and the last moment of all."""
    started, finished, last = {}, {}, None
    for line in lines.splitlines():
        at = parse_stamp(line)
        if not at:
            continue
        last = at
        if invoked := INVOKED.search(line):
            started.setdefault(invoked[2], at)
        for name in DEVICE_NAME.findall(line):
            finished[name] = at
    started = {name: at for name, at in started.items() if at <= finished.get(name, last)}
    return started, finished, last


def parse_stamp(line):
    """Return the aware time stamp of a line, or None; nwipe writes local time."""
    match = TIMESTAMP.match(line)
    if not match:
        return None
    try:
        naive = datetime.strptime(match[1], "%Y/%m/%d %H:%M:%S")
    except ValueError:
        return None
    return timezone.make_aware(naive) if 1990 <= naive.year < 2200 else None
