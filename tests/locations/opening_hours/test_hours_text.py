"""Tests of hours as text."""

from datetime import date, datetime, time

import pytest

from locations.core.formatting import format_day, format_time
from locations.core.time_zone import BRUSSELS
from locations.opening_hours.engine.calendar import Calendar
from locations.opening_hours.engine.hours_text import format_rules, opening_status
from locations.opening_hours.engine.rules import Block, Closure, Every, Recurrence, Rule

MONDAY = date(2026, 11, 23)
MORNING = datetime(2026, 11, 23, 10, tzinfo=BRUSSELS)


def weekly(weekday, opens=9, closes=12, *, by_appointment=False, **more):
    block = Block(time(opens), time(closes), by_appointment)
    return Rule("help", Recurrence(Every.WEEK, weekday), block, **more)


def say(state):
    return state.sign, " ".join(filter(None, (state.headline, state.detail, state.next)))


@pytest.mark.parametrize(
    ("calendar", "sign", "sentence"),
    [
        (Calendar((weekly(0),)), "now", "Nu open tot 12 uur"),
        (Calendar((weekly(0, 13, 16),)), "later", "Vandaag open vanaf 13 uur"),
        (Calendar((weekly(4),)), "not",
         "Nu gesloten Volgende keer: vrijdag 27 november, 9 tot 12 uur"),
        (Calendar((weekly(1),)), "not", "Nu gesloten Volgende keer: morgen, 9 tot 12 uur"),
        (Calendar((weekly(0),), (Closure(MONDAY, MONDAY, "Kerstmis"),)), "stop",
         "Gesloten: Kerstmis Volgende keer: maandag 30 november, 9 tot 12 uur"),
        (Calendar((weekly(1),), (Closure(MONDAY, MONDAY, "Kerstmis"),)), "not",
         "Nu gesloten Volgende keer: morgen, 9 tot 12 uur"),
        (Calendar((weekly(0, by_appointment=True),)), "later",
         "Op afspraak Volgende keer: maandag 30 november, 9 tot 12 uur, op afspraak"),
        (Calendar(), "not", "Nu gesloten We weten nog niet wanneer. Bel ons even."),
    ],
    ids=["open", "later", "closed", "tomorrow", "unexpected", "expected", "appointment", "never"],
)  # fmt: skip
def test_status_shows_state_and_next_opening(calendar, sign, sentence):
    assert say(opening_status(calendar, MORNING)) == (sign, sentence)


@pytest.mark.parametrize(
    ("clock", "said"), [(time(9), "9"), (time(9, 30), "9.30"), (time(0, 5), "0.05")]
)
def test_time_is_formatted_as_spoken(clock, said):
    assert format_time(clock) == said


@pytest.mark.parametrize(
    ("rules", "lines"),
    [
        ([weekly(0), weekly(2)], ["Maandag en woensdag, 9 tot 12 uur"]),
        ([weekly(n) for n in range(5)], ["Maandag tot vrijdag, 9 tot 12 uur"]),
        ([weekly(0), weekly(0, 13, 17)], ["Maandag, 9 tot 12 uur en 13 tot 17 uur"]),
        (
            [Rule("help", Recurrence(Every.MONTH, 2, nth=4), Block(time(14), time(16)))],
            ["Elke 4e woensdag van de maand, 14 tot 16 uur"],
        ),
        (
            [Rule("help", Recurrence(Every.WEEKS, 4, 2, MONDAY), Block(time(10), time(12)))],
            ["Om de 2 weken op vrijdag, 10 tot 12 uur"],
        ),
        ([weekly(0, valid_until=date(2026, 11, 22))], []),
        (
            [weekly(0, valid_until=date(2026, 12, 31))],
            ["Maandag, 9 tot 12 uur (tot en met 31 december)"],
        ),
        (
            [weekly(0, valid_from=date(2027, 1, 4))],
            ["Maandag, 9 tot 12 uur (vanaf 4 januari)"],
        ),
    ],
)
def test_rules_are_grouped_into_lines(rules, lines):
    assert format_rules(rules, MONDAY) == lines


def test_distant_day_includes_year():
    assert format_day(date(2026, 12, 25), MONDAY) == "vrijdag 25 december"
    assert format_day(date(2028, 11, 27), MONDAY) == "maandag 27 november 2028"
