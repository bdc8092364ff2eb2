"""Measure pages against the limit of the same server, in turns."""

import statistics

from bench import goals
from bench.load import load
from bench.server import log


def measure(site, rounds, seconds):
    """Yield a result per page: the median of the shares, with the quartiles."""
    shares = {name: [] for name in goals.PAGES}
    rates = {name: [] for name in goals.PAGES}
    limits, wrong = [], dict.fromkeys(goals.PAGES, 0)
    with site:
        for path in (goals.LIMIT, *goals.PAGES.values()):
            load(site.port, path, 1)  # warm both workers up
        for number in range(1, rounds + 1):
            log(f"{site.name}: round {number} of {rounds}")
            for name, path in goals.PAGES.items():
                limit = load(site.port, goals.LIMIT, seconds / 2)
                page = load(site.port, path, seconds)
                shares[name].append(page.per_second / limit.per_second)
                rates[name].append(page.per_second)
                limits.append(limit.per_second)
                wrong[name] += page.wrong
    for name in goals.PAGES:
        low, middle, high = statistics.quantiles(shares[name], n=4, method="inclusive")
        goal = goals.goal(goals.SHARE[site.name], name)
        yield {
            "measure": "page/limit",
            "database": site.name,
            "page": name,
            "share": round(middle, 4),
            "quartiles": [round(low, 4), round(high, 4)],
            "rounds": rounds,
            "per_second": round(statistics.median(rates[name]), 1),
            "limit_per_second": round(statistics.median(limits), 1),
            "wrong": wrong[name],
            "goal": goal,
            "ok": middle >= goal and not wrong[name],
        }
