"""`make bench`: one JSON object a line, each with its goal and whether it is met.

    python -m bench [--rounds 7] [--seconds 1] [--devices 5000] [--loans 50000]
                    [--only pages,inside,csv,hours,writers,registrations] [--dir FOLDER]

With --dir the filled databases are kept there and used again. Progress goes to the error output.
"""

import argparse
import json
import os
import sys
import tempfile

from bench import goals, hours, pages, registrations, server, writers

PARTS = ["pages", "inside", "csv", "hours", "writers", "registrations"]


def main():
    parser = argparse.ArgumentParser(prog="bench", description=__doc__.partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=goals.ROUNDS)
    parser.add_argument("--seconds", type=float, default=1.0, help="for each page in a round")
    parser.add_argument("--devices", type=int, default=5000)
    parser.add_argument("--loans", type=int, default=50_000)
    parser.add_argument("--only", default=",".join(PARTS), help="parts: " + ", ".join(PARTS))
    parser.add_argument("--dir", help="keep the databases in this folder")
    options = parser.parse_args()
    parts = options.only.split(",")
    if unknown := set(parts) - set(PARTS):
        parser.error(f"there is no part {', '.join(sorted(unknown))}")
    with tempfile.TemporaryDirectory(prefix="digipunt-bench-") as folder:
        run(options.dir or folder, parts, options)


def run(folder, parts, options):
    missed = 0
    if "hours" in parts:  # values only: there is no database in it
        for fact in hours.facts():
            missed += not fact["ok"]
            say(fact)
    for site in sites(folder, keep=bool(options.dir)) if set(parts) - {"hours"} else ():
        server.tell(f"{site.name}: loading {options.devices} devices, {options.loans} loans")
        spent = site.fill(options.devices, options.loans)
        say({"measure": "demo", "database": site.name, "seconds": round(spent, 1)})
        for fact in measured(site, parts, options):
            missed += not fact.get("ok", True)
            say(fact)
    server.tell(f"{missed} goals missed" if missed else "every goal is met")


def sites(folder, keep):
    yield server.sqlite(folder)
    address = os.environ.get("DATABASE_URL_POSTGRES", "")
    if address and server.reachable(address):
        yield server.postgres(folder, address, keep)
    else:
        server.tell("no PostgreSQL: DATABASE_URL_POSTGRES names none that answers")


def measured(site, parts, options):
    if "pages" in parts:
        yield from pages.measure(site, options.rounds, options.seconds)
    for part in ("inside", "csv"):
        if part in parts:
            server.tell(f"{site.name}: {part}")
            module = {"csv": "csv_import"}.get(part, part)
            yield from map(json.loads, site.output("-m", f"bench.within.{module}").splitlines())
    if "writers" in parts:
        yield from writers.measure(site)
    if "registrations" in parts:
        yield from registrations.measure(site)


def say(fact):
    print(json.dumps(fact), flush=True)


if __name__ == "__main__":
    sys.exit(main())
