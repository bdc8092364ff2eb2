"""Pages against the limit of the same server, a moment of the one after a moment of the other."""

import statistics

from bench import goals
from bench.load import ask
from bench.server import tell


def measure(site, rounds, seconds):
    """Yields a fact for each page: the median of its pairs, with the quartiles."""
    shares = {name: [] for name in goals.PAGES}
    rates = {name: [] for name in goals.PAGES}
    limits, wrong = [], dict.fromkeys(goals.PAGES, 0)
    with site:
        for path in (goals.LIMIT, *goals.PAGES.values()):
            ask(site.port, path, 1)  # until both workers are warm
        for number in range(1, rounds + 1):
            tell(f"{site.name}: round {number} of {rounds}")
            for name, path in goals.PAGES.items():
                limit = ask(site.port, goals.LIMIT, seconds / 2)
                page = ask(site.port, path, seconds)
                shares[name].append(page.per_second / limit.per_second)
                rates[name].append(page.per_second)
                limits.append(limit.per_second)
                wrong[name] += page.wrong
    for name in goals.PAGES:
        low, middle, high = statistics.quantiles(shares[name], n=4, method="inclusive")
        least = goals.goal(goals.SHARE[site.name], name)
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
            "goal": least,
            "ok": middle >= least and not wrong[name],
        }
