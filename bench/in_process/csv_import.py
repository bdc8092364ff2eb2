"""Measure the import of 10,000 devices: lines per second, and how long other writers wait.

python -m bench.in_process.csv_import   (with bench.settings and a filled database)
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


def build_csv():
    lines = ["Type;Merk;Model;Serienummer;Bouwjaar;Lader;Staat"]
    models = [("laptop", "Dell", "Latitude 5490"), ("tablet", "Samsung", "Galaxy Tab A8")]
    for number in range(MAX_LINES):
        kind, brand, model = models[number % 2]
        lines.append(f"{kind};{brand};{model};BENCH{number:06d};{2015 + number % 9};ja;werkt")
    return "\r\n".join(lines).encode("cp1252")


class TransactionTimer:
    """Query wrapper that measures the longest outermost transaction, in seconds."""

    def __init__(self):
        self.since, self.longest = None, 0.0

    def __call__(self, execute, *arguments):
        if connection.in_atomic_block and self.since is None:
            self.since = time.perf_counter()
            transaction.on_commit(self.stop)
        return execute(*arguments)

    def stop(self):
        self.longest = max(self.longest, time.perf_counter() - self.since)
        self.since = None


def import_once(content, collection_point):
    """Return the seconds in total and in the longest write transaction."""
    types = {type.code: type for type in DeviceType.objects.all()}
    year = timezone.localdate().year
    timer = TransactionTimer()
    start = time.perf_counter()
    batch = validate_sheet(
        read_sheet(BytesIO(content)),
        types=[(type.code, type.name) for type in types.values()],
        this_year=year,
    )
    assert batch.is_valid, batch.invalid_lines[:1]
    with connection.execute_wrapper(timer):
        donation = donations.register_donation(
            donor={"kind": "company", "name": "Bench", "organisation": "Bench", "phone": "02 1"},
            lines=[line_fields(device, types, year) for device in batch.devices],
            collection_point=collection_point,
            declarations=dict.fromkeys((*donations.REQUIRED_DECLARATIONS, "wants_attest"), True),
        )
    seconds = time.perf_counter() - start
    assert donation.lines.count() == len(batch)
    return seconds, timer.longest


def main():
    content = build_csv()
    collection_point = Location.objects.filter(is_collection_point=True).order_by("pk").first()
    runs = sorted(import_once(content, collection_point) for _ in range(REPEATS))
    rate = MAX_LINES / runs[REPEATS // 2][0]
    lock_ms = sorted(longest for _seconds, longest in runs)[REPEATS // 2] * 1000
    result = {
        "measure": "csv",
        "database": connection.vendor,
        "lines": MAX_LINES,
        "lines_per_second": round(rate),
        "longest_write_ms": round(lock_ms, 1),
        "goal": {
            "lines_per_second": goals.LINES_PER_SECOND,
            "longest_write_ms": goals.LONGEST_LOCK_MS,
        },
        "ok": rate >= goals.LINES_PER_SECOND and lock_ms <= goals.LONGEST_LOCK_MS,
    }
    print(json.dumps(result), flush=True)


if __name__ == "__main__":
    main()
