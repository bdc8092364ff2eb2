"""Measure the next opening of 1,000 and of 2,000 locations with ten rules each.

python -m bench.hours
"""

import json
import statistics
import time
from datetime import date, datetime, timedelta
from datetime import time as clock

from bench import goals
from locations.core.time_zone import BRUSSELS
from locations.opening_hours.engine.calendar import Calendar
from locations.opening_hours.engine.rules import Block, Every, Recurrence, Rule

REPEATS = 15
RULES = 10
TODAY = date(2027, 3, 17)
MOMENTS = [datetime.combine(TODAY, clock(hour), BRUSSELS) for hour in (3, 12, 22)]


def rules_of(number):
    """Return four weekly, two fortnightly and two monthly rules, and two dates."""
    hours = [Block(clock(9 + turn % 4), clock(12 + turn % 5)) for turn in range(RULES)]
    recurrences = [
        *(Recurrence(Every.WEEK, (number + turn) % 7) for turn in (0, 2)),
        *(Recurrence(Every.WEEK, (number + turn) % 7) for turn in (3, 3)),
    ]
    for turn in range(2):
        anchor = TODAY - timedelta(days=(number * 3 + turn * 10) % 200)
        recurrences.append(Recurrence(Every.WEEKS, anchor.weekday(), 2, anchor))
    recurrences += [
        Recurrence(Every.MONTH, (number + turn) % 7, nth=nth)
        for turn, nth in enumerate([number % 4 + 1, 5 if number % 2 else -1])
    ]
    recurrences += [
        Recurrence(Every.DATE, day=TODAY + timedelta(days=(number * 7 + turn * 40) % 300 - 30))
        for turn in range(2)
    ]
    services = ("help", "lending")
    return tuple(
        Rule(services[turn % 2], recurrence, block)
        for turn, (recurrence, block) in enumerate(zip(recurrences, hours, strict=True))
    )


def next_openings_ms(rules, moment):
    """Return the milliseconds that the next openings take on calendars without a cache."""
    calendars = [Calendar(location_rules) for location_rules in rules]
    start = time.perf_counter()
    openings = [calendar.next_opening(moment) for calendar in calendars]
    milliseconds = (time.perf_counter() - start) * 1000
    assert all(opening.starts_at > moment for opening in openings)
    return milliseconds


def measure():
    for locations in (1000, 2000):
        rules = [rules_of(number) for number in range(locations)]
        milliseconds = statistics.median(
            next_openings_ms(rules, moment) for _repeat in range(REPEATS) for moment in MOMENTS
        )
        goal = goals.NEXT_OPENINGS_MS * locations / 1000
        yield {
            "measure": "next openings",
            "locations": locations,
            "rules": RULES,
            "ms": round(milliseconds, 1),
            "goal": goal,
            "ok": milliseconds < goal,
        }


def main():
    for result in measure():
        print(json.dumps(result), flush=True)


if __name__ == "__main__":
    main()
