"""A list of 10,000 devices from bytes to a donation: lines a second, and how long others wait.

python -m bench.within.csv_import   (with bench.settings and a filled database)
"""

import json
import time
from io import BytesIO

from django.db import connection, transaction
from django.utils import timezone

from bench import goals
from lending.devices.models import DeviceType
from lending.donations.imports.batch import validate_sheet
from lending.donations.imports.sheet import MAX_LINES, read_sheet
from lending.donations.operations import donations
from lending.donations.views.batch import line_fields
from locations.places.models import Location

REPEATS = 5


def a_list():
    lines = ["Type;Merk;Model;Serienummer;Bouwjaar;Lader;Staat"]
    kinds = [("laptop", "Dell", "Latitude 5490"), ("tablet", "Samsung", "Galaxy Tab A8")]
    for number in range(MAX_LINES):
        kind, brand, model = kinds[number % 2]
        lines.append(f"{kind};{brand};{model};BENCH{number:06d};{2015 + number % 9};ja;werkt")
    return "\r\n".join(lines).encode("cp1252")


class Lock:
    """How long the outermost transaction lasts, from its first statement until it is over."""

    def __init__(self):
        self.since, self.longest = None, 0.0

    def __call__(self, execute, *arguments):
        if connection.in_atomic_block and self.since is None:
            self.since = time.perf_counter()
            transaction.on_commit(self.over)
        return execute(*arguments)

    def over(self):
        self.longest = max(self.longest, time.perf_counter() - self.since)
        self.since = None


def once(content, point):
    """Seconds in all and in the longest write transaction, for the whole list."""
    types = {type.code: type for type in DeviceType.objects.all()}
    year = timezone.localdate().year
    lock = Lock()
    start = time.perf_counter()
    batch = validate_sheet(
        read_sheet(BytesIO(content)),
        types=[(type.code, type.name) for type in types.values()],
        this_year=year,
    )
    assert batch.is_valid, batch.invalid_lines[:1]
    with connection.execute_wrapper(lock):
        donation = donations.register_donation(
            donor={"kind": "company", "name": "Bench", "organisation": "Bench", "phone": "02 1"},
            lines=[line_fields(device, types, year) for device in batch.devices],
            collection_point=point,
            declarations=dict.fromkeys((*donations.REQUIRED_DECLARATIONS, "wants_attest"), True),
        )
    spent = time.perf_counter() - start
    assert donation.lines.count() == len(batch)
    return spent, lock.longest


def main():
    content = a_list()
    point = Location.objects.filter(is_collection_point=True).order_by("pk").first()
    runs = sorted(once(content, point) for _repeat in range(REPEATS))
    rate = MAX_LINES / runs[REPEATS // 2][0]
    locked = sorted(lock for _spent, lock in runs)[REPEATS // 2] * 1000
    fact = {
        "measure": "csv",
        "database": connection.vendor,
        "lines": MAX_LINES,
        "lines_per_second": round(rate),
        "longest_write_ms": round(locked, 1),
        "goal": {
            "lines_per_second": goals.LINES_PER_SECOND,
            "longest_write_ms": goals.LONGEST_LOCK_MS,
        },
        "ok": rate >= goals.LINES_PER_SECOND and locked <= goals.LONGEST_LOCK_MS,
    }
    print(json.dumps(fact), flush=True)


if __name__ == "__main__":
    main()
