"""Reads the log that nwipe writes; what it says about each disk, as a value."""

import re
from dataclasses import asdict, dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from home.core.personal_data import cut_national_numbers

BANNER = re.compile(r"banner\s+= nwipe ?([\w.+-]{0,20})")
VERIFY = re.compile(r"verify\s+= (\d)")
METHOD = re.compile(r"method\s+= (.+)")
INVOKED = re.compile(r"Invoking method '([^'\n]{1,80})' on /dev/(\S+)")
DEVICE_NAME = re.compile(r"/dev/([\w-]+)")
TIMESTAMP = re.compile(r"^\[(\d{4}/\d\d/\d\d \d\d:\d\d:\d\d)\]")

# The words of the status column, from the source of nwipe; every other row is a heading or noise.
PASSED, FAILED, ABORTED = "Erased", "FAILED", "UABORTED"
STATUSES = (PASSED, FAILED, ABORTED, "INSANITY")

# What nwipe asks the disk to do itself; all else is overwriting, which on an SSD is only Clear.
DISK_METHODS = {"secure erase": "secure_erase", "crypto": "crypto_erase", "block": "block_erase"}
READ_ONLY_METHOD = "verify"

MAX_DISKS = 500


class InvalidLog(Exception):
    """A file that is no use, with the sentence that says why."""


@dataclass(frozen=True)
class Disk:
    """One row of the summary. Moments are ISO texts with their offset, so that JSON can hold it."""

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
        """Whether nwipe read back what it wrote; `verify` is 0 (off), 1 (last pass) or 2 (all)."""
        return self.verify in ("1", "2")

    @property
    def read_only(self):
        """nwipe also has methods that only read the disk: nothing is erased by those."""
        return self.method.lower().startswith(READ_ONLY_METHOD)

    @property
    def erasure_method(self):
        """The value of Erasure.Method."""
        lowered = self.method.lower()
        found = (value for word, value in DISK_METHODS.items() if word in lowered)
        return next(found, "overwrite")

    @property
    def result(self):
        """The value of Erasure.Result."""
        return {PASSED: "passed", ABORTED: "aborted"}.get(self.status, "failed")

    @property
    def verification(self):
        """How nwipe checked, in words; empty if it did not."""
        said = {
            "1": _("last pass read back by nwipe"),
            "2": _("every pass read back by nwipe"),
        }
        return str(said.get(self.verify, ""))

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
    """The disks in a log (bytes, as disks without a serial number print anything).

    A file to which nwipe was told to append holds several runs, each with its own summary.
    Raises NotALog with a sentence: for another file, and for a log that stops too early.
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
    """The disks of one run of nwipe; none if it stopped before its summary."""
    before, found, summary = text.rpartition("Drive Status")
    rows = list(parse_summary(summary)) if found else []
    if not rows:
        return []
    started, finished, last = parse_times(before)
    if last is None:
        raise InvalidLog(_("The log has no date, so we can not tell when the disk was erased."))
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
    """Printable, no longer than its column, and never a national register number."""
    kept = "".join(letter for letter in text if letter.isprintable())
    return cut_national_numbers(kept.strip())[:length].strip()


def parse_summary(summary):
    """(device, status, model, serial) of each disk; newer versions put more columns in between."""
    for line in summary.splitlines():
        cells = line.split("|")
        if len(cells) < 3 or "/" not in cells[-1]:
            continue
        status = cells[1].strip().strip("-")
        if status not in STATUSES:
            continue
        flagged = cells[0].startswith("!")
        model, _slash, serial = cells[-1].rpartition("/")
        # A row with an exclamation mark had errors, whatever its status says.
        yield (
            cells[0].lstrip("!").strip(),
            FAILED if flagged and status == PASSED else status,
            model,
            serial,
        )


def parse_times(lines):
    """When each disk began and was last heard of, and the last moment of all."""
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
    """The time stamp of a line, aware, or None. nwipe writes the local time of its computer."""
    found = TIMESTAMP.match(line)
    if not found:
        return None
    try:
        naive = datetime.strptime(found[1], "%Y/%m/%d %H:%M:%S")
    except ValueError:
        return None
    return timezone.make_aware(naive) if 1990 <= naive.year < 2200 else None
