"""Public holidays in Flanders and holidays of Flemish schools."""

from datetime import date, timedelta
from typing import NamedTuple

from holidays import BE

# The holidays package lacks the holiday of the Flemish Community: decree of 6 July 1973.
FLEMISH_DAY, FLEMISH_NAME = (7, 11), "Feest van de Vlaamse Gemeenschap"
ABBREVIATIONS = {
    "O. L. H. Hemelvaart": "Onze-Lieve-Heer-Hemelvaart",
    "O. L. V. Hemelvaart": "Onze-Lieve-Vrouw-Hemelvaart",
    "; ": " en ",
}


class Holiday(NamedTuple):
    """A holiday of one or more days, both ends included; visitors read its name."""

    key: str
    name: str
    first_day: date
    last_day: date

    @property
    def days(self):
        """Every day of the holiday."""
        return list(_days_between(self.first_day, self.last_day))


def public_holidays(year):
    """Return the public holidays of Belgium and the one of Flanders in a year, in order."""
    names = dict(BE(years=year, language="nl"))
    flemish_day = date(year, *FLEMISH_DAY)
    names[flemish_day] = "; ".join(filter(None, (names.get(flemish_day), FLEMISH_NAME)))
    return [
        Holiday(day.isoformat(), _expand(name), day, day) for day, name in sorted(names.items())
    ]


def school_holidays(year):
    """Return the Flemish school holidays that begin in a year and are no public holiday."""
    years = [year - 1, year, year + 1]
    days = BE(years=years, language="nl", subdiv="Flemish", categories=("school",))
    public_names = dict(BE(years=years, language="nl"))
    holidays = []
    for day, name in sorted(days.items()):
        last = holidays[-1] if holidays else None
        if last and last[0] == name and _only_holidays_between(last[2], day, public_names):
            last[2] = day
        elif name not in public_names.get(day, "").split("; "):
            holidays.append([name, day, day])
    return [
        Holiday(f"school-{first_day.isoformat()}", _expand(name), first_day, last_day)
        for name, first_day, last_day in holidays
        if first_day.year == year
    ]


def _only_holidays_between(first_day, last_day, public_names):
    one_day = timedelta(days=1)
    return all(
        day in public_names for day in _days_between(first_day + one_day, last_day - one_day)
    )


def _days_between(first_day, last_day):
    return (first_day + timedelta(days=ahead) for ahead in range((last_day - first_day).days + 1))


def _expand(name):
    for short, long in ABBREVIATIONS.items():
        name = name.replace(short, long)
    return name
