"""Opening rules, closures and stops, with dates around a given day."""

from datetime import date, datetime, time, timedelta

from locations.core.time_zone import BRUSSELS
from locations.opening_hours.models import (
    AdjustedDays,
    AdjustedHours,
    ClosedDays,
    OpeningRule,
    Stop,
)

MONDAY = date(2026, 11, 23)

MO, TU, WE, TH, FR, SA = range(6)
WEEKLY = {
    # days, from, to, service, by appointment
    "HAL": [
        ((MO, TU, WE, TH, FR), "9", "12", "computers"),
        ((MO, TU, WE, TH, FR), "13", "17", "computers"),
        ((TU,), "9.30", "11.30", "help"),
        ((TH,), "13.30", "15.30", "help"),
    ],
    "AAL": [
        ((MO, WE), "9", "12", "help"),
        ((TH,), "13", "18", "help"),
        ((MO, WE), "9", "12", "lending", True),
        ((TH,), "13", "18", "lending", True),
    ],
    "ANT": [((MO, TU, WE, TH), "13", "17", "help")],
    "AAR": [((WE,), "14", "16", "help")],
    "BOO": [((TU, TH), "9", "12", "help"), ((TU, TH), "13", "16", "help")],
    "HEM": [((MO,), "9", "11", "help")],
    "RUM": [((SA,), "10", "12", "help")],
    "SNK": [((MO, TU, WE, TH, FR), "9", "12", "help")],
    "BER": [((TH,), "13", "16", "help")],
    "ROT": [((WE,), "13", "17", "help")],
    "TRE": [((FR,), "9", "12", "help")],
    "HOL": [((TU,), "13", "16", "help")],
    "KRA": [((MO, TU, WE, TH, FR), "9", "17", "collection")],
    "INH": [((MO, WE, FR), "9", "16", "collection")],
}


def clock(text):
    hours, _dot, minutes = text.partition(".")
    return time(int(hours), int(minutes or 0))


class Dates:
    """Dates of the demo, moved by whole weeks to a given day."""

    def __init__(self, today):
        self.today = today
        self.shift = today - timedelta(days=today.weekday()) - MONDAY

    def day(self, day):
        return day + self.shift

    def at(self, day, text):
        return datetime.combine(self.day(day), clock(text), tzinfo=BRUSSELS)

    def next(self, month, day):
        """Return the next date with this month and day."""
        found = date(self.today.year, month, day)
        return found if found >= self.today else found.replace(year=found.year + 1)


def hours(location, services, dates):
    def rule(service, opens, closes, **more):
        OpeningRule.objects.create(
            location=location,
            service=services[service],
            opens=clock(opens),
            closes=clock(closes),
            **more,
        )

    for weekdays, opens, closes, service, *appointment in WEEKLY.get(location.code, ()):
        for weekday in weekdays:
            rule(service, opens, closes, weekday=weekday, by_appointment=bool(appointment))
    if location.code == "HAL":
        rule("digidokter", "14", "16", recurrence="monthly", weekday=WE, nth=4)
    if location.code == "PEP":
        anchor = dates.day(date(2026, 11, 27))
        rule("help", "10", "12", recurrence="weeks", weekday=FR, interval=2, anchor=anchor)
    if location.code == "GOO":
        for day, opens, closes in (
            (date(2026, 12, 1), "17", "19"),
            (date(2026, 12, 10), "14", "16"),
            (date(2027, 1, 5), "17", "19"),
        ):
            rule("help", opens, closes, recurrence="date", day=dates.day(day))
    if location.code == "NIE":
        rule("help", "10", "12", recurrence="monthly", weekday=MO, nth=1)
        rule("help", "16", "18", recurrence="monthly", weekday=MO, nth=3)


def exceptions(location, dates):
    if location.code == "HAL":
        start = dates.next(12, 24)
        ClosedDays.objects.create(
            location=location,
            first_day=start,
            last_day=date(start.year + 1, 1, 1),
            reason="De bib is dicht",
        )
    if location.code == "PEP":
        christmas = dates.next(12, 25)
        ClosedDays.objects.create(
            location=location, first_day=christmas, last_day=christmas, reason="Kerstmis"
        )
    if location.code == "RUM":
        saturday = dates.day(date(2026, 11, 28))
        ClosedDays.objects.create(
            location=location,
            first_day=saturday,
            last_day=saturday,
            reason="Het gebouw wordt geschilderd",
        )
    if location.code == "BOO":
        july = dates.next(7, 1)
        summer = AdjustedDays.objects.create(
            location=location,
            first_day=july,
            last_day=july.replace(month=8, day=31),
            reason="Zomeruren",
        )
        AdjustedHours.objects.create(
            adjusted_days=summer, weekday=TU, opens=time(9), closes=time(12)
        )


def stops(location, dates):
    def stop(day, opens, closes, where, address, host="", lat=None, lon=None, note="", off=""):
        Stop.objects.create(
            location=location,
            place=where,
            address=address,
            host=host,
            starts_at=dates.at(day, opens),
            ends_at=dates.at(day, closes),
            lat=lat,
            lon=lon,
            note=note,
            cancelled_reason=off,
        )

    werchter = ("Werchter", "Kerkplein (demo), 3118 Werchter", "", 50.9711, 4.6934)
    if location.code == "BUS":
        stop(date(2026, 11, 18), "9.30", "11.30", *werchter)
        stop(date(2026, 12, 2), "9.30", "11.30", *werchter)
        stop(date(2026, 12, 9), "9.30", "11.30", "Baal", "Aan de school (demo), 3128 Baal",
             "", 50.9956, 4.7529)  # fmt: skip
        stop(date(2026, 12, 9), "13.30", "15.30", "Wezemaal", "Dorpsplein (demo), 3111 Wezemaal",
             "", 50.9476, 4.7558, "Kom op donderdag 17 december naar het buurthuis."
             if not dates.shift else "Kom de week erna naar het buurthuis.",
             "Werken op het plein")  # fmt: skip
        stop(date(2027, 1, 13), "9.30", "11.30", *werchter)
    if location.code == "MOB1":
        stop(date(2026, 12, 17), "14", "16", "Wezemaal", "Buurthuis (demo), 3111 Wezemaal",
             "Buurthuis (demo)", 50.9476, 4.7558)  # fmt: skip
