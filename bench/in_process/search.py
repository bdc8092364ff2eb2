"""Measure search in 20,000 rows: the engine alone against the complete search service.

    DATABASE_URL=sqlite:////tmp/bench.sqlite3 python -m bench.in_process.search [ROWS] [ROUNDS]

Uses a scratch database, and Elasticsearch where ELASTICSEARCH_URL is set. Prints one JSON object
per kind of question and engine: medians in milliseconds of interleaved rounds.
"""

import json
import random
import statistics
import sys
import time

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from search import service
from search.engines.elastic import sync
from search.models import Kind, SearchClock, SearchEntry
from search.queries import parse_query

BRANDS = ["dell", "lenovo", "apple", "acer", "asus", "samsung", "fairphone", "hewlett"]
KINDS = ["laptop", "tablet", "smartphone", "scherm"]
TYPED = {
    "rare word": "t00017",
    "brand and kind": "lenovo tablet",
    "three words": "gratis hulp lenovo",
    "common word": "gratis",
    "beginning of a word": "fai",
    "nothing": "kwantumzwaartekracht",
}
RAW = {
    "sqlite": (
        "SELECT e.* FROM (SELECT rowid FROM search_fts WHERE search_fts MATCH %s ORDER BY rank"
        " LIMIT 10) f JOIN search_searchentry e ON e.id = f.rowid",
        " AND ",
    ),
    "postgresql": (
        "SELECT e.* FROM search_searchentry e, to_tsquery('search_exact', %s) q"
        " WHERE e.vector @@ q ORDER BY ts_rank(e.vector, q) DESC LIMIT 10",
        " & ",
    ),
}


def fill(count):
    """Create the same rows every time: a title and forty words; half contain the common word."""
    chance = random.Random(1)
    words = [f"woord{number}" for number in range(3_000)]
    SearchEntry.objects.filter(key__startswith="bench:").delete()
    for start in range(0, count, 1_000):
        with transaction.atomic():
            last = SearchClock.take(1_000)
            SearchEntry.objects.bulk_create(
                SearchEntry(
                    key=f"bench:{start + at}",
                    kind=list(Kind)[at % 5],
                    version=last - 999 + at,
                    url=f"/{start + at}/",
                    title=f"{chance.choice(BRANDS)} {chance.choice(KINDS)} t{start + at:05}",
                    body=" ".join(
                        [*chance.choices(words, k=38)]
                        + ["gratis"] * (at % 2)
                        + ["hulp"] * (at % 4 == 1)
                    ),
                )
                for at in range(1_000)
            )
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE search_searchentry")


def raw(typed):
    sql, glue = RAW[connection.vendor]
    stars = {"sqlite": '"{}"*', "postgresql": "{}:*"}[connection.vendor]
    words = typed.split()
    terms = glue.join([*words[:-1], stars.format(words[-1])])
    with connection.cursor() as cursor:
        cursor.execute(sql, [terms])
        return cursor.fetchall()


def ours(typed):
    return service.execute_query(parse_query(typed))


def elastic_raw(typed):
    return service.elastic.search(parse_query(typed), timezone.now(), timeout=10)


def measure(pairs, rounds):
    """Call the functions in turn, and return medians and 95th percentiles in milliseconds."""
    times = {name: [] for name in pairs}
    for _ in range(rounds):
        for name, call in pairs.items():
            start = time.perf_counter()
            call()
            times[name].append((time.perf_counter() - start) * 1000)
    return {
        name: {
            "p50": round(statistics.median(taken), 2),
            "p95": round(sorted(taken)[int(len(taken) * 0.95)], 2),
        }
        for name, taken in times.items()
    }


def main(count=20_000, rounds=40):
    call_command("migrate", verbosity=0)
    server, settings.ELASTICSEARCH_URL = settings.ELASTICSEARCH_URL, ""
    start = time.perf_counter()
    fill(count)
    print(json.dumps({"rows": count, "filled_s": round(time.perf_counter() - start, 2)}))
    service.TIMEOUT_SECONDS = 10
    for name, typed in TYPED.items():
        report(
            name,
            connection.vendor,
            rounds,
            raw=lambda t=typed: raw(t),
            ours=lambda t=typed: ours(t),
        )
    if server:
        settings.ELASTICSEARCH_URL = server
        start = time.perf_counter()
        sync.rebuild_index()
        print(json.dumps({"rows": count, "elasticsearch_s": round(time.perf_counter() - start, 2)}))
        for name, typed in TYPED.items():
            report(
                name,
                "elasticsearch",
                rounds,
                raw=lambda t=typed: elastic_raw(t),
                ours=lambda t=typed: ours(t),
            )
    SearchEntry.objects.filter(key__startswith="bench:").delete()


def report(name, engine, rounds, **pairs):
    for call in pairs.values():
        call()
    times = measure(pairs, rounds)
    ratio = round(times["ours"]["p50"] / times["raw"]["p50"], 2)
    print(json.dumps({"question": name, "engine": engine, **times, "ratio": ratio}), flush=True)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
