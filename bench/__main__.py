"""Measure speed: print one JSON object per line, with its goal and whether that is met.

    python -m bench [--rounds 7] [--seconds 1] [--devices 5000] [--loans 50000]
                    [--only pages,queries,csv,hours,loans,registrations] [--dir FOLDER]

With --dir the filled databases are stored there and used again. Progress goes to stderr.
"""

import argparse
import json
import os
import sys
import tempfile

from bench import goals, hours, loans, pages, registrations, server

PARTS = ["pages", "queries", "csv", "hours", "loans", "registrations"]


def main():
    parser = argparse.ArgumentParser(prog="bench", description=__doc__.partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=goals.ROUNDS)
    parser.add_argument("--seconds", type=float, default=1.0, help="per page and round")
    parser.add_argument("--devices", type=int, default=5000)
    parser.add_argument("--loans", type=int, default=50_000)
    parser.add_argument("--only", default=",".join(PARTS), help="parts: " + ", ".join(PARTS))
    parser.add_argument("--dir", help="keep the databases in this folder")
    options = parser.parse_args()
    parts = options.only.split(",")
    if unknown := set(parts) - set(PARTS):
        parser.error(f"unknown part {', '.join(sorted(unknown))}")
    with tempfile.TemporaryDirectory(prefix="digipunt-bench-") as folder:
        run(options.dir or folder, parts, options)


def run(folder, parts, options):
    missed = 0
    if "hours" in parts:  # needs no database
        for result in hours.measure():
            missed += not result["ok"]
            print_result(result)
    for site in sites(folder, keep=bool(options.dir)) if set(parts) - {"hours"} else ():
        server.log(f"{site.name}: loading {options.devices} devices, {options.loans} loans")
        seconds = site.fill(options.devices, options.loans)
        print_result({"measure": "demo", "database": site.name, "seconds": round(seconds, 1)})
        for result in measure(site, parts, options):
            missed += not result.get("ok", True)
            print_result(result)
    server.log(f"{missed} goals missed" if missed else "every goal is met")


def sites(folder, keep):
    yield server.sqlite(folder)
    url = os.environ.get("DATABASE_URL_POSTGRES", "")
    if url and server.is_reachable(url):
        yield server.postgres(folder, url, keep)
    else:
        server.log("PostgreSQL left out: DATABASE_URL_POSTGRES names no server that answers")


def measure(site, parts, options):
    if "pages" in parts:
        yield from pages.measure(site, options.rounds, options.seconds)
    for part in ("queries", "csv"):
        if part in parts:
            server.log(f"{site.name}: {part}")
            module = {"csv": "csv_import"}.get(part, part)
            yield from map(json.loads, site.output("-m", f"bench.in_process.{module}").splitlines())
    if "loans" in parts:
        yield from loans.measure(site)
    if "registrations" in parts:
        yield from registrations.measure(site)


def print_result(result):
    print(json.dumps(result), flush=True)


if __name__ == "__main__":
    sys.exit(main())
