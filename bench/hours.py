"""The next opening of 1,000 places with ten rules each, and of twice as many.

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


def rules(place):
    """Four every week, two every other week, two of the month, and two dates."""
    hours = [Block(clock(9 + turn % 4), clock(12 + turn % 5)) for turn in range(RULES)]
    recurrences = [
        *(Recurrence(Every.WEEK, (place + turn) % 7) for turn in (0, 2)),
        *(Recurrence(Every.WEEK, (place + turn) % 7) for turn in (3, 3)),
    ]
    for turn in range(2):
        anchor = TODAY - timedelta(days=(place * 3 + turn * 10) % 200)
        recurrences.append(Recurrence(Every.WEEKS, anchor.weekday(), 2, anchor))
    recurrences += [
        Recurrence(Every.MONTH, (place + turn) % 7, nth=nth)
        for turn, nth in enumerate([place % 4 + 1, 5 if place % 2 else -1])
    ]
    recurrences += [
        Recurrence(Every.DATE, day=TODAY + timedelta(days=(place * 7 + turn * 40) % 300 - 30))
        for turn in range(2)
    ]
    services = ("help", "lending")
    return tuple(
        Rule(services[turn % 2], recurrence, block)
        for turn, (recurrence, block) in enumerate(zip(recurrences, hours, strict=True))
    )


def once(of_places, moment):
    """Milliseconds for the next opening of each place, of calendars nobody asked anything yet."""
    calendars = [Calendar(rules) for rules in of_places]
    start = time.perf_counter()
    found = [calendar.next_opening(moment) for calendar in calendars]
    spent = (time.perf_counter() - start) * 1000
    assert all(opening.starts_at > moment for opening in found)
    return spent


def facts():
    for places in (1000, 2000):
        of_places = [rules(place) for place in range(places)]
        spent = statistics.median(
            once(of_places, moment) for _repeat in range(REPEATS) for moment in MOMENTS
        )
        goal = goals.NEXT_OPENINGS_MS * places / 1000
        yield {
            "measure": "next openings",
            "locations": places,
            "rules": RULES,
            "ms": round(spent, 1),
            "goal": goal,
            "ok": spent < goal,
        }


def main():
    for fact in facts():
        print(json.dumps(fact), flush=True)


if __name__ == "__main__":
    main()
